import { PDFName } from 'pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportTable } from '../../src/reporting/model.ts';
import { renderReport } from '../../src/reporting/render.ts';
import { text, verbatim } from '../../src/shared/language.ts';
import { type PageText, pdfWords, readPdf } from './pdf-text.ts';
import { deliveryTable, reportOf, sampleReport } from './sample-report.ts';

async function pagesOf(...tables: readonly ReportTable[]): Promise<PageText[]> {
  return (await readPdf(await renderReport(reportOf(...tables), 'pdf', 'de'))).pages;
}

function has(page: PageText, words: string): boolean {
  return page.texts.some(({ text }) => text === words);
}

describe('the PDF', () => {
  let bytes: Uint8Array;
  let pages: PageText[];
  beforeAll(async () => {
    bytes = await renderReport(sampleReport(), 'pdf', 'de');
    pages = (await readPdf(bytes)).pages;
  });

  it('names title, subject, language and maker, and carries no clock but that of the report', async () => {
    const { document } = await readPdf(bytes);
    expect(document.getTitle()).toBe('Kosten gegen Haushalt');
    expect(document.getSubject()).toBe('Stand: 31.12.2020 · Quelle: scanlot, Landkreis Musterland');
    expect(document.getAuthor()).toBe('scanlot');
    expect(document.getCreationDate()).toEqual(new Date('2021-01-04T08:15:00Z'));
    expect(document.getModificationDate()).toEqual(new Date('2021-01-04T08:15:00Z'));
    expect(String(document.catalog.get(PDFName.of('Lang')))).toContain('de');
  });

  it('is the same, byte for byte, whenever the same report is rendered', async () => {
    expect(Buffer.compare(bytes, await renderReport(sampleReport(), 'pdf', 'de'))).toBe(0);
  });

  it('is A4, upright where the table allows, across where it is too wide', () => {
    const sizes = pages.map(({ width, height }) => `${Math.round(width)}×${Math.round(height)}`);
    expect(new Set(sizes)).toEqual(new Set(['595×842', '842×595']));
    const wide = pages.find((page) => has(page, 'Produktsachkonto'))!;
    expect(wide.width).toBeGreaterThan(wide.height);
  });

  it('numbers its pages and says on each where the figures come from', () => {
    for (const [index, page] of pages.entries()) {
      expect(has(page, `Seite ${index + 1} von ${pages.length}`)).toBe(true);
      expect(has(page, 'Stand: 31.12.2020 · Quelle: scanlot, Landkreis Musterland')).toBe(true);
    }
  });

  it('repeats the head of a table on each of its pages, and says that it goes on', () => {
    const withRows = pages.filter((page) => page.texts.some(({ text }) => text.startsWith('L-2020-')));
    expect(withRows.length).toBeGreaterThan(1);
    for (const page of withRows) expect(has(page, 'Lieferung')).toBe(true);
    expect(withRows.slice(1).every((page) => has(page, 'Abgenommene Lieferungen (Fortsetzung)'))).toBe(true);
  });

  it('draws nothing beyond the page, and no text over the footer', () => {
    for (const page of pages) {
      for (const { x, y } of page.texts) {
        expect(x).toBeGreaterThanOrEqual(40);
        expect(x).toBeLessThan(page.width - 40);
        expect(y === 32 || y > 50).toBe(true);
        expect(y).toBeLessThan(page.height - 30);
      }
    }
  });

  it('says when a table has no rows', () => {
    expect(pages.some((page) => has(page, 'Keine Einträge.'))).toBe(true);
  });
});

describe('a table in the PDF', () => {
  it('never leaves its totals alone on a page, however many rows it has', async () => {
    for (let rows = 34; rows < 50; rows++) {
      const pages = await pagesOf(deliveryTable(rows));
      const last = pages.find((page) => has(page, 'Summe'))!;
      expect(last.texts.some(({ text }) => text.startsWith('L-2020-'))).toBe(true);
      const all = pages.flatMap((page) => page.texts).filter(({ text }) => text.startsWith('L-2020-'));
      expect(all).toHaveLength(rows);
    }
  });

  it('of a listing shows its totals and where the rows are', async () => {
    const words = await pdfWords(await renderReport(reportOf({ ...deliveryTable(5000), listing: true }), 'pdf', 'de'));
    expect(words).toContain('5.000 Zeilen; die einzelnen Zeilen stehen in der XLSX-, CSV- und JSON-Ausgabe.');
    expect(words).toContain('Summe');
    expect(words.some((word) => word.startsWith('L-2020-'))).toBe(false);
  });

  it('keeps every number in one piece even where there is no room for it', async () => {
    const columns = Array.from({ length: 24 }, (_, index) => ({
      key: `c${index}`,
      title: verbatim(`Haushaltsstelle ${index}`),
      type: 'money' as const,
    }));
    const row = Object.fromEntries(columns.map(({ key }, index) => [key, 123_456_789_01 + index]));
    const words = await pdfWords(
      await renderReport(reportOf({ key: 't', title: verbatim('Breit'), columns, rows: [row] }), 'pdf', 'de'),
    );
    for (const index of columns.keys()) {
      const amount = `123.456.789,${String(index + 1).padStart(2, '0')}`;
      expect(words.filter((word) => word.startsWith(amount))).toHaveLength(2);
    }
  });

  it('breaks long words, and shortens what takes more than six lines', async () => {
    const pages = await pagesOf(deliveryTable(1, 'Bundesausbildungsförderungsgesetz'.repeat(40)));
    const lines = pages
      .flatMap((page) => page.texts)
      .filter(({ text }) => /Bundes|ausbildung|förderung|gesetz|…$/.test(text));
    expect(lines.length).toBe(6);
    expect(lines.at(-1)?.text.endsWith('…')).toBe(true);
  });

  it('writes names with letters beyond Western Europe, and marks those that the font lacks', async () => {
    const words = (
      await pdfWords(await renderReport(reportOf(deliveryTable(1, 'Łukasz Şahin Đorđević 漢')), 'pdf', 'de'))
    ).join(' ');
    expect(words).toContain('Łukasz Şahin Đorđević');
    expect(words).toContain('\uFFFD');
    const decomposed = reportOf(deliveryTable(1, 'Mu\u0308ller'));
    expect((await pdfWords(await renderReport(decomposed, 'pdf', 'de'))).join(' ')).toContain('Müller');
  });
});

describe('a chart in the PDF', () => {
  it('with more bars than a page holds goes on over pages, at one scale', async () => {
    const count = 60;
    const chart = {
      ...sampleReport().charts[0]!,
      categories: Array.from({ length: count }, (_, index) => verbatim(`Bestand ${index + 1}`)),
      series: [
        {
          key: 's',
          title: text({ de: 'Seiten', en: 'Pages' }),
          stack: 's',
          values: Array.from({ length: count }, (_, index) => (index + 1) * 10_000),
        },
      ],
    };
    const report = { ...reportOf(), charts: [chart] };
    const { pages } = await readPdf(await renderReport(report, 'pdf', 'de'));
    expect(pages.length).toBeGreaterThan(1);
    const labels = pages.flatMap((page) => page.texts).filter(({ text }) => text.startsWith('Bestand '));
    expect(labels).toHaveLength(count);
    for (const page of pages.filter((one) => one.texts.some(({ text }) => text.startsWith('Bestand ')))) {
      expect(page.texts.some(({ text }) => text === '6.000 €')).toBe(true);
    }
  });
});
