import type { Observation } from '../../findings/finding.ts';
import { observe } from '../../findings/observe.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FormatFacts } from '../facts.ts';
import { type Budget, type ChainEnd, pointersOf, walkChain, walkSubdirectories } from './chain.ts';
import { type CoverageResult, createCoverage } from './coverage.ts';
import { type Directory, type Extent, type Layout, readHeader } from './directory.ts';
import { locateImageData } from './image-data.ts';
import { kindOfDirectory, readPageFacts, type TiffPicture, tiffPage } from './page.ts';
import { createPageRuns, type PageRun } from './page-runs.ts';
import { tags } from './tags.ts';
import { createTally } from './tally.ts';
import { findUnlinkedPages, spanOf } from './unlinked.ts';
import { readIntegers } from './values.ts';

/** Facts of a TIFF, as `FormatFacts.details` holds them. */
export type TiffDetails = {
  readonly byteOrder: 'little-endian' | 'big-endian';
  readonly bigTiff: boolean;
  /** Directories of the main chain, whatever they describe: what tiffinfo counts. */
  readonly directories: number;
  /** Of these, smaller versions of other images (previews) and transparency masks: no pages. */
  readonly reduced: number;
  readonly masks: number;
  readonly pages: readonly PageRun[];
  /** Pages counted, but not described in `pages`, because there are too many different ones. */
  readonly undescribed: number;
};

const limits: Readonly<Budget> = { directories: 100_000, entries: 4_000_000, chunks: 4_000_000 };
/** Pixels along one side; A0 at 1200 dpi has 56,200. */
const longestSide = 200_000;

/**
 * Inspects a TIFF (TIFF 6.0; BigTIFF) by its directories, without decoding pictures. A page is a directory of the main
 * chain that is neither a reduced-resolution version nor a mask (section 8); SubIFDs are no pages. `pages` is null where
 * the chain is damaged or a directory describes no picture.
 */
export function inspectTiff(source: ByteSource): FormatFacts {
  const header = readHeader(source);
  if (!header) return { pages: null, observations: [observe('tiff.header-broken', {})], details: {} };
  const survey = createSurvey(source, header.layout);
  survey.cover({ start: 0, end: header.end });
  const end = walkChain(source, header.layout, header.first, survey.budget, survey.visit);
  return survey.conclude(end);
}

interface Survey {
  readonly budget: Budget;
  readonly visit: (directory: Directory) => void;
  readonly cover: (extent: Extent) => void;
  conclude(end: ChainEnd): FormatFacts;
}

function createSurvey(source: ByteSource, layout: Layout): Survey {
  const budget = { ...limits };
  const tally = createTally();
  const runs = createPageRuns();
  const coverage = createCoverage();
  const pictures = new Set<string>();
  const pointers: number[] = [];
  const counts = { directories: 0, page: 0, reduced: 0, mask: 0 };
  let chainEnd = 0;
  let stated = 0;

  const coverDirectory = (directory: Directory): void => {
    coverage.add({ start: directory.offset, end: directory.end }, 0);
    for (const extent of directory.values) coverage.add(extent, 0);
  };
  const coverPicture = (directory: Directory, facts: TiffPicture, page: number): void => {
    const data = locateImageData(source, layout, directory, facts, Math.max(0, budget.chunks));
    budget.chunks -= Math.max(data.chunks, 1);
    for (const extent of data.extents) coverage.add(extent, page);
    const span = spanOf(data.extents);
    if (span) pictures.add(`${span.start}-${span.end}`);
    if (page > 0) for (const problem of data.problems) tally.count(problem, page);
  };
  const visitPage = (directory: Directory): void => {
    const page = ++counts.page;
    stated = Math.max(stated, statedPages(source, layout, directory));
    const facts = readPageFacts(source, layout, directory);
    if (!facts) {
      tally.count('broken', page);
      return;
    }
    runs.add(tiffPage(facts));
    if (!facts.dpi) tally.count('resolution', page);
    if (facts.width > longestSide || facts.height > longestSide) tally.count('size', page);
    coverPicture(directory, facts, page);
  };
  const visitOther = (directory: Directory): void => {
    coverDirectory(directory);
    const facts = readPageFacts(source, layout, directory);
    if (facts) coverPicture(directory, facts, 0);
  };

  return {
    budget,
    cover: (extent) => coverage.add(extent, 0),
    visit: (directory) => {
      counts.directories += 1;
      chainEnd = directory.end;
      coverDirectory(directory);
      pointers.push(...pointersOf(source, layout, directory));
      const kind = kindOfDirectory(source, layout, directory);
      const page = counts.page + 1;
      if (kind === 'unclear') tally.count('broken', page);
      if (!directory.orderly) tally.count('unsorted', page);
      if (directory.tagOutside !== undefined) tally.count('value', page, directory.tagOutside);
      if (kind === 'reduced' || kind === 'mask') {
        counts[kind] += 1;
        visitOther(directory);
      } else visitPage(directory);
    },
    conclude: (end) => {
      if (walkSubdirectories(source, layout, pointers, budget, visitOther) > 0) tally.count('value', 1, 330);
      const observations: Observation[] = [...observeEnd(end, counts.page + 1, source.size), ...tally.observations()];
      // Behind a damaged link anything may be missing: that is one finding, not three.
      const isComplete = end.kind === 'complete';
      if (isComplete) observations.push(...observeKinds(counts), ...observeTotal(stated, counts.page));
      const exhausted = budget.directories < 0 || budget.entries < 0 || budget.chunks < 0;
      if (exhausted || coverage.isFull) {
        observations.push(observe('tiff.too-large', { directories: counts.directories }));
      } else {
        const known = ({ start, end: last }: Extent) => pictures.has(`${start}-${last}`);
        const { gaps, shared } = coverage.evaluate(source.size);
        if (shared) observations.push(observeShared(shared));
        if (isComplete) {
          observations.push(...observeGaps(source, layout, gaps, known));
          observations.push(...observeZeros(source, gaps, { at: chainEnd, page: counts.page }));
        }
      }
      const details: TiffDetails = {
        byteOrder: layout.littleEndian ? 'little-endian' : 'big-endian',
        bigTiff: layout.big,
        directories: counts.directories,
        reduced: counts.reduced,
        masks: counts.mask,
        pages: runs.runs,
        undescribed: runs.undescribed,
      };
      return { pages: observations.some(doubtsCount) ? null : counts.page, observations, details };
    },
  };
}

