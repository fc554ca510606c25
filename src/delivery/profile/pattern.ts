import { RE2JS } from 're2js';
import { bareObject } from '../../shared/bare.ts';

/** A regular expression out of a profile, matched in time linear in the text: RE2, never the engine of JavaScript. */
export interface LinearPattern {
  readonly source: string;
  /** Names of its groups, in the order in which they open. */
  readonly groups: readonly string[];
  /** Whether it is found anywhere in the text; "^" and "$" bind it to the ends. */
  test(value: string): boolean;
  /** What its named groups hold where the whole text fits; undefined where it does not. */
  capture(value: string): Readonly<Record<string, string>> | undefined;
}

/** A pattern longer than this was not written by people. */
const MAXIMUM_LENGTH = 2000;

/**
 * Compiles a regular expression in the syntax of RE2: no look-ahead, no back references.
 * @throws SyntaxError that says what is wrong with it
 */
export function compilePattern(source: string, { ignoreCase = false } = {}): LinearPattern {
  if (source.length > MAXIMUM_LENGTH) throw new SyntaxError(`pattern longer than ${MAXIMUM_LENGTH} characters`);
  const compiled = compile(source, ignoreCase);
  const groups = Object.entries(compiled.namedGroups())
    .sort(([, a], [, b]) => a - b)
    .map(([name]) => name);
  return {
    source,
    groups,
    test: (value) => compiled.test(value),
    capture: (value) => {
      const matcher = compiled.matcher(value);
      if (!matcher.matches()) return undefined;
      const found = bareObject<string>();
      for (const name of groups) found[name] = matcher.group(name) ?? '';
      return found;
    },
  };
}

function compile(source: string, ignoreCase: boolean): RE2JS {
  try {
    return RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    const why = (error as Error).message.replace(/^error parsing regexp: /, '');
    throw new SyntaxError(`not a regular expression (RE2): ${why}`);
  }
}

/**
 * The engine for `pattern` in row schemas, as ajv asks for it. ajv takes patterns that read the same for the same pattern:
 * each has to read as its source.
 */
export const linearEngine = Object.assign(
  (source: string) => {
    const pattern = compilePattern(source);
    return { test: (value: string) => pattern.test(value), toString: () => `re2:${source}` };
  },
  { code: 'compilePattern' },
);
