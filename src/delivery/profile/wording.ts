import type { CalendarDate } from '../../shared/dates.ts';
import { formats } from '../../shared/format.ts';
import { type Language, languages, type Text, text } from '../../shared/language.ts';
import { type Expression, type Language as ExpressionLanguage, ExpressionMistake, type Scope } from './expression.ts';

/** A wording with values in braces, ready to be filled in. */
export interface WordingTemplate {
  /** A value that is missing reads "–". */
  fill(scope: Scope): Text;
}

type Part = string | Expression;

/** A value in a sentence is cut here. */
const MAXIMUM_VALUE = 200;

/**
 * Reads "{row.pages} Seiten auf {row.sheets} Blatt": what stands in braces is an expression; "{{" is a brace.
 * @throws WordingMistake with the language whose wording is wrong
 */
export function compileWording(wording: Text, language: ExpressionLanguage): WordingTemplate {
  const parts = { de: readParts(wording, 'de', language), en: readParts(wording, 'en', language) };
  return {
    fill: (scope) => text({ de: fillIn(parts.de, scope, 'de'), en: fillIn(parts.en, scope, 'en') }),
  };
}

/** What is wrong with the wording of one language, and where in it. */
export class WordingMistake extends ExpressionMistake {
  readonly language: Language;
  constructor(language: Language, words: Text, offset: number) {
    super(words, offset);
    this.language = language;
  }
}

function readParts(wording: Text, language: Language, expressions: ExpressionLanguage): Part[] {
  const written = wording[language];
  const parts: Part[] = [];
  let at = 0;
  while (at < written.length) {
    const open = written.indexOf('{', at);
    if (open < 0) break;
    parts.push(written.slice(at, open));
    if (written[open + 1] === '{') {
      parts.push('{');
      at = open + 2;
      continue;
    }
    const close = written.indexOf('}', open);
    if (close < 0) throw new WordingMistake(language, unclosed, open);
    parts.push(readValue(written.slice(open + 1, close), language, open + 1, expressions));
    at = close + 1;
  }
  return [...parts, written.slice(at)];
}

const unclosed = text({ de: 'die geschweifte Klammer wird nicht geschlossen', en: 'the brace is never closed' });

function readValue(source: string, language: Language, offset: number, expressions: ExpressionLanguage): Expression {
  try {
    return expressions.compile(source);
  } catch (error) {
    if (!(error instanceof ExpressionMistake)) throw error;
    throw new WordingMistake(language, error.words, offset + error.offset);
  }
}

function fillIn(parts: readonly Part[], scope: Scope, language: Language): string {
  return parts.map((part) => (typeof part === 'string' ? part : show(part, scope, language))).join('');
}

function show(expression: Expression, scope: Scope, language: Language): string {
  try {
    return showValue(expression.evaluate(scope), language);
  } catch {
    return '–';
  }
}

const truth: Readonly<Record<Language, readonly [string, string]>> = { de: ['nein', 'ja'], en: ['no', 'yes'] };

/** A value of an expression as people read it. */
export function showValue(value: unknown, language: Language): string {
  const format = formats[language];
  if (typeof value === 'bigint') return format.number(Number(value));
  if (typeof value === 'number') return format.number(value, decimalsOf(value));
  if (typeof value === 'boolean') return truth[language][value ? 1 : 0];
  if (value instanceof Date) return format.date(value.toISOString().slice(0, 10) as CalendarDate);
  if (Array.isArray(value))
    return value
      .map((item) => showValue(item, language))
      .join(', ')
      .slice(0, MAXIMUM_VALUE);
  const words = String(value);
  return words.length > MAXIMUM_VALUE ? `${words.slice(0, MAXIMUM_VALUE)}…` : words;
}

function decimalsOf(value: number): number {
  return Math.min(6, (String(value).split('.')[1] ?? '').length);
}

/** A value in every language. */
export function showText(value: unknown): Text {
  const [de, en] = languages.map((language) => showValue(value, language));
  return { de: de ?? '', en: en ?? '' };
}