/** Observations after which the number of pages cannot be vouched for. */
const doubts: ReadonlySet<string> = new Set([
  'tiff.directory-outside',
  'tiff.directory-broken',
  'tiff.directory-loop',
  'tiff.no-page',
  'tiff.only-reduced',
  'tiff.page-broken',
  'tiff.pages-unlinked',
  'tiff.unsearched-bytes',
  'tiff.too-large',
]);

function doubtsCount({ code }: Observation): boolean {
  return doubts.has(code);
}

function observeEnd(end: ChainEnd, page: number, size: number): Observation[] {
  switch (end.kind) {
    case 'outside':
      return [observe('tiff.directory-outside', { offset: end.offset, size }, page)];
    case 'broken':
      return [observe('tiff.directory-broken', { offset: end.offset }, page)];
    case 'loop':
      return [observe('tiff.directory-loop', { offset: end.offset }, page - 1)];
    default:
      return [];
  }
}

function observeKinds(counts: { directories: number; page: number; reduced: number; mask: number }): Observation[] {
  const { directories, page, reduced, mask } = counts;
  if (directories === 0) return [observe('tiff.no-page', {})];
  if (page === 0) return [observe('tiff.only-reduced', { directories })];
  return reduced + mask > 0 ? [observe('tiff.reduced-images', { directories, pages: page })] : [];
}

function observeShared({ count, page, other }: NonNullable<CoverageResult['shared']>): Observation {
  return observe('tiff.pages-share-data', { count, other }, page);
}

/** PageNumber (TIFF 6.0, section 12): number of the page, and of all pages; 0 where it is not known. */
function statedPages(source: ByteSource, layout: Layout, { fields }: Directory): number {
  return readIntegers(source, layout, fields.get(tags.pageNumber), 0, 2)?.[1] ?? 0;
}

function observeTotal(stated: number, counted: number): Observation[] {
  return stated === 0 || stated === counted ? [] : [observe('tiff.page-total-differs', { stated, counted })];
}

/** So many zeros are no padding to even or aligned positions; from the last directory to the end fewer say as much. */
const tellingZeros = { anywhere: 64, fromLastToEnd: 16 };

/**
 * Zeros behind the last directory, perhaps with its link among them, or at the end of the file: what a transfer leaves
 * that reserved the space and never filled it. The pages that may have stood there leave no other trace.
 */
function* observeZeros(
  source: ByteSource,
  gaps: readonly Extent[],
  { at, page }: { at: number; page: number },
): Iterable<Observation> {
  // A padding byte may stand between the directory and the gap.
  const followsLast = ({ start }: Extent) => start === at || start === at + 1;
  const endsFile = ({ end }: Extent) => end === source.size;
  const isZero = (gap: Extent) => {
    const telling = tellingZeros[followsLast(gap) && endsFile(gap) ? 'fromLastToEnd' : 'anywhere'];
    return gap.end - gap.start >= telling && source.read(gap.start, telling).every((byte) => byte === 0);
  };
  const gap = gaps.find((one) => (followsLast(one) || endsFile(one)) && isZero(one));
  if (gap) yield observe('tiff.zeros-behind', { offset: gap.start }, page);
}

function observeGaps(
  source: ByteSource,
  layout: Layout,
  gaps: readonly Extent[],
  known: (picture: Extent) => boolean,
): Observation[] {
  const { count, offset, unsearched } = findUnlinkedPages(source, layout, gaps, known);
  const observations: Observation[] = [];
  if (count > 0) observations.push(observe('tiff.pages-unlinked', { count, offset }));
  if (unsearched > 0) observations.push(observe('tiff.unsearched-bytes', { bytes: unsearched }));
  return observations;
}
