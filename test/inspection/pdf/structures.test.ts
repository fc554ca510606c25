import { describe, expect, test } from 'vitest';
import { codesOf, inspectBytes } from '../../support/pdf-facts.ts';
import { PdfWriter } from '../../support/pdf-writer.ts';
import {
  a4,
  catalogBody,
  compressedPdf,
  flatTree,
  hybridPdf,
  linearisedPdf,
  nodeBody,
  pageBody,
  samplePdfs,
  streamPdf,
  tablePdf,
  updatedPdf,
} from '../../support/sample-pdfs.ts';
import { asksForPassword, opensWithoutPassword } from './encrypted-samples.ts';

describe('a sound PDF', () => {
  test.each(samplePdfs)('with $name is counted without any finding', ({ pages, bytes }) => {
    const facts = inspectBytes(bytes());
    expect(facts.observations).toEqual([]);
    expect(facts.pages).toBe(pages);
  });

  test.each([1, 2, 99, 2500])('of %i pages is counted in each form of cross-reference', (pages) => {
    for (const write of [tablePdf, streamPdf, compressedPdf, hybridPdf]) {
      const facts = inspectBytes(write(pages, 40));
      expect([facts.pages, facts.observations]).toEqual([pages, []]);
    }
  });

  test.each(['table', 'stream'])('may give an object that is none the place of the header, in a %s', (form) => {
    const writer = new PdfWriter();
    for (const [number, body] of flatTree(2)) writer.object(number, body);
    writer.finishTable('/Root 1 0 R').absent(20);
    if (form === 'table') writer.finishTable('/Root 1 0 R');
    else writer.finishStream(30, '/Root 1 0 R');
    const facts = inspectBytes(writer.bytes());
    expect([facts.pages, facts.observations]).toEqual([2, []]);
  });

  test('tells how its cross-reference is kept and how many updates it had', () => {
    const forms = [tablePdf(1), streamPdf(1), hybridPdf(1), updatedPdf('table'), updatedPdf('compressed')];
    const told = forms.map((bytes) => inspectBytes(bytes).details);
    expect(told.map(({ crossReference, updates }) => [crossReference, updates])).toEqual([
      ['table', 0],
      ['stream', 0],
      ['hybrid', 0],
      ['table', 1],
      ['stream', 1],
    ]);
  });

  test('that is linearised says so, and its two sections are no update', () => {
    expect(inspectBytes(linearisedPdf(3)).details).toMatchObject({ linearised: true, updates: 0 });
    expect(inspectBytes(tablePdf(3)).details).toMatchObject({ linearised: false });
  });

  test('that was linearised and then updated is it no more', () => {
    const written = linearisedPdf(3);
    const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(written.toString('latin1'))?.[1];
    const update = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 51 /Root 1 0 R /Prev ${previous} >>\n`;
    const bytes = Buffer.concat([written, Buffer.from(`${update}startxref\n${written.length}\n%%EOF\n`)]);
    expect(inspectBytes(bytes)).toMatchObject({ pages: 3, details: { linearised: false, updates: 1 } });
  });

  test('counts its objects', () => {
    expect(inspectBytes(tablePdf(5, 5)).details.document?.objects).toBe(8);
  });

  test('takes the later of the two versions that header and catalog name', () => {
    const version = (header: string, catalog: string) => {
      const writer = new PdfWriter(header).object(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
      writer.object(2, nodeBody([3], 1)).object(3, pageBody(2));
      return inspectBytes(writer.finishTable('/Root 1 0 R').bytes()).details.version;
    };
    expect(version('%PDF-1.4\n', '')).toBe('1.4');
    expect(version('%PDF-1.4\n', '/Version /1.7')).toBe('1.7');
    expect(version('%PDF-2.0\n', '/Version /1.7')).toBe('2.0');
  });

  test('may have comments, odd white space, escaped names and references to simple values anywhere', () => {
    const writer = new PdfWriter();
    writer.object(1, '<</Type/C#61talog%comment\r/Pages 2 0 R>>');
    writer.object(2, '<</#4bids 7 0 R/Count\r\n8 0 R/Type/Pages>>').object(3, pageBody(2));
    writer.object(7, '[3\n0\tR%x\n]').object(8, '1');
    const facts = inspectBytes(writer.finishTable('/Root 1 0 R').bytes());
    expect([facts.pages, facts.observations]).toEqual([1, []]);
  });

  test('may hold a page whose dictionary is larger than a first read', () => {
    const writer = new PdfWriter().object(1, catalogBody).object(2, nodeBody([3], 1));
    writer.object(3, `<< /Note (${'x'.repeat(100_000)}) /Type /Page /Parent 2 0 R ${a4} >>`);
    const facts = inspectBytes(writer.finishTable('/Root 1 0 R').bytes());
    expect([facts.pages, facts.observations]).toEqual([1, []]);
  });
});

describe('page sizes', () => {
  const sizes = (...pages: readonly string[]) => {
    const writer = new PdfWriter().object(1, catalogBody);
    writer.object(
      2,
      nodeBody(
        pages.map((_, index) => 10 + index),
        pages.length,
        '/MediaBox [0 0 842 1191] ',
      ),
    );
    for (const [index, extra] of pages.entries()) writer.object(10 + index, pageBody(2, extra));
    return inspectBytes(writer.finishTable('/Root 1 0 R').bytes()).details.document?.pageSizes;
  };

  test('are told in millimetres by sheet, the smallest and the largest', () => {
    expect(sizes(a4, a4, '/MediaBox [0 0 420 595]', '')).toEqual({
      smallest: { width: 148.2, height: 209.9 },
      largest: { width: 297, height: 420.2 },
      sheets: { A4: 2, A5: 1, A3: 1 },
      rotated: 0,
    });
  });

  test('are those of the page as it is shown: cropped, turned, in its own unit', () => {
    expect(sizes('/MediaBox [0 0 1000 1000] /CropBox [100 100 520 695] /Rotate -90')).toMatchObject({
      largest: { width: 209.9, height: 148.2 },
      rotated: 1,
    });
    expect(sizes('/MediaBox [595 842 0 0] /UserUnit 4')).toMatchObject({ sheets: { A0: 1 } });
  });

  test('above A0 are a class of their own, and a little more than a sheet is still that sheet', () => {
    expect(sizes('/MediaBox [0 0 26000 40000]')).toMatchObject({ sheets: { larger: 1 } });
    expect(sizes('/MediaBox [0 0 610 860]')).toMatchObject({ sheets: { A4: 1 } });
  });

  test('that are missing or senseless are a finding with the first page', () => {
    const writer = new PdfWriter().object(1, catalogBody).object(2, nodeBody([10, 11, 12], 3));
    writer.object(10, pageBody(2)).object(11, pageBody(2, '')).object(12, pageBody(2, '/MediaBox [0 0 0 0]'));
    const facts = inspectBytes(writer.finishTable('/Root 1 0 R').bytes());
    expect(facts.pages).toBe(3);
    expect(facts.observations).toEqual([{ code: 'pdf.page-size-missing', args: { count: 2 }, page: 2 }]);
  });
});

describe('what may harm or surprise the reader of a document', () => {
  const withCatalog = (entries: string, ...objects: readonly string[]) => {
    const writer = new PdfWriter().object(1, `<< /Type /Catalog /Pages 2 0 R ${entries} >>`);
    writer.object(2, nodeBody([3], 1)).object(3, pageBody(2));
    for (const [index, body] of objects.entries()) writer.object(20 + index, body);
    return inspectBytes(writer.finishTable('/Root 1 0 R').bytes());
  };

  test('scripts and actions that start with the document are a finding', () => {
    const active = (entries: string, ...objects: readonly string[]) => withCatalog(entries, ...objects).observations;
    const finding = (...kinds: readonly string[]) => [{ code: 'pdf.active-content', args: { kinds } }];
    expect(active('/OpenAction << /S /Launch /F (x.exe) >>')).toEqual(finding('Launch'));
    expect(active('/OpenAction 20 0 R', '<< /S /GoTo /Next [<< /S /JavaScript >>] >>')).toEqual(finding('JavaScript'));
    expect(active('/AA << /WC << /S /URI >> /DS << /S /SubmitForm >> >>')).toEqual(finding('SubmitForm', 'URI'));
    expect(active('/Names << /JavaScript << /Names [(a) 20 0 R] >> >>', '<< >>')).toEqual(finding('JavaScript'));
    expect(active('/OpenAction [3 0 R /Fit]')).toEqual([]);
    expect(active('/OpenAction << /S /GoTo /D [3 0 R /Fit] >>')).toEqual([]);
  });

  test('an action that follows itself ends', () => {
    expect(codesOf(withCatalog('/OpenAction 20 0 R', '<< /S /Launch /Next 20 0 R >>'))).toEqual(['pdf.active-content']);
  });

  test('attachments are counted over the whole name tree, loops in it left out', () => {
    const facts = withCatalog(
      '/Names << /EmbeddedFiles 20 0 R >>',
      '<< /Kids [21 0 R 22 0 R 20 0 R] >>',
      '<< /Names [(a) << >> (b) << >>] >>',
      '<< /Names [(c) << >>] /Kids [21 0 R] >>',
    );
    expect(facts.observations).toEqual([{ code: 'pdf.attachments', args: { count: 3 } }]);
    expect(facts.details.document?.attachments).toBe(3);
  });

  test('a damaged catalog entry does not make it look harmless', () => {
    const facts = withCatalog('/Names 20 0 R', '<< /EmbeddedFiles ] >>');
    expect(facts.pages).toBe(1);
    expect(codesOf(facts)).toEqual(['pdf.catalog-unreadable']);
  });
});

describe('an encrypted PDF', () => {
  test.each(opensWithoutPassword)('without user password, by %s, is counted and reported', (_, base64) => {
    const facts = inspectBytes(Buffer.from(base64, 'base64'));
    expect(facts.pages).toBe(3);
    expect(facts.observations).toEqual([
      { code: 'pdf.encrypted', args: { handler: 'Standard', opensWithoutPassword: true } },
    ]);
  });

  test.each(asksForPassword)('that asks for a password, by %s, has no count but a reason', (_, base64) => {
    const facts = inspectBytes(Buffer.from(base64, 'base64'));
    expect(facts.pages).toBeNull();
    expect(codesOf(facts)).toEqual(['pdf.pages-encrypted', 'pdf.encrypted']);
    expect(facts.details.encryption).toMatchObject({ handler: 'Standard', opensWithoutPassword: false });
  });

  const encrypted = (dictionary: string) => {
    const writer = new PdfWriter();
    for (const [number, body] of flatTree(2)) writer.object(number, body);
    return inspectBytes(writer.object(30, dictionary).finishTable('/Root 1 0 R /Encrypt 30 0 R').bytes());
  };

  test('is counted where its structure is not in encrypted streams', () => {
    const facts = encrypted('<< /Filter /Vendor.Own /V 99 >>');
    expect(facts.pages).toBe(2);
    expect(facts.observations).toEqual([
      { code: 'pdf.encrypted', args: { handler: 'Vendor.Own', opensWithoutPassword: false } },
    ]);
  });

  test('never breaks the reader by what its encryption dictionary says', () => {
    for (const entries of [
      '',
      '/V 1 /R 2',
      '/V 2 /R 3 /Length -8',
      '/V 5 /R 6 /U (x)',
      '/V 5 /R 5 /O 1 /U [] /UE ()',
    ]) {
      expect(encrypted(`<< /Filter /Standard ${entries} >>`).pages).toBe(2);
    }
    expect(codesOf(encrypted('[ ]'))).toEqual(['pdf.encrypted']);
  });

  test('whose crypt filters leave the streams alone is counted by its object streams', () => {
    const writer = new PdfWriter().objectStream(3, flatTree(2));
    writer.object(30, '<< /Filter /Other /V 4 /CF << >> /StrF /StdCF >>');
    const facts = inspectBytes(writer.finishStream(31, '/Root 1 0 R /Encrypt 30 0 R').bytes());
    expect(facts.pages).toBe(2);
    expect(codesOf(facts)).toEqual(['pdf.encrypted']);
  });
});
