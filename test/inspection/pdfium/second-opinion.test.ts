import { beforeAll, describe, expect, it } from 'vitest';
import { type ByteSource, memorySource } from '../../../src/inspection/byte-source.ts';
import { inspectBytes } from '../../../src/inspection/inspect-bytes.ts';
import { type AskPdfium, loadPdfium, type PdfiumOpinion } from '../../../src/inspection/pdfium/pdfium.ts';
import { PdfWriter } from '../../support/pdf-writer.ts';
import { catalogBody, nodeBody, pageBody, samplePdfs, tablePdf } from '../../support/sample-pdfs.ts';

let pdfium: AskPdfium;
beforeAll(async () => {
  pdfium = await loadPdfium();
});

/** One page is there, `kids` and `count` say what the tree pretends. */
function treeOf(kids: readonly number[], count: number): Buffer {
  const writer = new PdfWriter().object(1, catalogBody).object(2, nodeBody(kids, count)).object(3, pageBody(2));
  return writer.finishTable('/Root 1 0 R').bytes();
}

function inspect(bytes: Uint8Array, ask: AskPdfium = pdfium) {
  const { pages, observations, details } = inspectBytes(memorySource(bytes), ask);
  return { pages, codes: observations.map(({ code }) => code), opinion: details.secondOpinion };
}

describe('pdfium', () => {
  it.each(samplePdfs.map(({ name, pages, bytes }) => [name, pages, bytes] as const))(
    'counts the pages of a sound PDF: %s',
    (_name, pages, bytes) => {
      expect(pdfium(memorySource(bytes()))).toEqual({ pages, failure: null });
    },
  );

  it('counts pages that are there, not those that are declared', () => {
    expect(pdfium(memorySource(treeOf([3], 7)))).toEqual({ pages: 1, failure: null });
  });

  it('says why it opens a file not', () => {
    expect(pdfium(memorySource(Buffer.from('%PDF-1.7\nnothing')))).toEqual({ pages: null, failure: 'format' });
  });

  it('reads the blocks that it needs of a file of any size', () => {
    const sound = tablePdf(3);
    let most = 0;
    const counting: ByteSource = {
      size: sound.length,
      read: (offset, length) => {
        most = Math.max(most, length);
        return memorySource(sound).read(offset, length);
      },
    };
    expect(pdfium(counting).pages).toBe(3);
    expect(most).toBeLessThanOrEqual(sound.length);
  });
});

describe('the second opinion', () => {
  it('is not asked for a sound file', () => {
    const never = (): PdfiumOpinion => {
      throw new Error('asked');
    };
    expect(inspect(tablePdf(3), never)).toEqual({ pages: 3, codes: [], opinion: undefined });
  });

  it('is taken down where it agrees, without another finding', () => {
    expect(inspect(treeOf([3], 7))).toEqual({
      pages: 1,
      codes: ['pdf.count-differs'],
      opinion: { reader: 'pdfium', pages: 1, failure: null },
    });
  });

  it('is told and not taken where only pdfium counts', () => {
    const { pages, codes } = inspect(treeOf([3, 77], 1));
    expect(pages).toBeNull();
    expect(codes).toEqual(['pdf.page-missing', 'pdf.counted-by-pdfium']);
  });

  it('takes our count away where pdfium counts another', () => {
    const other = (): PdfiumOpinion => ({ pages: 2, failure: null });
    const { pages, codes } = inspect(treeOf([3], 7), other);
    expect(pages).toBeNull();
    expect(codes).toEqual(['pdf.count-differs', 'pdf.count-disputed']);
  });

  it('leaves our count where pdfium cannot open the file, and warns', () => {
    const none = (): PdfiumOpinion => ({ pages: null, failure: 'format' });
    const { pages, codes } = inspect(treeOf([3], 7), none);
    expect([pages, codes]).toEqual([1, ['pdf.count-differs', 'pdf.unopenable-by-pdfium']]);
  });

  it('survives a thousand cut files', () => {
    const sound = tablePdf(4);
    for (let cut = 9; cut < sound.length - 1; cut += Math.ceil(sound.length / 1000)) {
      const { pages, codes } = inspect(sound.subarray(0, cut));
      if (pages === 4) expect(codes.length).toBeGreaterThan(0);
      else expect(pages).toBeNull();
    }
  });
});
