/**
 * Waits until all have ended, and only then throws the first failure: nothing still writes when the caller cleans up.
 * Syncs that wait together share one commit of the file system's journal.
 */
export async function together(actions: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(actions)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

/**
 * Does the same with each item, some at a time, and waits until all have ended before it throws the first failure. After
 * a failure nothing more begins.
 * @returns the results in the order of the items
 */
export async function eachTogether<Item, Result>(
  items: readonly Item[],
  width: number,
  action: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    while (next < items.length && !hasFailed) {
      const at = next++;
      try {
        results[at] = await action(items[at] as Item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await together(Array.from({ length: Math.min(width, items.length) }, work));
  return results;
}
