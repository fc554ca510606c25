import { describe, expect, it } from 'vitest';
import { type PickList, type PickListBox, renderPickListPdf } from '../../src/reporting/pick-list.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { pdfWords, readPdf } from './pdf-text.ts';

function boxOf(number: number, files: number): PickListBox {
  return {
    barcode: `K-2020-${String(number).padStart(5, '0')}`,
    files: Array.from({ length: files }, (_, index) => ({
      reference: `32.4-${1980 + (index % 40)}/${String(number * 1000 + index).padStart(6, '0')}`,
      volume: index % 5 === 0 ? '1 von 2' : '',
      expectedSheets: 100 + index,
    })),
  };
}

function listOf(boxes: readonly PickListBox[], more: Partial<PickList> = {}): PickList {
  return {
    title: 'Abholliste',
    contract: '2019-104',
    lot: 'Los 5',
    batch: 'CH-2020-07',
    vendor: 'Łukasz Şahin Scanservice GmbH & Co. KG',
    date: '2020-07-15' as CalendarDate,
    language: 'de',
    boxes,
    ...more,
  };
}

describe('the pick list', () => {
  it('names every box, file and volume once, with the sheets expected, and adds them up', async () => {
    const boxes = [boxOf(1, 30), boxOf(2, 3), boxOf(3, 12)];
    const words = await pdfWords(await renderPickListPdf(listOf(boxes)));
    for (const box of boxes) {
      for (const file of box.files) expect(words.filter((word) => word === file.reference)).toHaveLength(1);
      expect(words).toContain(`Karton ${box.barcode}`);
    }
    expect(words).toContain('Summe: 30 Akten, 3.435 Blatt');
    expect(words).toContain('Summe: 3 Akten, 303 Blatt');
    expect(words.filter((word) => word === '3 Kartons, 45 Akten, 5.004 Blatt')).toHaveLength(2);
    expect(words.filter((word) => word === '1 von 2')).toHaveLength(6 + 1 + 3);
  });

  it('repeats the head of a box that goes on over a page, and numbers its pages', async () => {
    const { pages } = await readPdf(await renderPickListPdf(listOf([boxOf(1, 60)])));
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      const words = page.texts.map(({ text }) => text);
      expect(words).toContain(`Seite ${index + 1} von ${pages.length}`);
      if (words.some((word) => word.startsWith('32.4-'))) expect(words).toContain('Aktenzeichen');
    }
    const second = pages[1]?.texts.map(({ text }) => text);
    expect(second).toContain('Karton K-2020-00001 (Fortsetzung)');
  });

  it('has lines for the names and signatures of both sides, on one page', async () => {
    for (const files of [1, 10, 17, 18, 19, 20, 21, 22, 23, 24, 25]) {
      const { pages } = await readPdf(await renderPickListPdf(listOf([boxOf(1, files)])));
      const last = pages.at(-1)?.texts.map(({ text }) => text);
      expect(last).toContain('Übergeben (Auftraggeber)');
      expect(last?.filter((word) => word === 'Unterschrift')).toHaveLength(2);
    }
  });

  it('says how many files have no number of sheets', async () => {
    const box = boxOf(1, 3);
    const files = box.files.map((file, index) => (index === 1 ? { ...file, expectedSheets: null } : file));
    const words = await pdfWords(await renderPickListPdf(listOf([{ ...box, files }])));
    expect(words).toContain('Summe: 3 Akten, 202 Blatt');
    expect(words).toContain('Für eine Akte ist keine Blattzahl angegeben; sie ist in der Summe nicht enthalten.');
  });

  it('speaks English', async () => {
    const words = await pdfWords(
      await renderPickListPdf(listOf([boxOf(1, 1)], { language: 'en', title: 'Pick list' })),
    );
    expect(words).toContain('1 box, 1 file, 100 sheets');
    expect(words).toContain('Page 1 of 1');
  });

  it('is made of empty lists and hostile texts too, and shows a reference in full', async () => {
    const reference = `<b>=1+1\u0000 ${'Sondervermögen/'.repeat(9)}`;
    const hostile = {
      barcode: '',
      files: [{ reference, volume: 'x'.repeat(300), title: '\uD800', expectedSheets: 0 }],
    };
    const bytes = await renderPickListPdf(listOf([hostile, { barcode: 'Ä'.repeat(300), files: [] }], { vendor: '' }));
    const words = (await pdfWords(bytes)).join('');
    expect(words.split('Sondervermögen/')).toHaveLength(10);
    expect((await pdfWords(await renderPickListPdf(listOf([])))).includes('0 Kartons, 0 Akten, 0 Blatt')).toBe(true);
  });

  it('gives the same bytes for the same list', async () => {
    const list = listOf([boxOf(1, 5)]);
    expect(Buffer.compare(await renderPickListPdf(list), await renderPickListPdf(list))).toBe(0);
  });

  it('of 2,000 files is one document with all of them', async () => {
    const boxes = Array.from({ length: 100 }, (_, index) => boxOf(index, 20));
    const words = await pdfWords(await renderPickListPdf(listOf(boxes)));
    expect(words.filter((word) => word.startsWith('32.4-'))).toHaveLength(2000);
    expect(words).toContain('100 Kartons, 2.000 Akten, 219.000 Blatt');
  });
});
