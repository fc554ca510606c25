import { type Language, languages, type Text, text } from '../../shared/language.ts';

/** A line of a letter's template: what it is, with the blanks still in it. */
export type LetterLine =
  | { readonly kind: 'subject' | 'heading' | 'paragraph'; readonly words: string }
  | { readonly kind: 'fact'; readonly name: string; readonly value: string }
  | { readonly kind: 'head' | 'signature' }
  | { readonly kind: 'chart'; readonly key: string }
  | {
      readonly kind: 'table';
      readonly key: string;
      readonly columns: readonly string[] | undefined;
      readonly rows: number | undefined;
    };

export interface ParsedLetter {
  readonly lines: readonly LetterLine[];
  /** With the number of the line. */
  readonly mistakes: readonly Text[];
}

/**
 * Reads the part of a template in one language. Lines beginning with "//" are remarks; "de:" and "en:" begin a part.
 * A template without parts holds for every language.
 */
export function parseLetter(template: string, language: Language): ParsedLetter {
  const lines: LetterLine[] = [];
  const mistakes: Text[] = [];
  let part: string | undefined;
  for (const [index, raw] of template.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const begins = languages.find((one) => line === `${one}:`);
    if (begins) part = begins;
    if (line === '' || line.startsWith('//') || begins || (part !== undefined && part !== language)) continue;
    const read = readLine(line);
    if (read) lines.push(read);
    else mistakes.push(unreadable(index + 1, line));
  }
  return { lines, mistakes };
}

function readLine(line: string): LetterLine | undefined {
  if (line.startsWith('## ')) return { kind: 'heading', words: line.slice(3).trim() };
  if (line.startsWith('# ')) return { kind: 'subject', words: line.slice(2).trim() };
  if (line.startsWith('= ')) return readFact(line.slice(2));
  return line.startsWith('[') ? readInsert(line) : { kind: 'paragraph', words: line };
}

function readFact(line: string): LetterLine | undefined {
  const colon = line.indexOf(':');
  if (colon < 1) return undefined;
  return { kind: 'fact', name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
}

function readInsert(line: string): LetterLine | undefined {
  const match = /^\[(\w+)((?: [\w=,-]+)*)\]$/.exec(line);
  if (!match) return undefined;
  const [kind = '', ...words] = `${match[1]}${match[2]}`.split(' ');
  const options = new Map(
    words.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]),
  );
  const [key, ...others] = words.filter((word) => !word.includes('='));
  if (others.length > 0) return undefined;
  if ((kind === 'head' || kind === 'signature') && words.length === 0) return { kind };
  if (key === undefined) return undefined;
  if (kind === 'chart' && options.size === 0) return { kind, key };
  const rows = options.get('rows');
  if (kind !== 'table' || (rows !== undefined && !/^\d{1,4}$/.test(rows))) return undefined;
  return {
    kind,
    key,
    columns: options.get('columns')?.split(','),
    rows: rows === undefined ? undefined : Number(rows),
  };
}

function unreadable(number: number, line: string): Text {
  const shown = line.slice(0, 60);
  return text({ de: `Zeile ${number}: „${shown}“ ist unbekannt`, en: `line ${number}: "${shown}" is not known` });
}
