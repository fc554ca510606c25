import type { InspectionJob } from './job.ts';
import type { FileInspection } from './look.ts';
import type { Inspector } from './pool.ts';

/** Files under way at a time: enough to keep all workers busy behind a long one, few enough to hold their facts. */
const mostAhead = 512;

/** A file and what was found out about it; `inspected` undefined for one that was not to be opened. */
export interface Inspected<Item> {
  readonly item: Item;
  readonly inspection: FileInspection | undefined;
}

/**
 * Inspects any number of files in bounded memory and tells them in the order of their coming.
 * @param jobOf the job for an item, or undefined where there is nothing to inspect
 * @throws the first error of the items' source or of the inspector
 */
export async function* inspectInOrder<Item>(
  inspector: Pick<Inspector, 'inspect'>,
  items: AsyncIterable<Item>,
  jobOf: (item: Item) => InspectionJob | undefined,
): AsyncIterable<Inspected<Item>> {
  const waiting: Promise<Inspected<Item>>[] = [];
  for await (const item of items) {
    const started = start(inspector, item, jobOf(item));
    // Its failure is told when its turn comes, and must not end the process before.
    started.catch(() => undefined);
    waiting.push(started);
    const first = waiting.length >= mostAhead ? waiting.shift() : undefined;
    if (first) yield await first;
  }
  for (let first = waiting.shift(); first; first = waiting.shift()) yield await first;
}

async function start<Item>(
  inspector: Pick<Inspector, 'inspect'>,
  item: Item,
  job: InspectionJob | undefined,
): Promise<Inspected<Item>> {
  return { item, inspection: job && (await inspector.inspect(job)) };
}
