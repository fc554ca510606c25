import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttachedNote, embedNote } from '../../../src/dms/transfer-note/pdf/embed-note.ts';
import { memorySource } from '../../../src/inspection/byte-source.ts';
import { attachedFiles } from '../../../src/inspection/pdf/attached-files.ts';
import { inspectPdf } from '../../../src/inspection/pdf/inspect-pdf.ts';
import { loadPdfium } from '../../../src/inspection/pdfium/pdfium.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import { corpus } from '../../support/corpora.ts';
import { pagePdf } from '../../support/page-pdf.ts';
import { PdfWriter } from '../../support/pdf-writer.ts';
import { compressedPdf, samplePdfs, tablePdf } from '../../support/sample-pdfs.ts';

const note: AttachedNote = {
  fileName: 'Transfervermerk.xml',
  description: 'Vermerk für den Scan',
  xml: Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n<transferNote>Müller</transferNote>\n'),
  day: '2021-02-01' as CalendarDate,
};
const askPdfium = await loadPdfium();

/** The noted copy, or what stands in its way. */
function embed(scan: Buffer, attached = note): Buffer | string {
  const embedded = embedNote(memorySource(scan), attached);
  return 'obstacle' in embedded ? embedded.obstacle : Buffer.concat([scan, embedded.update]);
}

function noted(scan: Buffer, attached = note): Buffer {
  const copy = embed(scan, attached);
  if (typeof copy === 'string') throw new Error(copy);
  return copy;
}

const inspect = (bytes: Buffer) => inspectPdf(memorySource(bytes));
const filesOf = (bytes: Buffer) =>
  attachedFiles(memorySource(bytes)).map(({ name, relationship, read }) => ({
    ...{ name, relationship, content: Buffer.from(read()).toString('latin1') },
  }));
const namesOf = (bytes: Buffer) => filesOf(bytes).map(({ name }) => name);
const updateOf = (scan: Buffer) => noted(scan).subarray(scan.length).toString('latin1');

/** The note is an attachment, and a copy ends as it should. */
const ofEnds = ['pdf.attachments', 'pdf.garbage-at-end', 'pdf.end-mark-missing'];
const withoutEnds = (observations: ReturnType<typeof inspect>['observations']) =>
  observations.filter(({ code }) => !ofEnds.includes(code));

/** What must hold of every copy. */
function expectSound(scan: Buffer, copy: Buffer, { xml } = note): void {
  const [before, after] = [inspect(scan), inspect(copy)];
  expect(copy.subarray(0, scan.length).equals(scan)).toBe(true);
  expect(after.pages).toBe(before.pages);
  expect(after.details.pages).toEqual(before.details.pages);
  expect(after.details.crossReference).toBe(before.details.crossReference);
  expect(after.details.updates).toBe((before.details.updates ?? 0) + 1);
  expect(withoutEnds(after.observations)).toEqual(withoutEnds(before.observations));
  const attachment = { relationship: 'Supplement', content: Buffer.from(xml).toString('latin1') };
  expect(filesOf(copy)).toContainEqual(expect.objectContaining(attachment));
  expect(askPdfium(memorySource(copy)).pages).toBe(askPdfium(memorySource(scan)).pages);
}

