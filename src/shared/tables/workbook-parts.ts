import { posix } from 'node:path';
import { TableError } from './table-error.ts';
import { readXml, type XmlHandler } from './workbook-xml.ts';
import type { ZipParts } from './zip-parts.ts';

/** How a number cell is to be read, by its format. */
export type NumberKind = 'number' | 'date' | 'time';

/** What a workbook says beside its sheets. */
export interface Workbook {
  /** The worksheets in the order of their tabs, each with its part's name. */
  readonly sheets: readonly { readonly name: string; readonly part: string; readonly hidden: boolean }[];
  /** Days are counted from 1904 (old files of the Mac) instead of from 1900. */
  readonly from1904: boolean;
  readonly sharedStrings: readonly string[];
  /** By the index that cells give as their style. */
  readonly kinds: readonly NumberKind[];
}

/** Characters of all shared strings together: they are kept in memory while a sheet is read. */
const sharedStringsLimit = 100_000_000;

/** Reads everything of a workbook but its sheets (ECMA-376 Part 1, clauses 12.3, 18.2, 18.4, 18.8). @throws TableError */
export async function readWorkbook(zip: ZipParts): Promise<Workbook> {
  const main = (await relations(zip, '')).find(({ type }) => type === 'officeDocument')?.target;
  if (!main) throw new TableError({ code: 'not-a-table', args: { found: 'zip' } });
  const related = await relations(zip, main);
  const { sheets, from1904 } = await readSheetList(zip, main);
  const partOf = (type: string) => related.find((relation) => relation.type === type)?.target;
  const strings = partOf('sharedStrings');
  const styles = partOf('styles');
  return {
    sheets: sheets.flatMap(({ name, id, hidden }) => {
      const part = related.find((relation) => relation.id === id && relation.type === 'worksheet')?.target;
      return part ? [{ name, part, hidden }] : [];
    }),
    from1904,
    sharedStrings: strings ? await readSharedStrings(zip, strings) : [],
    kinds: styles ? await readKinds(zip, styles) : [],
  };
}

async function readAll(zip: ZipParts, part: string, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(part, zip.read(part), handler));
}

interface Relation {
  readonly id: string;
  /** The last word of the type's address: transitional and strict files differ in what comes before. */
  readonly type: string;
  readonly target: string;
}

/** The relations of a part ('' is the package itself); none when it has no such list. */
async function relations(zip: ZipParts, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const list = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!zip.names.includes(list)) return [];
  const found: Relation[] = [];
  await readAll(zip, list, {
    open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (name !== 'Relationship') return;
      const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: path });
    },
    close() {},
  });
  return found;
}

async function readSheetList(
  zip: ZipParts,
  part: string,
): Promise<{ sheets: { name: string; id: string; hidden: boolean }[]; from1904: boolean }> {
  const sheets: { name: string; id: string; hidden: boolean }[] = [];
  let from1904 = false;
  await readAll(zip, part, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      sheets.push({ name: attributes.name ?? '', id, hidden: (attributes.state ?? 'visible') !== 'visible' });
    },
    close() {},
  });
  return { sheets, from1904 };
}

async function readSharedStrings(zip: ZipParts, part: string): Promise<string[]> {
  const strings: string[] = [];
  const collector = createStringCollector();
  let total = 0;
  await readAll(zip, part, {
    open: (name) => collector.open(name),
    text: (words) => collector.text(words),
    close(name) {
      collector.close(name);
      if (name !== 'si') return;
      const value = collector.take();
      total += value.length + 8;
      if (total > sharedStringsLimit) {
        throw new TableError({ code: 'workbook-too-large', args: { part, limit: sharedStringsLimit } });
      }
      strings.push(value);
    },
  });
  return strings;
}

/** Gathers the text of a string item: plain, or rich text in several runs; reading aids (phonetic runs) are left out. */
export function createStringCollector(): {
  open(name: string): void;
  text(words: string): void;
  close(name: string): void;
  /** The text since the last call. */
  take(): string;
} {
  let gathered = '';
  let inText = false;
  let inPhonetic = false;
  return {
    open(name) {
      if (name === 't') inText = !inPhonetic;
      if (name === 'rPh') inPhonetic = true;
    },
    text(words) {
      if (inText) gathered += words;
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') inPhonetic = false;
    },
    take() {
      const value = unescapeCharacters(gathered);
      gathered = '';
      return value;
    },
  };
}

/** Characters that XML cannot hold stand as _xHHHH_ (ECMA-376 Part 1, 22.9.2.19). */
export function unescapeCharacters(value: string): string {
  if (!value.includes('_x')) return value;
  return value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

async function readKinds(zip: ZipParts, part: string): Promise<NumberKind[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCellFormats = false;
  await readAll(zip, part, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) formats.push(Number(attributes.numFmtId ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return formats.map((id) => kindOfFormat(id, codes.get(id)));
}

/** Whether a number format shows dates or times: built-in ones by number (18.8.30), others by their code. */
function kindOfFormat(id: number, code: string | undefined): NumberKind {
  if (code === undefined) {
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return 'time';
    const isDate = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    return isDate ? 'date' : 'number';
  }
  if (/\[(h+|m+|s+)\]/i.test(code)) return 'time';
  // Quoted words, escaped characters and bracketed locales, colours and conditions are not part of the pattern.
  const pattern = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase();
  if (/^(general|standard)/.test(pattern)) return 'number';
  if (/[dy]|mmm/.test(pattern)) return 'date';
  if (/[hs]/.test(pattern)) return 'time';
  return /m/.test(pattern) ? 'date' : 'number';
}
