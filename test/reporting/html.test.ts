import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../src/reporting/render.ts';
import { deliveryTable, reportOf, sampleReport } from './sample-report.ts';

async function htmlOf(report = sampleReport(), language: 'de' | 'en' = 'de'): Promise<string> {
  return Buffer.from(await renderReport(report, 'html', language)).toString('utf8');
}

describe('the HTML file', () => {
  it('stands alone: no script, nothing loaded, and a policy that forbids both', async () => {
    const html = await htmlOf();
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|\son\w+=|javascript:/i);
    expect(html).not.toMatch(/\s(?:src|href)=/);
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.toMatch(/\sstyle=/);
  });

  it('says its language, and has one title, headings in order, captions and scoped heads', async () => {
    for (const language of ['de', 'en'] as const) {
      const html = await htmlOf(sampleReport(), language);
      expect(html).toContain(`<html lang="${language}">`);
      expect(html.match(/<h1>/g)).toHaveLength(1);
      expect(html.match(/<table>/g)).toHaveLength(3);
      expect(html.match(/<caption>/g)).toHaveLength(3);
      expect(html.match(/<th(?! scope="(?:col|row)")[ >]/g)).toBeNull();
    }
  });

  it('gives every chart a title and a description', async () => {
    const html = await htmlOf();
    expect(html).toContain('role="img" aria-labelledby="chart-lots-title chart-lots-text"');
    expect(html).toContain('<title id="chart-lots-title">Ansatz und Kosten nach Losen</title>');
    expect(html).toContain('<desc id="chart-lots-text">Ansatz neben Kosten</desc>');
  });

  it('closes every element that it opens', async () => {
    const open: string[] = [];
    const body = (await htmlOf()).replace(/<style>[\s\S]*?<\/style>|<!DOCTYPE html>/g, '');
    for (const [, slash, name = '', selfClosing] of body.matchAll(/<(\/?)([a-z0-9]+)[^>]*?(\/?)>/gi)) {
      if (selfClosing || name === 'meta') continue;
      if (slash) expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('shows of a listing the totals and where its rows are', async () => {
    const html = await htmlOf(reportOf({ ...deliveryTable(5000), listing: true }), 'en');
    expect(html).toContain('5,000 rows; the single rows are in the XLSX, CSV and JSON output.');
    expect(html).not.toContain('L-2020-0001');
    expect(html).toContain('<tfoot>');
  });
});
