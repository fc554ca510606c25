import { createRandom, type Random } from './random.ts';

/** A batch of a generated county: when it was handed over, and how many files and pages it has. */
export interface PlannedBatch {
  readonly key: string;
  readonly lot: number;
  readonly year: number;
  /** ISO dates. */
  readonly handedOverOn: string;
  readonly receivedOn: string;
  readonly decidedOn: string;
  /** Pages of each file. */
  readonly pages: readonly number[];
}

export interface WorkspaceSize {
  readonly files: number;
  readonly pages: number;
}

/** Shares of the five lots of the sample county, in percent. */
const lotShares = [17, 14, 38, 8, 23];
const years = [2020, 2021, 2022, 2023];
const filesInBatch = 500;

/** Spreads files and pages over lots and years; the sums are exact, the same every time. */
export function planBatches({ files, pages }: WorkspaceSize): PlannedBatch[] {
  const random = createRandom(20_2011);
  const count = Math.max(1, Math.ceil(files / filesInBatch));
  return Array.from({ length: count }, (_, index) => {
    const share = (whole: number) => Math.floor((whole * (index + 1)) / count) - Math.floor((whole * index) / count);
    const year = years[Math.floor((index * years.length) / count)] ?? 2020;
    const month = year === 2020 ? random.between(6, 10) : random.between(1, 10);
    const day = (monthsLater: number) =>
      `${year}-${String(month + monthsLater).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`;
    return {
      key: `C-${String(index + 1).padStart(4, '0')}`,
      lot: pickLot(random),
      year,
      handedOverOn: day(0),
      receivedOn: day(1),
      decidedOn: day(2),
      pages: spreadPages(random, share(files), share(pages)),
    };
  });
}

function pickLot(random: Random): number {
  let rest = random.between(0, 99);
  return Math.max(
    0,
    lotShares.findIndex((share) => (rest -= share) < 0),
  );
}

/** Pages of each file: between 0.3 and 1.7 times the mean, at least one; the last one takes what is left. */
function spreadPages(random: Random, files: number, pages: number): number[] {
  const mean = pages / files;
  let left = pages;
  return Array.from({ length: files }, (_, index) => {
    const after = files - index - 1;
    const wanted = after === 0 ? left : Math.round(mean * (0.3 + 1.4 * random.next()));
    const given = Math.max(1, Math.min(wanted, left - after));
    left -= given;
    return given;
  });
}
