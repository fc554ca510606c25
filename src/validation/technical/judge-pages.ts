import type { PageClass, TechnicalProfile } from '../../delivery/profile/technical.ts';
import type { FileFacts, FileFormat } from '../../inspection/facts.ts';
import type { PageFacts, PageRun, PictureFacts } from '../../inspection/page-facts.ts';
import { type PageRange, showPages } from './page-ranges.ts';

/** What a file breaks in the technical profile; pages with the same breach together. */
export interface TechnicalBreach {
  readonly kind: 'size' | 'resolution' | 'colour' | 'compression' | 'text' | 'unknown';
  /** Class of the pages; "" where they have none. */
  readonly class: string;
  /** The first of the pages. */
  readonly page: number;
  readonly count: number;
  /** "3–7, 12". */
  readonly pages: string;
  readonly found: string;
  readonly expected: string;
}

/** Breaches of one file that are kept; a file with more is hopeless. */
const MAXIMUM_BREACHES = 50;
const DEFAULT_TOLERANCE = 2;

/** Holds the pages of a file against the technical profile, as soon as they are known: facts of pages are not kept. */
export function judgePages(
  { classes, text }: TechnicalProfile,
  { format, pages, details }: FileFacts,
): TechnicalBreach[] {
  const runs = pageRuns(details);
  if (pages === null || pages === 0) return [];
  const breaches = createBreaches();
  const described = runs.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (described < pages) breaches.add('unknown', '', { first: described + 1, last: pages }, '', '');
  for (const run of runs) if (classes) judgeRun(classes, format, run, breaches);
  if (text) judgeText(text.minimumShare, runs, described, breaches);
  return breaches.all();
}

/** Every format reader tells its pages in the same form; a format without pages tells none. */
function pageRuns(details: FileFacts['details']): readonly PageRun[] {
  return Array.isArray(details.pages) ? (details.pages as readonly PageRun[]) : [];
}

function judgeRun(classes: readonly PageClass[], format: FileFormat, run: PageRun, breaches: Breaches): void {
  if (run.unread) {
    breaches.add('unknown', '', run, run.unread, '');
    return;
  }
  const found = classes.find((candidate) => belongs(candidate, format, run));
  if (!found) {
    breaches.add('size', '', run, sizeOf(run), classes.map(({ id }) => id).join(', '));
    return;
  }
  judgeResolution(found, run, breaches);
  const { colours, compressions } = found;
  if (colours && run.colour !== null && !colours.includes(run.colour)) {
    breaches.add('colour', found.id, run, run.colour, colours.join(', '));
  }
  const used = run.images.flatMap(compressionsOf);
  const wrong = compressions ? [...new Set(used.filter((filter) => !compressions.includes(filter)))] : [];
  if (wrong.length > 0) breaches.add('compression', found.id, run, wrong.join(', '), (compressions ?? []).join(', '));
}

/** Of a picture and of its mask; a picture of one pixel is a colour, and has nothing to be compressed. */
function compressionsOf({ width, height, filters, mask }: PictureFacts): string[] {
  const own = width * height > 1 ? [filters.at(-1) ?? 'none'] : [];
  return mask ? [...own, mask.filters.at(-1) ?? 'none'] : own;
}

function belongs({ sizes, formats }: PageClass, format: FileFormat, { sizeClass }: PageFacts): boolean {
  if (formats && !formats.includes(format)) return false;
  return !sizes || (sizeClass !== null && sizes.includes(sizeClass));
}

function sizeOf({ widthMm, heightMm, sizeClass }: PageFacts): string {
  if (widthMm === null || heightMm === null) return '?';
  return `${Math.round(widthMm)} × ${Math.round(heightMm)} mm${sizeClass === null ? '' : ` (${sizeClass})`}`;
}

/** A page without any picture has no resolution that could be wrong; a picture without one is a breach. */
function judgeResolution({ id, dpi }: PageClass, run: PageRun, breaches: Breaches): void {
  if (!dpi || run.imageCount === 0) return;
  const { minimum = 0, maximum = Number.POSITIVE_INFINITY, tolerance = DEFAULT_TOLERANCE } = dpi;
  const fits = run.dpi?.every((value) => value >= minimum - tolerance && value <= maximum + tolerance) ?? false;
  if (fits) return;
  const found = run.dpi === null ? '?' : [...new Set(run.dpi)].join(' × ');
  breaches.add('resolution', id, run, found, showBounds(dpi));
}

function showBounds({ minimum, maximum }: NonNullable<PageClass['dpi']>): string {
  if (minimum !== undefined && maximum !== undefined)
    return minimum === maximum ? String(minimum) : `${minimum}–${maximum}`;
  return minimum === undefined ? `≤ ${maximum ?? ''}` : `≥ ${minimum}`;
}

function judgeText(minimumShare: number, runs: readonly PageRun[], described: number, breaches: Breaches): void {
  const bare = runs.filter(({ text }) => text.visible + text.invisible === 0);
  const without = bare.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const share = described === 0 ? 0 : (described - without) / described;
  if (share >= minimumShare) return;
  const percent = (value: number) => `${Math.round(value * 1000) / 10} %`;
  for (const run of bare) breaches.add('text', '', run, percent(share), percent(minimumShare));
}

interface Breaches {
  add(kind: TechnicalBreach['kind'], pageClass: string, range: PageRange, found: string, expected: string): void;
  all(): TechnicalBreach[];
}

/** Gathers equal breaches of many pages into one. */
function createBreaches(): Breaches {
  const known = new Map<string, { breach: Omit<TechnicalBreach, 'page' | 'count' | 'pages'>; ranges: PageRange[] }>();
  return {
    add: (kind, pageClass, { first, last }, found, expected) => {
      const key = [kind, pageClass, found, expected].join('\n');
      const entry = known.get(key);
      if (entry) entry.ranges.push({ first, last });
      else if (known.size < MAXIMUM_BREACHES) {
        known.set(key, { breach: { kind, class: pageClass, found, expected }, ranges: [{ first, last }] });
      }
    },
    all: () =>
      [...known.values()].map(({ breach, ranges }) => ({
        ...breach,
        page: ranges[0]?.first ?? 1,
        count: ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0),
        pages: showPages(ranges),
      })),
  };
}
