import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pickListFormats, renderPickList } from '../../src/custody/pick-list-export.ts';
import type { Batch, ListedFileRow } from '../../src/custody/store.ts';
import { writeDocx } from '../../src/reporting/document/docx.ts';
import type { WrittenDocument } from '../../src/reporting/document/model.ts';
import { renderDocumentPdf } from '../../src/reporting/document/pdf.ts';
import { readOwnZip } from '../../src/reporting/document/zip-file.ts';
import { renderPlainHtml, renderPlainMarkdown } from '../../src/reporting/plain-document.ts';
import { renderReport, reportFormats } from '../../src/reporting/render.ts';
import { looksLikeFormula } from '../../src/reporting/safe-text.ts';
import { verbatim } from '../../src/shared/language.ts';
import type { PackageCheck } from '../../src/validation/check-package.ts';
import { renderDefectList } from '../../src/validation/defect-list.ts';
import { checkForms, writeCheck } from '../../src/validation/outputs/forms.ts';
import { reportOn } from '../../src/validation/outputs/report.ts';
import { deliveryTable, reportOf } from '../reporting/sample-report.ts';
import { runCli } from '../support/run-cli.ts';
import { faultyCheck, hostileNames, withHostileNames } from '../validation/outputs/sample-report.ts';

/** What is said of an output, by the kind of program that opens it. */
type Kind = 'csv' | 'xlsx' | 'html' | 'xml' | 'docx' | 'pdf' | 'json' | 'jsonl' | 'md';

const at = new Date('2021-02-01T00:00:00Z');
let folder: string;
let check: PackageCheck;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-hostile-'));
  check = withHostileNames(await faultyCheck());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = reportOf({
  ...deliveryTable(hostileNames.length),
  rows: deliveryTable(hostileNames.length).rows.map((row, index) => ({ ...row, vendor: hostileNames[index] ?? '' })),
});
const texts = hostileNames.map(verbatim);
const [hostile = verbatim('')] = texts;
const plain = {
  title: hostile,
  subtitle: hostile,
  sections: [{ title: hostile, paragraphs: texts, table: { columns: [hostile], rows: texts.map((words) => [words]) } }],
};
const written: WrittenDocument = {
  language: 'de',
  title: hostileNames.join(' '),
  createdAt: at.toISOString(),
  footer: hostileNames.join(' '),
  blocks: [
    { kind: 'title', words: hostileNames.join(' ') },
    ...hostileNames.map((words) => ({ kind: 'paragraph', words }) as const),
    { kind: 'table', columns: [{ title: hostileNames[6], share: 1 }], rows: hostileNames.map((name) => [name]) },
  ],
};
const listed = hostileNames.map(
  (name) => ({ reference: name, volume: '', box: null, expected_sheets: 1, title: name }) as unknown as ListedFileRow,
);
const batch = {
  key: 'B-1',
  handed_over_on: '2021-02-01',
  order: { id: 1, number: 'A-1', pages: 1 },
  lot: { key: 'L1', department: hostileNames[6], contract: hostileNames[0], vendor: hostileNames[7] },
} as unknown as Batch;

const kindOfForm: Readonly<Record<(typeof checkForms)[number], Kind>> = {
  json: 'json',
  jsonl: 'jsonl',
  csv: 'csv',
  xlsx: 'xlsx',
  html: 'html',
  junit: 'xml',
  sarif: 'json',
  docx: 'docx',
  pdf: 'pdf',
};

