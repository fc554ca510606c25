import { type Text, text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import type { MappedColumn } from '../columns.ts';
import type { ProfileMistake } from '../row-schema.ts';
import { type Expression, ExpressionMistake, type Language } from './expression.ts';
import type { ReferenceList } from './lists.ts';
import type { Bound, Operand } from './rule.ts';
import type { Bounds } from './rule-source.ts';
import { compileWording, WordingMistake, type WordingTemplate } from './wording.ts';

/** What rules can speak of. */
export interface RuleWorld {
  readonly columns: readonly MappedColumn[];
  /** Names of the groups in the layout's patterns. */
  readonly groups: readonly string[];
  readonly lists: ReadonlyMap<string, ReferenceList>;
}

/** What the parts of a rule are compiled with. */
export interface Compiler {
  readonly world: RuleWorld;
  readonly language: Language;
  /** For rules about each file: without `row`. */
  readonly files: Language;
  readonly wordings: Language;
  readonly fields: Set<string>;
  readonly spokenOf: Set<string>;
  readonly mistakes: ProfileMistake[];
  readonly steps: readonly string[];
}

/** Tells a mistake at these keys of the rule. @param offset characters into the text there */
export function tell({ mistakes, steps }: Compiler, more: readonly string[], words: Text, offset?: number): void {
  mistakes.push({ steps: [...steps, ...more], words, ...(offset === undefined ? {} : { offset }) });
}

/** CEL's names of the types that conditions and sums take. */
export const truth = ['bool'];
export const numbers = ['int', 'double'];

/** What a sum or a count is held to. */
export function bounds(source: Bounds, steps: readonly string[], compiler: Compiler): Bound[] {
  const found = (['equals', 'minimum', 'maximum'] as const).flatMap((comparison): Bound[] => {
    const limit = source[comparison];
    if (limit === undefined) return [];
    if (typeof limit === 'number') return [{ comparison, limit: Number.isInteger(limit) ? BigInt(limit) : limit }];
    const compiled = expression(
      shorthand(limit, compiler),
      [...steps, comparison],
      compiler,
      compiler.language,
      numbers,
    );
    return compiled ? [{ comparison, limit: compiled }] : [];
  });
  if (found.length === 0 && !['equals', 'minimum', 'maximum'].some((name) => name in source)) {
    const words = text({ de: 'equals, minimum oder maximum fehlt', en: 'equals, minimum or maximum is missing' });
    tell(compiler, steps, words);
  }
  return found;
}

export function operands(written: readonly string[], steps: readonly string[], compiler: Compiler): Operand[] {
  return written.map((source, index) => operand(source, [...steps, String(index)], compiler));
}

/** A value of each row: a field, or an expression. */
export function operand(
  written: string,
  steps: readonly string[],
  compiler: Compiler,
  wanted: readonly string[] = ['string', 'int', 'double', 'bool', 'google.protobuf.Timestamp'],
): Operand {
  const source = shorthand(written, compiler);
  const compiled = expression(source, steps, compiler, compiler.language, wanted, written === source ? 0 : -4);
  return { label: labelOf(source, compiler.world), expression: compiled ?? never };
}

/** Stands for an expression that is a mistake: the rule is never used. */
const never: Expression = { source: '', type: '', evaluate: () => undefined };

/** The name of a field alone means the field of the row. */
function shorthand(written: string, { language }: Compiler): string {
  return /^[a-zA-Z]\w*$/.test(written) && !Object.hasOwn(language.variables, written) ? `row.${written}` : written;
}

function labelOf(source: string, { columns }: RuleWorld): string {
  const field = /^row\.(\w+)$/.exec(source)?.[1];
  return columns.find((column) => column.field === field)?.column ?? source;
}

/** @returns undefined for a mistake, which is told */
export function expression(
  source: string,
  steps: readonly string[],
  compiler: Compiler,
  language: Language,
  wanted: readonly string[],
  shift = 0,
): Expression | undefined {
  try {
    noteFields(source, compiler);
    return language.compile(source, wanted);
  } catch (error) {
    if (!(error instanceof ExpressionMistake)) throw error;
    tell(compiler, steps, withSuggestion(error.words, language), Math.max(0, error.offset + shift));
    return undefined;
  }
}

function noteFields(source: string, { fields, spokenOf }: Compiler): void {
  for (const [variable] of source.matchAll(/\b(?:row|name|file)\b/g)) spokenOf.add(variable);
  for (const [, field] of source.matchAll(/\brow\s*\.\s*(\w+)/g)) if (field !== undefined) fields.add(field);
}

/** "No such key: pagse" → did you mean "pages"? */
function withSuggestion(words: Text, { variables }: Language): Text {
  const unknown = /^No such key: (\w+)$/.exec(words.en)?.[1];
  if (unknown === undefined) return words;
  const members = Object.values(variables).flatMap((type) => (typeof type === 'string' ? [] : Object.keys(type)));
  const near = nearest(unknown, members);
  return text({
    de: `„${unknown}“ gibt es hier nicht${near ? `; gemeint „${near}“?` : ''}`,
    en: `there is no "${unknown}" here${near ? `; did you mean "${near}"?` : ''}`,
  });
}

/** @returns undefined for a mistake, which is told */
export function wording(written: Text | undefined, member: string, compiler: Compiler): WordingTemplate | undefined {
  if (written === undefined) return undefined;
  try {
    noteFields(`${written.de} ${written.en}`, compiler);
    return compileWording(written, compiler.wordings);
  } catch (error) {
    if (!(error instanceof WordingMistake)) throw error;
    tell(compiler, [member, error.language], withSuggestion(error.words, compiler.wordings), error.offset);
    return undefined;
  }
}
