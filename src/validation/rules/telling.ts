import type { ManifestRow } from '../../delivery/manifest.ts';
import { MAXIMUM_TEXT, NotEvaluable, type Scope } from '../../delivery/profile/expression.ts';
import type { Operand, Rule } from '../../delivery/profile/rule.ts';
import { showText } from '../../delivery/profile/wording.ts';
import type { OfRule } from '../../findings/catalogue/rule.ts';
import { createFinding, type Finding, type FindingArgs, type FindingCode, type Place } from '../../findings/finding.ts';
import type { Text } from '../../shared/language.ts';
import type { CheckContext } from '../context.ts';

type RuleCode = Extract<FindingCode, `rule.${string}`>;
/** What a finding tells besides the rule and its wording. */
type OwnArgs<Code extends RuleCode> = Omit<FindingArgs<Code>, keyof OfRule>;

/** Makes a finding about a rule: with the rule's severity, and its wording filled in. */
export function tellRule<Code extends RuleCode>(
  rule: Rule,
  code: Code,
  place: Place,
  own: OwnArgs<Code>,
  scope: Scope,
): Finding {
  const message = rule.message?.fill(scope);
  const remedy = rule.remedy?.fill(scope);
  const args = { rule: rule.id, ...own, ...(message ? { message } : {}), ...(remedy ? { remedy } : {}) };
  return { ...createFinding(code, place, args as unknown as FindingArgs<Code>), severity: rule.severity } as Finding;
}

/**
 * Tells that a rule has no answer here. Nothing is told where the reason is a finding already: a value that cannot be
 * read or is demanded by the row schema, a file that is absent or could not be counted.
 */
export function* tellNotEvaluable(
  context: CheckContext,
  rule: Rule,
  place: Place,
  reason: NotEvaluable,
  row?: ManifestRow,
): Iterable<Finding> {
  if (reason.reason === 'missing' && isToldAlready(context, reason.detail, place, row)) return;
  const written = row?.values[reason.detail];
  const column = context.profile.columns.find(({ field }) => field === reason.detail)?.column ?? reason.detail;
  const tooLong = written !== undefined && written.length > MAXIMUM_TEXT;
  const told = tooLong
    ? { reason: 'unfit' as const, detail: `${column}: ${written.slice(0, 60)}…` }
    : { reason: reason.reason, detail: reason.reason === 'missing' ? column : reason.detail };
  yield {
    ...createFinding('rule.not-evaluated', place, { rule: rule.id, ...told }),
    severity: rule.severity,
  } as Finding;
}

const factMembers = ['pages', 'format', 'sha256', 'size'];

function isToldAlready(context: CheckContext, member: string, place: Place, row: ManifestRow | undefined): boolean {
  const written = row?.values[member];
  if (row && written !== undefined && written.length <= MAXIMUM_TEXT) {
    // Not text, or it would not be missing: `rowValues` told that it cannot be read. The file's pages go by the same name.
    if (!factMembers.includes(member)) return true;
  }
  if (written === undefined && row && isDemanded(context, member)) return true;
  const path = row ? row.path : place.path;
  return factMembers.includes(member) && context.isBlamed({ path });
}

/** Whether the row schema tells that the value is missing. */
function isDemanded({ profile }: CheckContext, field: string): boolean {
  const { row } = profile.source;
  const required = typeof row === 'object' ? row.required : undefined;
  return Array.isArray(required) && required.includes(field);
}

/** What an expression yields, or why it yields nothing. */
export function attempt(evaluate: () => unknown): unknown | NotEvaluable {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof NotEvaluable) return error;
    throw error;
  }
}

/** Values of a row as one text for people: "Az 12, 3". */
export function showValues(operands: readonly Operand[], scope: Scope): Text {
  const texts = operands.map(({ expression }) => {
    const value = attempt(() => expression.evaluate(scope));
    return value instanceof NotEvaluable ? { de: '', en: '' } : showText(value);
  });
  return { de: texts.map((text) => text.de).join(', '), en: texts.map((text) => text.en).join(', ') };
}
