import type { InspectionJob } from './job.ts';
import type { FileInspection } from './look.ts';
import type { Inspector } from './pool.ts';

/** Jobs handed to the inspector and not yet done: it takes the largest of these first. */
const mostOutstanding = 4096;

/**
 * Inspects any number of files in bounded memory, largest first within a few thousand.
 * @param onResult is called once a job, in no particular order; jobs are held back while its promises are pending
 * @param signal ends the run: no result is told after it; close the inspector to stop the files being read
 * @throws the signal's reason when aborted, else the first error of the jobs' source, of `onResult` or of the inspector
 */
export async function inspectAll<Job extends InspectionJob>(
  inspector: Pick<Inspector, 'inspect'>,
  jobs: Iterable<Job> | AsyncIterable<Job>,
  onResult: (job: Job, inspection: FileInspection) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let outstanding = 0;
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};
  const fail = (error: unknown): void => {
    failure ??= { error };
    wake();
  };
  const abort = (): void => fail(signal?.reason);
  const run = async (job: Job): Promise<void> => {
    try {
      const inspection = await inspector.inspect(job);
      if (!failure) await onResult(job, inspection);
    } catch (error) {
      fail(error);
    } finally {
      outstanding -= 1;
      wake();
    }
  };
  const waitUntilBelow = async (count: number): Promise<void> => {
    while (outstanding >= count && !failure) await new Promise<void>((resolve) => (wake = resolve));
    if (failure) throw failure.error;
  };
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for await (const job of jobs) {
      await waitUntilBelow(mostOutstanding);
      outstanding += 1;
      void run(job);
    }
    await waitUntilBelow(1);
  } catch (error) {
    fail(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