describe('the note of a sound PDF', () => {
  it.each(samplePdfs)('comes behind the scan, which stays as it is: $name', ({ pages, bytes }) => {
    const scan = bytes();
    const copy = noted(scan);
    expectSound(scan, copy);
    expect(inspect(copy).pages).toBe(pages);
    expect(namesOf(copy)).toEqual(['Transfervermerk.xml']);
  });

  it('goes into any of them, again and again, and makes the same bytes every time', () => {
    const parts = fc.record({
      sample: fc.constantFrom(...samplePdfs),
      xml: fc.uint8Array({ maxLength: 300 }),
      tail: fc.constantFrom('', '\n', '\r\n', '\0\0'),
    });
    fc.assert(
      fc.property(parts, ({ sample, xml, tail }) => {
        const scan = Buffer.concat([sample.bytes(), Buffer.from(tail)]);
        const first = noted(scan, { ...note, xml });
        expect(first.equals(noted(scan, { ...note, xml }))).toBe(true);
        expectSound(scan, first, { ...note, xml });
        const second = noted(first);
        expectSound(first, second);
        expect(namesOf(second).sort()).toEqual(['Transfervermerk-2.xml', 'Transfervermerk.xml']);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it('is described: size, day, digest, kind, what it is to the scan', () => {
    const update = updateOf(tablePdf(1));
    const digest = createHash('md5').update(note.xml).digest('hex');
    expect(update).toContain(`/Params << /Size ${note.xml.length} /ModDate (D:20210201) /CheckSum <${digest}> >>`);
    expect(update).toContain('/Type /EmbeddedFile /Subtype /text#2Fxml');
    expect(update).toContain('/AFRelationship /Supplement');
    expect(update).toContain(`/Desc <feff${Buffer.from(note.description, 'utf16le').swap16().toString('hex')}>`);
  });

  it('says that the PDF is of the version that has attached files', () => {
    expect(updateOf(compressedPdf(1))).toContain('/Version /1.7');
    expect(updateOf(tablePdf(1))).not.toContain('/Version');
  });

  it('joins the files that are there, sorted by their keys', () => {
    const specification = (name: string, file: number) =>
      `<< /Type /Filespec /F (${name}) /UF (${name}) /EF << /F ${file} 0 R >> /AFRelationship /Data >>`;
    const scan = pagePdf({
      catalog: '/Names << /EmbeddedFiles 20 0 R /Dests 26 0 R >> /AF 25 0 R',
      objects: {
        20: '<< /Kids [21 0 R 22 0 R] >>',
        21: '<< /Limits [(Zettel.xml) (Zettel.xml)] /Names [(Zettel.xml) 23 0 R] >>',
        22: `<< /Names [(Transfervermerk.xml) ${specification('Transfervermerk.xml', 27)}] >>`,
        23: specification('Zettel.xml', 28),
        25: '[23 0 R]',
        26: '<< /Names [] >>',
      },
      streams: { 27: ['/Type /EmbeddedFile', 'theirs'], 28: ['/Type /EmbeddedFile', 'slip'] },
    });
    const copy = noted(scan);
    expectSound(scan, copy);
    expect(namesOf(copy)).toEqual(['Transfervermerk-2.xml', 'Transfervermerk.xml', 'Zettel.xml']);
    const update = updateOf(scan);
    expect(update).toContain('/Dests 26 0 R');
    expect(update).toMatch(/\/AF \[23 0 R \d+ 0 R\]/);
  });

  it('keeps what catalog and trailer say, names, strings and numbers of all kinds', () => {
    const writer = new PdfWriter();
    writer.object(
      1,
      '<< /Type /Catalog /Pages 2 0 R /Lang (de\\055DE) /X#20Y [null true -0.25 1.5e0 (\\377) /A#2FB] >>'.replace(
        '1.5e0',
        '.0000001',
      ),
      3,
    );
    writer.object(2, '<< /Type /Pages /Kids [4 0 R] /Count 1 >>');
    writer.object(4, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Resources << >> >>');
    writer.object(5, '<< /Title (Akte) >>');
    const scan = writer.finishTable('/Root 1 3 R /Info 5 0 R /ID [(first half) (second)] /Own (kept)').bytes();
    const update = updateOf(scan);
    expectSound(scan, noted(scan));
    expect(update).toContain('/X#20Y [null true -0.25 0.0000001 <ff> /A#2FB]');
    expect(update).toContain('\n1 3 obj\n');
    expect(update).toContain('/Root 1 3 R /Info 5 0 R');
    expect(update).toContain('/Own (kept)');
    expect(update).toMatch(/\/ID \[\(first half\) <[0-9a-f]{32}>\]/);
    expect(update).not.toContain('second');
  });

  it('gives an identifier to a PDF that has none', () => {
    expect(updateOf(tablePdf(1))).toMatch(/\/ID \[<([0-9a-f]{32})> <\1>\]/);
  });

  it('takes object numbers that nothing has, whatever the trailer calls the highest', () => {
    const gap = new PdfWriter()
      .object(1, '<< /Type /Catalog /Pages 2 0 R >>')
      .object(2, '<< /Type /Pages /Kids [90 0 R] /Count 1 >>');
    gap.object(90, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Resources << >> >>');
    const low = Buffer.from(
      gap.finishTable('/Root 1 0 R').bytes().toString('latin1').replace('/Size 91', '/Size 3 '),
      'latin1',
    );
    expectSound(low, noted(low));
    expect(updateOf(low)).toMatch(/\n91 0 obj\n[\s\S]*\/Size 93 /);
    const high = Buffer.from(
      tablePdf(1)
        .toString('latin1')
        .replace(/\/Size \d+/, '/Size 1999990'),
      'latin1',
    );
    expectSound(high, noted(high));
    expect(updateOf(high)).toContain('\n1999990 0 obj\n');
  });
});

describe('a PDF that cannot hold its note', () => {
  const withSize = (size: number) =>
    Buffer.from(
      tablePdf(1)
        .toString('latin1')
        .replace(/\/Size \d+/, `/Size ${size}`),
      'latin1',
    );
  const signature = '<< /FT /Sig /T (s) /V << /Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] >> >>';
  const cases: readonly (readonly [string, string, () => Buffer])[] = [
    ['has too many objects', 'too-large', () => withSize(1_999_999)],
    [
      'has a name tree in a circle',
      'damaged',
      () => pagePdf({ catalog: '/Names << /EmbeddedFiles 20 0 R >>', objects: { 20: '<< /Kids [20 0 R] >>' } }),
    ],
    [
      'has a name tree of odd length',
      'damaged',
      () => pagePdf({ catalog: '/Names << /EmbeddedFiles << /Names [(a)] >> >>' }),
    ],
    ['has names that are none', 'damaged', () => pagePdf({ catalog: '/Names 10' })],
    ['is cut off', 'damaged', () => tablePdf(3).subarray(0, -40)],
    ['begins with something else', 'damaged', () => Buffer.concat([Buffer.from('x\n'), tablePdf(1)])],
    ['goes on behind its end', 'damaged', () => Buffer.concat([tablePdf(1), Buffer.alloc(2000, 'x')])],
    ['is no PDF', 'damaged', () => Buffer.from('GIF89a')],
    ['is empty', 'damaged', () => Buffer.alloc(0)],
    ['is signed', 'signed', () => pagePdf({ catalog: '/AcroForm << /Fields [20 0 R] >>', objects: { 20: signature } })],
    ['says that it is signed', 'signed', () => pagePdf({ catalog: '/AcroForm << /Fields [] /SigFlags 3 >>' })],
    ['is certified', 'signed', () => pagePdf({ catalog: '/Perms << >>' })],
    [
      'asks for a password',
      'encrypted',
      () =>
        pagePdf({
          trailer: '/Encrypt 20 0 R /ID [(a) (a)]',
          objects: { 20: '<< /Filter /Standard /V 1 /R 2 /O (o) /U (u) /P -4 >>' },
        }),
    ],
  ];
  it.each(cases)('%s', (_, obstacle, scan) => {
    expect(embed(scan())).toBe(obstacle);
  });

  it('never gets other bytes than can be read again, however it is damaged', () => {
    const damaged = fc.record({
      sample: fc.constantFrom(...samplePdfs),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      byte: fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from(' \n%/<>[]()R0123456789'))),
    });
    fc.assert(
      fc.property(damaged, ({ sample, at, byte }) => {
        const scan = sample.bytes();
        scan[Math.floor(at * scan.length)] = byte;
        const copy = embed(scan);
        if (typeof copy !== 'string') expectSound(scan, copy);
      }),
      { numRuns: 150, seed: 2 },
    );
  });
});

describe('PDFs of others', () => {
  const folders = ['scan-pdf', 'pdf', 'pdfa', 'pdf-handbuilt', 'zugferd']
    .map(corpus)
    .filter((folder) => folder !== undefined);
  const scans = folders.flatMap((folder) =>
    (readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => name.endsWith('.pdf'))
      .map((name) => join(folder, name)),
  );

  it.skipIf(scans.length === 0)('hold their notes and stay what they were', () => {
    const refused: Record<string, number> = {};
    let sound = 0;
    for (const path of scans) {
      const scan = readFileSync(path);
      const copy = embed(scan);
      if (typeof copy === 'string') refused[copy] = (refused[copy] ?? 0) + 1;
      else {
        expectSound(scan, copy);
        sound += 1;
      }
    }
    expect(sound).toBeGreaterThan(500);
    expect(Object.keys(refused).sort()).toEqual([
      ...['damaged', 'encrypted', 'pdfa-contradicted', 'pdfa-not-raised', 'pdfa-part', 'signed'],
    ]);
  });
});
