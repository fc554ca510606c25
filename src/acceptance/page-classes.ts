import type { Transaction } from 'kysely';
import { type Colour, colours, type PageClassCount, type Size, sizes } from '../contract/pricing/page-class.ts';
import type { PricePosition } from '../contract/pricing/price-position.ts';
import type { FileFacts } from '../inspection/facts.ts';
import type { FileInspector } from '../inspection/journal/resumable.ts';
import type { PageRun } from '../inspection/page-facts.ts';
import type { Database } from '../storage/schema.ts';
import type { NewDeliveryFile } from './delivery-store.ts';

/** Pages by class of each document that was inspected, by its SHA-256: equal bytes have equal pages. */
export type PageClasses = ReadonlyMap<string, readonly PageClassCount[]>;

/** Whether any price of the sheet is for pages of one class only. */
export function asksForClasses(sheet: readonly PricePosition[]): boolean {
  return sheet.some(({ terms }) => terms?.pages !== undefined);
}

/** An inspector that counts pages by class besides, out of facts that are not kept otherwise. */
export function countingClasses(inspector: Pick<FileInspector, 'inspect'>): {
  readonly inspector: FileInspector;
  readonly classes: PageClasses;
} {
  const classes = new Map<string, readonly PageClassCount[]>();
  return {
    classes,
    inspector: {
      inspect: async (job) => {
        const inspection = await inspector.inspect({ ...job, details: true });
        const { facts } = inspection;
        if (facts) classes.set(facts.digests.sha256, classesOf(facts));
        return inspection;
      },
    },
  };
}

/** Pages by size and colour, the smallest first; null where the file does not tell. */
export function classesOf({ details }: Pick<FileFacts, 'details'>): PageClassCount[] {
  const runs = Array.isArray(details.pages) ? (details.pages as readonly PageRun[]) : [];
  return summed(
    runs.map(({ sizeClass, colour, first, last }) => ({
      size: known(sizes, sizeClass),
      colour: known(colours, colour),
      pages: last - first + 1,
    })),
  );
}

function known<T extends string>(all: readonly T[], one: string | null): T | null {
  return all.find((candidate) => candidate === one) ?? null;
}

function summed(counts: readonly PageClassCount[]): PageClassCount[] {
  const sums = new Map<string, { size: Size | null; colour: Colour | null; pages: number }>();
  for (const { size, colour, pages } of counts) {
    const sum = sums.get(`${size} ${colour}`);
    if (sum) sum.pages += pages;
    else sums.set(`${size} ${colour}`, { size, colour, pages });
  }
  const order = (one: PageClassCount) =>
    (one.size === null ? 99 : sizes.indexOf(one.size)) * 10 + (one.colour === null ? 9 : colours.indexOf(one.colour));
  return [...sums.values()].sort((a, b) => order(a) - order(b));
}

/** Stores the classes of each delivered file. @param fileIds by reference and volume, as insertDelivery gives them */
export async function insertPageClasses(
  db: Transaction<Database>,
  files: readonly NewDeliveryFile[],
  fileIds: ReadonlyMap<string, number>,
  classes: PageClasses,
): Promise<void> {
  for (const { reference_key, volume, items } of files) {
    const delivery_file_id = fileIds.get(`${reference_key}\u0000${volume}`);
    if (delivery_file_id === undefined) continue;
    const counted = summed(items.flatMap(({ sha256 }) => classes.get(sha256 ?? '') ?? []));
    if (counted.length === 0) continue;
    await db
      .insertInto('delivery_page_class')
      .values(counted.map((one) => ({ ...one, delivery_file_id })))
      .execute();
  }
}
