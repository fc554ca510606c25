import { type Text, text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import type { ProfileMistake } from '../row-schema.ts';
import { createLanguage, type Language, type Variables } from './expression.ts';
import type { ReferenceList } from './lists.ts';
import type { Rule, RuleKind } from './rule.ts';
import {
  bounds,
  type Compiler,
  expression,
  numbers,
  operand,
  operands,
  type RuleWorld,
  tell,
  truth,
  wording,
} from './rule-expressions.ts';
import type { RuleSource } from './rule-source.ts';

export interface CompiledRules {
  readonly rules: readonly Rule[];
  readonly language: Language;
  /** Fields of the row of which some rule speaks. */
  readonly fields: ReadonlySet<string>;
  /** Variables of which some rule speaks: row, name, file. */
  readonly spokenOf: ReadonlySet<string>;
}

/** What an expression can ask of a file: docs/delivery-profile.md. */
export const fileMembers = {
  present: 'yes-no',
  path: 'text',
  name: 'text',
  extension: 'text',
  size: 'integer',
  format: 'text',
  pages: 'integer',
  sha256: 'text',
} as const;

/** What a wording can tell besides: the value that is wrong, what was expected, of which group, and where else. */
const wordingMembers = { value: 'text', expected: 'text', group: 'text', first: 'text' } as const;

/** The member that says of which kind a rule is, and the other members that the kind knows. */
const kinds: Readonly<Record<RuleKind, readonly string[]>> = {
  check: ['each'],
  unique: ['within'],
  sequence: ['within', 'from'],
  sum: ['within', 'equals', 'minimum', 'maximum'],
  count: ['within'],
  order: ['within'],
  list: ['columns', 'ignoreCase'],
  ledger: [],
};
const common = ['id', 'severity', 'message', 'remedy', 'description', 'where'];

/** Compiles the rules of a profile. @returns every mistake with its place where there is one */
export function compileRules(sources: readonly RuleSource[], world: RuleWorld): CompiledRules | ProfileMistake[] {
  const files = createLanguage(fileVariables(world));
  const language = files.extend(rowVariables(world));
  const compiler: Compiler = {
    world,
    language,
    files,
    wordings: language.extend(wordingMembers),
    fields: new Set(),
    spokenOf: new Set(),
    mistakes: [],
    steps: [],
  };
  const seen = new Set<string>();
  const rules = sources.flatMap((source, index): Rule[] => {
    const here = { ...compiler, steps: ['rules', String(index)] };
    if (seen.has(source.id)) tell(here, ['id'], repeatedId(source.id));
    seen.add(source.id);
    const rule = compileRule(source, here);
    return rule ? [rule] : [];
  });
  return compiler.mistakes.length > 0
    ? compiler.mistakes
    : { rules, language, fields: compiler.fields, spokenOf: compiler.spokenOf };
}

function fileVariables({ groups }: RuleWorld): Variables {
  const names = Object.fromEntries(groups.map((group) => [group, 'text' as const]));
  return { file: fileMembers, ...(groups.length === 0 ? {} : { name: names }) };
}

function rowVariables({ columns }: RuleWorld): Variables {
  if (columns.length === 0) return {};
  return { row: Object.fromEntries(columns.map(({ field, type }) => [field, type])) };
}

function repeatedId(id: string): Text {
  return text({ de: `die Regel „${id}“ gibt es schon`, en: `there is a rule "${id}" already` });
}

function compileRule(source: RuleSource, compiler: Compiler): Rule | undefined {
  const kind = kindOf(source, compiler);
  if (!kind) return undefined;
  const before = compiler.mistakes.length;
  const language = 'each' in source && source.each === 'file' ? compiler.files : compiler.language;
  const shared = {
    id: source.id,
    severity: source.severity ?? 'error',
    where: source.where === undefined ? undefined : expression(source.where, ['where'], compiler, language, truth),
    message: wording(source.message, 'message', compiler),
    remedy: wording(source.remedy, 'remedy', compiler),
  };
  const own = ownPart(source, compiler, language);
  return compiler.mistakes.length > before || !own ? undefined : ({ ...shared, ...own } as Rule);
}

function kindOf(source: RuleSource, compiler: Compiler): RuleKind | undefined {
  const members = Object.keys(source);
  const found = members.filter((member): member is RuleKind => Object.hasOwn(kinds, member));
  const [kind] = found;
  if (kind === undefined || found.length > 1) {
    const all = Object.keys(kinds).join(', ');
    const words = text({ de: `genau eine Angabe ist nötig: ${all}`, en: `exactly one of these is needed: ${all}` });
    tell(compiler, [], words);
    return undefined;
  }
  const known = [...common, kind, ...kinds[kind]];
  for (const member of members.filter((name) => !known.includes(name))) {
    const near = nearest(member, known);
    tell(
      compiler,
      [member],
      text({
        de: `eine Regel „${kind}“ kennt „${member}“ nicht${near ? `; gemeint „${near}“?` : ''}`,
        en: `a rule "${kind}" does not know "${member}"${near ? `; did you mean "${near}"?` : ''}`,
      }),
    );
  }
  if (kind === 'check' && source.message === undefined) {
    tell(
      compiler,
      [],
      text({
        de: 'eine Regel „check“ braucht „message“: was dem Dienstleister gesagt wird',
        en: 'a rule "check" needs a "message": what the vendor is told',
      }),
    );
  }
  return kind;
}

function ownPart(source: RuleSource, compiler: Compiler, language: Language) {
  if ('check' in source) {
    const check = expression(source.check, ['check'], compiler, language, truth);
    return { kind: 'check', check, each: source.each ?? defaultScope(compiler) };
  }
  if ('list' in source) return listPart(source, compiler);
  if ('ledger' in source) return { kind: 'ledger', demand: source.ledger };
  return { ...groupedPart(source, compiler), within: operands(source.within ?? [], ['within'], compiler) };
}

/** Without manifests there are no rows: then a rule speaks of files. */
function defaultScope({ world }: Compiler): 'row' | 'file' {
  return world.columns.length === 0 ? 'file' : 'row';
}

type GroupedSource = Extract<RuleSource, { readonly within?: readonly string[] }>;

function groupedPart(source: GroupedSource, compiler: Compiler) {
  if ('unique' in source) return { kind: 'unique', values: operands(source.unique, ['unique'], compiler) };
  if ('order' in source) return { kind: 'order', values: operands(source.order, ['order'], compiler) };
  if ('sequence' in source) {
    const value = operand(source.sequence, ['sequence'], compiler, ['int', 'string']);
    return { kind: 'sequence', value, from: source.from };
  }
  if ('sum' in source) {
    return {
      kind: 'sum',
      value: operand(source.sum, ['sum'], compiler, numbers),
      bounds: bounds(source, [], compiler),
    };
  }
  const { of } = source.count;
  return {
    kind: 'count',
    of: of === undefined ? undefined : operand(of, ['count', 'of'], compiler),
    bounds: bounds(source.count, ['count'], compiler),
  };
}

function listPart(source: Extract<RuleSource, { readonly list: string }>, compiler: Compiler) {
  const list = compiler.world.lists.get(source.list);
  if (!list) {
    const near = nearest(source.list, [...compiler.world.lists.keys()]);
    tell(
      compiler,
      ['list'],
      text({
        de: `die Liste „${source.list}“ steht nicht unter „lists“${near ? `; gemeint „${near}“?` : ''}`,
        en: `the list "${source.list}" is not among "lists"${near ? `; did you mean "${near}"?` : ''}`,
      }),
    );
    return undefined;
  }
  const values = Object.entries(source.columns).map(([written, column]) => {
    const index = list.header.indexOf(column.trim().normalize('NFC'));
    if (index < 0) tell(compiler, ['columns', written], unknownColumn(list, column));
    return { ...operand(written, ['columns', written], compiler), index };
  });
  return { kind: 'list', list, values, ignoreCase: source.ignoreCase ?? false };
}

function unknownColumn({ name, header }: ReferenceList, column: string): Text {
  const known = header.join(', ').slice(0, 200);
  return text({
    de: `die Liste „${name}“ hat keine Spalte „${column}“ (sie hat: ${known})`,
    en: `the list "${name}" has no column "${column}" (it has: ${known})`,
  });
}
