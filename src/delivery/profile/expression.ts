import { Environment, EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import { parseDate } from '../../shared/dates.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import { type FieldType, readDecimal } from '../field-types.ts';
import { compilePattern, type LinearPattern } from './pattern.ts';
import { replaceText, writeTime } from './written-values.ts';

/** What an expression sees. Objects carry only what is there: `has(row.volume)` asks for the rest. */
export type Scope = Readonly<Record<string, unknown>>;

/** A compiled expression (CEL, the Common Expression Language): typed, free of side effects, bounded in time. */
export interface Expression {
  readonly source: string;
  /** CEL's name of the type of its values. */
  readonly type: string;
  /** @throws NotEvaluable where a value is missing or does not fit */
  evaluate(scope: Scope): unknown;
}

/** Why an expression has no value in some scope. */
export class NotEvaluable extends Error {
  override readonly name = 'NotEvaluable';
  readonly reason: 'missing' | 'unfit';
  /** The missing field, or what does not fit. */
  readonly detail: string;
  constructor(reason: 'missing' | 'unfit', detail: string) {
    super(detail);
    this.reason = reason;
    this.detail = detail;
  }
}

/** What is wrong with an expression, and where in it. */
export class ExpressionMistake extends Error {
  override readonly name = 'ExpressionMistake';
  readonly words: Text;
  /** Characters before the mistake. */
  readonly offset: number;
  constructor(words: Text, offset = 0) {
    super(words.en);
    this.words = words;
    this.offset = offset;
  }
}

/** Longest expression and text that it works on; with no loop inside a loop, time stays proportional to the text. */
const limits = { length: 2000, nodes: 500, depth: 40 };
/** Characters of a text that an expression is given; a longer one is a value that does not fit. */
export const MAXIMUM_TEXT = 4096;

const celTypes: Readonly<Record<FieldType, string>> = {
  text: 'string',
  integer: 'int',
  decimal: 'double',
  date: 'google.protobuf.Timestamp',
  'yes-no': 'bool',
};

/** The variables of an expression: each an object whose members are typed, or a plain value. */
export type Variables = Readonly<Record<string, FieldType | Readonly<Record<string, FieldType>>>>;

/** Compiles expressions that see the same variables, and makes what they see. */
export interface Language {
  readonly variables: Variables;
  /** @throws ExpressionMistake */
  compile(source: string, wanted?: readonly string[]): Expression;
  /** An object of the variable's type; members that are undefined are absent. */
  object(variable: string, members: Readonly<Record<string, unknown>>): object;
  /** A language that knows more; what this one makes is understood there. */
  extend(more: Variables): Language;
}

type ObjectClass = new (members: Readonly<Record<string, unknown>>) => object;

interface Base {
  readonly environment: Environment;
  readonly patterns: Map<string, LinearPattern>;
  readonly variables: Variables;
  readonly classes: ReadonlyMap<string, ObjectClass>;
}

export function createLanguage(variables: Variables): Language {
  const patterns = new Map<string, LinearPattern>();
  return extend({ environment: createEnvironment(patterns), patterns, variables: {}, classes: new Map() }, variables);
}

function extend({ environment: parent, patterns, variables, classes: known }: Base, more: Variables): Language {
  const environment = parent.clone();
  const classes = new Map(known);
  for (const [name, type] of Object.entries(more)) {
    if (typeof type === 'string') {
      environment.registerVariable(name, celTypes[type]);
      continue;
    }
    const ctor = createClass();
    classes.set(name, ctor);
    const fields = Object.fromEntries(Object.entries(type).map(([field, of]) => [field, celTypes[of]]));
    const typeName = `${name[0]?.toUpperCase()}${name.slice(1)}`;
    environment.registerType(typeName, { ctor, fields });
    environment.registerVariable(name, typeName);
  }
  const base: Base = { environment, patterns, variables: { ...variables, ...more }, classes };
  return {
    variables: base.variables,
    compile: (source, wanted) => compile(environment, patterns, source, wanted),
    object: (variable, members) => {
      const ctor = classes.get(variable);
      if (!ctor) throw new Error(`no object ${variable}`);
      return new ctor(members);
    },
    extend: (others) => extend(base, others),
  };
}

function createEnvironment(patterns: ReadonlyMap<string, LinearPattern>): Environment {
  return (
    new Environment({
      limits: { maxAstNodes: limits.nodes, maxDepth: limits.depth, maxListElements: 500, maxCallArguments: 8 },
    })
      // Stands for `matches`, whose own implementation takes the engine of JavaScript: see `linear`.
      .registerFunction(`string.${LINEAR_MATCHES}(string): bool`, (value: string, pattern: string) =>
        Boolean(patterns.get(pattern)?.test(value)),
      )
      .registerFunction('number(string): double', (written: string) => {
        const value = readDecimal(written);
        if (value === undefined) throw new EvaluationError(`"${written.slice(0, 60)}" is no number`);
        return value;
      })
      .registerFunction('google.protobuf.Timestamp.written(string): string', writeTime)
      .registerFunction('string.replace(string, string): string', (value: string, searched: string, by: string) => {
        const replaced = replaceText(value, searched, by, MAXIMUM_TEXT);
        if (replaced === undefined) throw new EvaluationError(`the text is longer than ${MAXIMUM_TEXT} characters`);
        return replaced;
      })
      .registerFunction('day(string): google.protobuf.Timestamp', (written: string) => {
        const value = readDay(written);
        if (value === undefined) throw new EvaluationError(`"${written.slice(0, 60)}" is no date`);
        return value;
      })
  );
}

/**
 * Values of one object variable: a class of its own, for the environment tells types by their class. For that it asks for
 * `constructor`, which can therefore be no member.
 */
function createClass(): ObjectClass {
  const Members = class {
    [member: string]: unknown;
    // Made for every row of a million: no list of entries in between.
    constructor(members: Readonly<Record<string, unknown>>) {
      for (const name of Object.keys(members)) {
        const value = members[name];
        if (value !== undefined && name !== 'constructor') this[name] = value;
      }
    }
  };
  // A member that is absent is absent, also where it is called as something that every object has ("toString").
  Object.setPrototypeOf(Members.prototype, null);
  return Members;
}

/** As long as "matches", so that places in the expression stay what they are. */
const LINEAR_MATCHES = 'accords';

function compile(
  environment: Environment,
  patterns: Map<string, LinearPattern>,
  source: string,
  wanted: readonly string[] | undefined,
): Expression {
  if (source.length > limits.length) {
    throw new ExpressionMistake(
      text({
        de: `der Ausdruck ist länger als ${limits.length} Zeichen`,
        en: `the expression is longer than ${limits.length} characters`,
      }),
    );
  }
  const parsed = parse(environment, linear(parse(environment, source), source, patterns));
  const type = typeOf(parsed, wanted);
  return { source, type, evaluate: (scope) => run(parsed, scope) };
}

function parse(environment: Environment, source: string): ParseResult {
  try {
    return environment.parse(source);
  } catch (error) {
    throw mistakeOf(error);
  }
}

interface LibraryError {
  readonly summary?: string;
  readonly code?: string;
  readonly range?: { readonly start: number };
}

function mistakeOf(error: unknown): ExpressionMistake {
  const { summary, range } = error as LibraryError;
  const words = (summary ?? (error as Error).message.split('\n')[0] ?? '').replaceAll(LINEAR_MATCHES, 'matches');
  return new ExpressionMistake(verbatim(words), range?.start ?? 0);
}

function typeOf(parsed: ParseResult, wanted: readonly string[] | undefined): string {
  const { valid, type = '', error } = parsed.check();
  if (!valid) throw mistakeOf(error);
  if (!wanted || wanted.includes(type)) return type;
  throw new ExpressionMistake(
    text({
      de: `der Ausdruck ergibt ${type}; gebraucht wird ${wanted.join(' oder ')}`,
      en: `the expression yields ${type}; needed is ${wanted.join(' or ')}`,
    }),
  );
}

interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
}

