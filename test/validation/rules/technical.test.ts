import { describe, expect, test } from 'vitest';
import type { PackageEntry } from '../../../src/delivery/package-reader.ts';
import type { TechnicalProfile } from '../../../src/delivery/profile/technical.ts';
import { kindOf } from '../../../src/findings/finding.ts';
import type { FileFacts } from '../../../src/inspection/facts.ts';
import type { PageRun } from '../../../src/inspection/page-facts.ts';
import { technicalProfile } from '../../../src/validation/checks/technical.ts';
import type { CheckContext } from '../../../src/validation/context.ts';
import { collectInspections } from '../../../src/validation/inspected-files.ts';
import { judgePages } from '../../../src/validation/technical/judge-pages.ts';
import { showPages } from '../../../src/validation/technical/page-ranges.ts';
import { checkFiles } from '../../support/delivery.ts';
import { filesOf, profileWith } from './support.ts';

const scan: PageRun = {
  first: 1,
  last: 1,
  widthMm: 210,
  heightMm: 297,
  rotation: 0,
  sizeClass: 'A4',
  images: [
    {
      width: 2480,
      height: 3508,
      bits: 8,
      colour: 'colour',
      colourSpace: 'DeviceRGB',
      filters: ['DCTDecode'],
      dpi: [300, 300],
      isStencil: false,
      isMasked: false,
    },
  ],
  imageCount: 1,
  layout: 'single',
  dpi: [300, 300],
  colour: 'colour',
  text: { visible: 0, invisible: 900 },
};

function factsOf(pages: readonly PageRun[], count = pages.at(-1)?.last ?? 0): FileFacts {
  return { format: 'pdf', size: 1, digests: { sha256: '' }, observations: [], pages: count, details: { pages } };
}

const technical: TechnicalProfile = {
  classes: [
    {
      id: 'text',
      sizes: ['A4', 'A5'],
      dpi: { minimum: 300, maximum: 400 },
      colours: ['bw', 'colour'],
      compressions: ['DCTDecode'],
    },
    { id: 'plans', sizes: ['A1', 'A0'], dpi: { minimum: 200 } },
  ],
  text: { minimumShare: 0.5 },
};
const told = (pages: readonly PageRun[], count?: number) =>
  judgePages(technical, factsOf(pages, count)).map(({ kind, class: id, pages: where, found, expected }) =>
    [kind, id, where, found, expected].join('|'),
  );

describe('the technical profile', () => {
  test('is kept by a page of a class that is what was agreed', () => {
    expect(told([scan, { ...scan, first: 2, last: 2, dpi: [298.5, 401] }])).toEqual([]);
  });

  test('asks for the compression of masks, too, and not for that of a colour made of one pixel', () => {
    const [picture] = scan.images;
    if (!picture) throw new Error('the page has a picture');
    const fill = { ...picture, width: 1, height: 1, filters: [] };
    expect(told([{ ...scan, images: [picture, fill] }])).toEqual([]);
    const mask = { width: 2480, height: 3508, bits: 1, filters: ['JBIG2Decode'], dpi: scan.dpi };
    expect(told([{ ...scan, images: [{ ...picture, mask }] }])).toEqual(['compression|text|1|JBIG2Decode|DCTDecode']);
  });

  test.each<[string, Partial<PageRun>, string]>([
    ['too coarse', { dpi: [200, 200] }, 'resolution|text|1|200|300–400'],
    ['too coarse in one direction', { dpi: [300, 200] }, 'resolution|text|1|300 × 200|300–400'],
    ['without resolution', { dpi: null }, 'resolution|text|1|?|300–400'],
    ['in the wrong colour', { colour: 'grey' }, 'colour|text|1|grey|bw, colour'],
    [
      'of a size that was not agreed',
      { sizeClass: 'A3', widthMm: 297, heightMm: 420 },
      'size||1|297 × 420 mm (A3)|text, plans',
    ],
    ['of unknown size', { sizeClass: null, widthMm: null }, 'size||1|?|text, plans'],
    [
      'compressed otherwise',
      { images: [{ ...scan.images[0]!, filters: ['FlateDecode'] }] },
      'compression|text|1|FlateDecode|DCTDecode',
    ],
    ['without text', { text: { visible: 0, invisible: 0 } }, 'text||1|0 %|50 %'],
    ['that cannot be read', { unread: 'damaged' }, 'unknown||1|damaged|'],
  ])('is broken by a page %s', (_name, change, expected) => {
    expect(told([{ ...scan, ...change }])).toEqual([expected]);
  });

  test('holds each class by itself, and tells equal pages once', () => {
    const coarse = { ...scan, dpi: [200, 200] as const };
    const plan = { ...coarse, sizeClass: 'A0' as const };
    expect(
      told([
        { ...coarse, last: 3 },
        { ...plan, first: 4, last: 4 },
        { ...coarse, first: 5, last: 5 },
      ]),
    ).toEqual(['resolution|text|1–3, 5|200|300–400']);
  });

  test('is no pass for pages that were not described', () => {
    expect(told([scan], 3)).toEqual(['unknown||2–3||']);
  });

  test('is judged in a check, and its findings fail the document', async () => {
    const demand = { classes: [{ id: 'large', sizes: ['A0' as const] }] };
    const result = await checkFiles(filesOf([{ pages: '2' }]), profileWith([], { technical: demand }));
    expect(result.findings.map(({ code, path, page }) => [code, path, page])).toEqual([
      ['technical.page-size', 'scans/1.pdf', 1],
    ]);
    expect(result.verdict).toBe('fail');
  });
});

test('a page that could not be read is unjudged, and no pass', () => {
  const breach = { kind: 'unknown', class: '', page: 2, count: 1, pages: '2', found: 'damaged', expected: '' } as const;
  const entry: PackageEntry = { path: 'scans/a.pdf', kind: 'file', size: 1, stamp: 0 };
  const files = { ...collectInspections(), breaches: new Map([[entry.path, [breach]]]) };
  const context = { profile: profileWith([]), index: { entries: [entry] }, rowByPath: new Map(), files };
  const findings = [...technicalProfile(context as unknown as CheckContext)];
  expect(findings.map(({ code, page }) => [code, page])).toEqual([['technical.not-judged', 2]]);
  expect(kindOf('technical.not-judged')).toBe('unjudged');
});

test('page numbers are shown as ranges', () => {
  expect(
    showPages([
      { first: 1, last: 2 },
      { first: 3, last: 3 },
      { first: 9, last: 9 },
    ]),
  ).toBe('1–3, 9');
});
