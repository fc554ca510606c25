import iconv from 'iconv-lite';
import { looksLikeFormula } from '../../reporting/safe-text.ts';
import type { IndexTable } from './index-rows.ts';
import type { FullIndexSettings, IndexEncoding } from './settings.ts';

/** Writes an index in its format and encoding. */
export function writeIndex(table: IndexTable, settings: FullIndexSettings): Buffer {
  const written = { csv: writeCsv, json: writeJson, xml: writeXml, none: () => '' }[settings.format](table, settings);
  return encode(written, settings.format === 'csv' ? settings.encoding : 'utf-8');
}

/** The first character of a text that an encoding does not have; undefined when it has all. */
export function missingCharacter(words: string, encoding: IndexEncoding): string | undefined {
  if (encoding !== 'windows-1252') return undefined;
  return [...words].find((character) => iconv.decode(iconv.encode(character, encoding), encoding) !== character);
}

function encode(words: string, encoding: IndexEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(words, 'utf8');
  if (encoding === 'utf-8-bom') return Buffer.from(`\uFEFF${words}`, 'utf8');
  return iconv.encode(words, encoding, { addBOM: encoding === 'utf-16le' });
}

type Cell = IndexTable['rows'][number][number];

/** RFC 4180 with the delimiter of the settings. */
function writeCsv({ headers, rows }: IndexTable, { delimiter, formulas }: FullIndexSettings): string {
  const field = (cell: Cell): string => {
    const plain = String(cell ?? '');
    const safe = formulas === 'apostrophe' && typeof cell === 'string' && looksLikeFormula(plain) ? `'${plain}` : plain;
    return safe.includes(delimiter) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [headers, ...rows].map((row) => `${row.map(field).join(delimiter)}\r\n`).join('');
}

function writeJson({ headers, rows }: IndexTable): string {
  const records = rows.map((row) => Object.fromEntries(headers.map((header, at) => [header, row[at] ?? null])));
  return `${JSON.stringify(records, null, 2)}\n`;
}

/** <index><row><value name="Betreff">…</value></row></index>: headers need be no names of elements. */
function writeXml({ headers, rows }: IndexTable): string {
  const lines = rows.map((row) => {
    const values = headers.flatMap((header, at) => {
      const cell = row[at] ?? null;
      return cell === null ? [] : [`    <value name="${escaped(header)}">${escaped(String(cell))}</value>`];
    });
    return ['  <row>', ...values, '  </row>'].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<index>', ...lines, '</index>', ''].join('\n');
}

/** What XML 1.0 has no character for (section 2.2) becomes U+FFFD. */
const noCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(words: string): string {
  return words.replace(noCharacter, '\uFFFD').replace(/[&<>"\r\n\t]/g, (character) => `&#${character.codePointAt(0)};`);
}
