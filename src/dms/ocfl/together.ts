/**
 * Waits until all have ended, and only then throws the first failure: nothing still writes when the caller cleans up.
 * Syncs that wait together share one commit of the file system's journal.
 */
export async function together(actions: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(actions)) {
    if (result.status === 'rejected') throw result.reason;
  }
}