const loops = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** Bounds the time of an expression: patterns are compiled beforehand by RE2, and no loop stands in a loop. */
function linear({ ast }: ParseResult, source: string, patterns: Map<string, LinearPattern>): string {
  let rewritten = source;
  const visit = (value: unknown, inLoop: boolean): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, inLoop);
    if (!isNode(value)) return;
    const call = calledMethod(value);
    const isLoop = call !== undefined && loops.has(call.method);
    if (isLoop && inLoop) throw nestedLoop(value.start);
    if (call?.method === 'matches') {
      const at = source.indexOf('matches', call.receiver.end);
      remember(call.parameters[0], patterns);
      rewritten = rewritten.slice(0, at) + LINEAR_MATCHES + rewritten.slice(at + LINEAR_MATCHES.length);
    }
    visit(value.args, inLoop || isLoop);
  };
  visit(ast, false);
  return rewritten;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function calledMethod({ op, args }: Node) {
  if (op !== 'rcall') return undefined;
  const [method, receiver, parameters] = args as [string, Node, readonly Node[]];
  return { method, receiver, parameters };
}

function nestedLoop(offset: number): ExpressionMistake {
  return new ExpressionMistake(
    text({ de: 'eine Schleife in einer Schleife ist nicht erlaubt', en: 'a loop inside a loop is not allowed' }),
    offset,
  );
}

function remember(parameter: Node | undefined, patterns: Map<string, LinearPattern>): void {
  if (parameter?.op !== 'value' || typeof parameter.args !== 'string') {
    throw new ExpressionMistake(
      text({
        de: 'das Muster von matches muss ausgeschrieben sein',
        en: 'the pattern of matches must be written out',
      }),
      parameter?.start,
    );
  }
  try {
    patterns.set(parameter.args, compilePattern(parameter.args));
  } catch (error) {
    throw new ExpressionMistake(verbatim((error as Error).message), parameter.start);
  }
}

function run(parsed: ParseResult, scope: Scope): unknown {
  try {
    return parsed(scope);
  } catch (error) {
    const { summary = (error as Error).message, code } = error as LibraryError;
    const missing = /^(?:No such key|Unknown variable): (\S+)/.exec(summary)?.[1];
    if (missing !== undefined || code === 'no_such_key') throw new NotEvaluable('missing', missing ?? '');
    throw new NotEvaluable('unfit', summary.split('\n')[0]?.slice(0, 200) ?? '');
  }
}

function readDay(written: string): Date | undefined {
  const day = parseDate(written);
  return day === undefined ? undefined : new Date(day);
}
