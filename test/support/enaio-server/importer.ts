import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Archive, Refused } from './archive.ts';

/** What the automatic import was set up to do with the columns of a file; the path is the last one. */
export interface ImportSetup {
  readonly dropFolder: string;
  /** The folder as the data name it. */
  readonly seenAs: string;
  /** Fields of the folder's type 3, and of the document's type 262146, in the order of the columns. */
  readonly fileFields: readonly string[];
  readonly documentFields: readonly string[];
}

/**
 * enaio's action "Data/document import" for text and XML: one run over what lies in the folder. Records with a wrong number
 * of columns are passed over in silence; others that fail are written to `_err`, those that do not to `_ok`.
 */
export async function runImport(archive: Archive, setup: ImportSetup): Promise<void> {
  const { dropFolder } = setup;
  for (const name of await readdir(dropFolder)) {
    const [, stem, ending] = /^(.+)\.(txt|xml)$/.exec(name) ?? [];
    if (stem === undefined || ending === undefined || /_(ok|err)$|^osImpLog$/.test(stem)) continue;
    const bytes = await readFile(join(dropFolder, name));
    const { taken, refused } = await takeRecords(archive, setup, ending === 'txt' ? readText(bytes) : readXml(bytes));
    // Single records are logged for text only.
    if (ending === 'txt') await writeLogs(join(dropFolder, stem), taken, refused);
    await appendFile(join(dropFolder, 'osImpLog.xml'), `<Import file="${name}" ok="${taken.length}"/>\n`);
    await rm(join(dropFolder, name));
  }
}

async function takeRecords(archive: Archive, setup: ImportSetup, records: readonly ReadRecord[]) {
  const taken: string[] = [];
  const refused: string[] = [];
  for (const { line, values } of records) {
    if (values.length !== setup.fileFields.length + setup.documentFields.length + 1) continue;
    try {
      await takeRecord(archive, setup, values);
      taken.push(line);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push(line);
    }
  }
  return { taken, refused };
}

interface ReadRecord {
  readonly line: string;
  readonly values: readonly string[];
}

function readText(bytes: Buffer): readonly ReadRecord[] {
  return bytes
    .toString('utf16le')
    .replace('\ufeff', '')
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => ({ line, values: line.split(';') }));
}

function readXml(bytes: Buffer): readonly ReadRecord[] {
  const plain = (words: string) => words.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  return [...bytes.toString('utf8').matchAll(/<Row>(.*?)<\/Row>/gs)].map(([line, row = '']) => ({
    line,
    values: [...row.matchAll(/<Value>(.*?)<\/Value>/gs)].map(([, value = '']) => plain(value)),
  }));
}

async function takeRecord(archive: Archive, setup: ImportSetup, values: readonly string[]): Promise<void> {
  const { fileFields, documentFields, seenAs, dropFolder } = setup;
  const named = (fields: readonly string[], from: number) =>
    new Map(fields.map((field, at) => [field, values[from + at] ?? null] as const));
  const file = named(fileFields, 0);
  const [keyField = ''] = fileFields;
  const same = archive.all().find((one) => one.type === '3' && one.values.get(keyField) === file.get(keyField));
  const path = (values.at(-1) ?? '').replace(seenAs, dropFolder).replaceAll('\\', '/');
  const content = await readFile(path);
  const folder = same ?? archive.insert({ type: '3', values: file });
  const own = named(documentFields, fileFields.length);
  archive.insert({ type: '262146', parent: folder.id, values: own, files: [content] });
}

async function writeLogs(stem: string, taken: readonly string[], refused: readonly string[]): Promise<void> {
  for (const [log, lines] of [
    ['_ok', taken],
    ['_err', refused],
  ] as const) {
    if (lines.length > 0) {
      await writeFile(`${stem}${log}.txt`, Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le'));
    }
  }
}