/** Every writer of the program that puts names of others into a file. */
const writers: readonly (readonly [name: string, kind: Kind, write: () => Promise<Uint8Array>])[] = [
  ...checkForms.map(
    (form) =>
      [
        `the result of a check as ${form}`,
        kindOfForm[form],
        async () => {
          const path = join(folder, `result.${form}`);
          await writeCheck(reportOn(check, 'de'), form, path);
          return readFileSync(path);
        },
      ] as const,
  ),
  ['the defect list', 'csv', async () => Buffer.from([...renderDefectList(check.findings, 'de')].join(''))],
  ...reportFormats.map(
    (format) => [`a report as ${format}`, format, () => renderReport(report, format, 'de')] as const,
  ),
  ...pickListFormats.map(
    (format) =>
      [
        `a pick list as ${format}`,
        format,
        () => renderPickList(batch, listed, { format, language: 'de', at }),
      ] as const,
  ),
  ['a profile as HTML', 'html', async () => Buffer.from(renderPlainHtml(plain, 'de'))],
  ['a profile as Markdown', 'md', async () => Buffer.from(renderPlainMarkdown(plain, 'de'))],
  [
    'a letter as DOCX',
    'docx',
    async () => {
      const path = join(folder, 'letter.docx');
      await writeDocx(written, path);
      return readFileSync(path);
    },
  ],
  ['a letter as PDF', 'pdf', () => renderDocumentPdf(written)],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const turning = /[\u202a-\u202e\u2066-\u2069]/;

function wellFormed(xml: string): void {
  new SaxesParser().write(xml).close();
  expect(xml).not.toMatch(control);
}

/** Texts of the parts of a DOCX or XLSX that hold words. */
function partsOf(bytes: Uint8Array): string[] {
  return readOwnZip(Buffer.from(bytes))
    .filter(({ name }) => /\.(?:xml|rels)$/.test(name))
    .map(({ content }) => Buffer.from(content as Uint8Array).toString('utf8'));
}

const harmless: Readonly<Record<Kind, (bytes: Uint8Array) => void>> = {
  csv: (bytes) => {
    const text = Buffer.from(bytes).toString('utf8');
    const delimiter = text.slice(0, text.indexOf('\n')).includes(';') ? ';' : ',';
    const cells = (parse(text, { bom: true, delimiter, relax_column_count: true }) as string[][]).flat();
    expect(cells.filter((cell) => looksLikeFormula(cell) && !/^-[\d.,]+$/.test(cell))).toEqual([]);
    expect(cells.some((cell) => cell.startsWith("'=cmd"))).toBe(true);
    expect(text).not.toMatch(turning);
  },
  xlsx: (bytes) => {
    const parts = partsOf(bytes);
    for (const part of parts) wellFormed(part);
    const formulas = parts.flatMap((part) => [...part.matchAll(/<f[ >][^<]*/g)].map(([found]) => found));
    // The program's own: links to its sheets, and sums of its cells.
    const own = /^<f>(?:HYPERLINK\(&quot;#|(?:IFERROR|ROUND|SUBTOTAL|SUM|IF)\([\w,:()+/*-]*(?:&quot;&quot;)?\)$)/;
    expect(formulas.filter((formula) => !own.test(formula))).toEqual([]);
    expect(parts.join('')).toContain('=cmd|calc');
  },
  html: (bytes) => {
    const html = Buffer.from(bytes).toString('utf8');
    expect(html).not.toMatch(/<img|<script>alert|<\/script><script>alert/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(turning);
    const markup = html.replaceAll(/<(script|style)\b[^>]*>.*?<\/\1>/gs, '');
    expect(markup).not.toMatch(/<[^>]*\son[a-z]+=/);
  },
  xml: (bytes) => wellFormed(Buffer.from(bytes).toString('utf8')),
  docx: (bytes) => {
    for (const part of partsOf(bytes)) {
      wellFormed(part);
      expect(part).not.toMatch(/w:fldSimple|w:instrText[^>]*>\s*(?!PAGE|NUMPAGES)[A-Z]+ "/);
      expect(part).not.toMatch(turning);
    }
  },
  pdf: (bytes) => {
    const text = Buffer.from(bytes).toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text).not.toMatch(/\/(?:JavaScript|JS|Launch|URI|EmbeddedFile|AA|OpenAction)\b/);
  },
  json: (bytes) => expect(typeof JSON.parse(Buffer.from(bytes).toString('utf8'))).toBe('object'),
  jsonl: (bytes) => {
    for (const line of Buffer.from(bytes).toString('utf8').trimEnd().split('\n')) JSON.parse(line);
  },
  md: (bytes) => expect(Buffer.from(bytes).toString('utf8')).not.toMatch(/(?<!\\)<(?:img|script)/),
};

describe('names made to harm whoever opens the file', () => {
  test.each(writers)('do nothing in %s', async (_name, kind, write) => {
    harmless[kind](await write());
  });

  test.skipIf(process.platform === 'win32')('do nothing on a terminal', async () => {
    mkdirSync(join(folder, 'paket'));
    const name = '\u001b[31mrot\u0007\u202egpj.pdf';
    writeFileSync(join(folder, 'paket', name), 'x');
    const calls = [
      ['check', 'paket'],
      ['check', 'paket', '--group-by', 'file'],
      ['inspect', 'paket'],
    ];
    for (const call of calls) {
      const { stdout, stderr } = await runCli(call, folder);
      expect(stdout).toContain('rot');
      expect(stdout + stderr).not.toMatch(control);
      expect(stdout + stderr).not.toMatch(turning);
    }
  });
});
