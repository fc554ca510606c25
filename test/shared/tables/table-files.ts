import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { openTable, type Table, type TableOptions, type TableRow } from '../../../src/shared/tables/open-table.ts';
import { TableError } from '../../../src/shared/tables/table-error.ts';
import type { TableProblem } from '../../../src/shared/tables/table-problem.ts';

/** Writes the bytes to a file of their own, does the work, and removes the file. */
export async function withFile<T>(bytes: Uint8Array | string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'scanlot-table-'));
  try {
    const path = join(folder, 'table.dat');
    await writeFile(path, bytes);
    return await work(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export interface ReadTable extends Table {
  readonly all: readonly TableRow[];
}

export async function readTable(bytes: Uint8Array | string, options?: TableOptions): Promise<ReadTable> {
  return withFile(bytes, async (path) => {
    const table = await openTable(path, options);
    const all: TableRow[] = [];
    for await (const row of table.rows) all.push(row);
    return { ...table, all };
  });
}

/** The problem that reading these bytes runs into, and the rows read before it. */
export async function readProblem(
  bytes: Uint8Array | string,
  options?: TableOptions,
): Promise<{ problem: TableProblem; rows: readonly TableRow[] }> {
  return withFile(bytes, async (path) => {
    const rows: TableRow[] = [];
    try {
      for await (const row of (await openTable(path, options)).rows) rows.push(row);
    } catch (error) {
      if (error instanceof TableError) return { problem: error.problem, rows };
      throw error;
    }
    throw new Error('the table was read without a problem');
  });
}

export interface ZipPart {
  readonly name: string;
  readonly bytes: Uint8Array | string;
  readonly stored?: boolean;
  /** What the headers claim, where it is to differ from the truth. */
  readonly claim?: { readonly crc?: number; readonly size?: number };
}

/** A zip file with these parts. */
export function zip(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, stored = false, claim = {} } of parts) {
    const content = Buffer.from(bytes as string);
    const packed = stored ? content : deflateRawSync(content);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(stored ? 0 : 8, 4);
    fixed.writeUInt32LE(claim.crc ?? crc32(content), 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(claim.size ?? content.length, 18);
    fixed.writeUInt16LE(Buffer.byteLength(name), 22);
    const entryEnd = Buffer.alloc(14);
    entryEnd.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fixed, entryEnd, Buffer.from(name));
    files.push(Buffer.from('PK\x03\x04', 'latin1'), fixed, Buffer.from(name), packed);
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listing, end]);
}

const relationships = (entries: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries}</Relationships>`;
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;

export interface WorkbookContent {
  /** XML between `<sheetData>` tags. */
  readonly sheetData: string;
  /** XML of the `si` elements. */
  readonly strings?: string;
  /** XML in `styleSheet`. */
  readonly styles?: string;
  readonly from1904?: boolean;
  readonly prologue?: string;
}

/** The parts of a workbook with one sheet, sheet before shared strings (an order that is allowed). */
export function workbookParts(content: WorkbookContent): ZipPart[] {
  const { sheetData, strings = '', styles = '', from1904 = false, prologue = '' } = content;
  return [
    {
      name: 'xl/worksheets/sheet1.xml',
      bytes: `${prologue}<worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
    },
    { name: 'xl/sharedStrings.xml', bytes: `<sst>${strings}</sst>` },
    { name: 'xl/styles.xml', bytes: `<styleSheet>${styles}</styleSheet>` },
    {
      name: 'xl/_rels/workbook.xml.rels',
      bytes: relationships(
        relation('rId1', 'worksheet', 'worksheets/sheet1.xml') +
          relation('rId2', 'sharedStrings', '/xl/sharedStrings.xml') +
          relation('rId3', 'styles', 'styles.xml'),
      ),
    },
    {
      name: 'xl/workbook.xml',
      bytes: `<workbook xmlns:r="r"><workbookPr date1904="${from1904}"/><sheets><sheet name="Blatt" r:id="rId1"/></sheets></workbook>`,
    },
    { name: '_rels/.rels', bytes: relationships(relation('rId1', 'officeDocument', 'xl/workbook.xml')) },
  ];
}

export function workbook(content: WorkbookContent): Buffer {
  return zip(workbookParts(content));
}

/** A row of inline texts. */
export function inlineRow(row: number, ...cells: readonly string[]): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const content = cells.map(
    (cell, index) => `<c r="${letters[index]}${row}" t="inlineStr"><is><t>${cell}</t></is></c>`,
  );
  return `<row r="${row}">${content.join('')}</row>`;
}
