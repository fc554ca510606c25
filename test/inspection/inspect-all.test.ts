import { describe, expect, it } from 'vitest';
import { inspectAll } from '../../src/inspection/inspect-all.ts';
import type { InspectionJob } from '../../src/inspection/job.ts';
import type { FileInspection } from '../../src/inspection/look.ts';

const nothing: FileInspection = { facts: null, observations: [] };
const jobsOf = (count: number): InspectionJob[] =>
  Array.from({ length: count }, (_, index) => ({ file: `file-${index}`, digests: [], size: index }));

/** An inspector that answers a little later, and knows how much it had to do at once. */
function patientInspector(fail?: string) {
  const state = { running: 0, most: 0 };
  return {
    state,
    inspect: async ({ file }: InspectionJob) => {
      state.most = Math.max(state.most, (state.running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      state.running -= 1;
      if (file === fail) throw new Error(`no ${file}`);
      return nothing;
    },
  };
}

describe('the inspection of many files', () => {
  it('tells each result once, with its job', async () => {
    const jobs = jobsOf(500);
    const told: string[] = [];
    await inspectAll(patientInspector(), jobs, ({ file }, inspection) => {
      expect(inspection).toBe(nothing);
      told.push(file);
    });
    expect(told.toSorted()).toEqual(jobs.map(({ file }) => file).toSorted());
  });

  it('is over at once where there is no file', async () => {
    await expect(inspectAll(patientInspector(), [], () => {})).resolves.toBeUndefined();
  });

  it('takes jobs from a source that yields them by and by', async () => {
    async function* source() {
      for (const job of jobsOf(5)) {
        await new Promise((resolve) => setImmediate(resolve));
        yield job;
      }
    }
    let count = 0;
    await inspectAll(patientInspector(), source(), () => void (count += 1));
    expect(count).toBe(5);
  });

  it('does not take more jobs from their source than it can hold', async () => {
    const inspector = patientInspector();
    let taken = 0;
    let done = 0;
    let ahead = 0;
    function* source() {
      for (const job of jobsOf(20_000)) {
        taken += 1;
        ahead = Math.max(ahead, taken - done);
        yield job;
      }
    }
    await inspectAll(inspector, source(), () => void (done += 1));
    expect(done).toBe(20_000);
    expect(ahead).toBeLessThanOrEqual(4097);
    expect(inspector.state.most).toBeLessThanOrEqual(4096);
  });

  it('waits for what the results are used for', async () => {
    let written = 0;
    await inspectAll(patientInspector(), jobsOf(20), async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      written += 1;
    });
    expect(written).toBe(20);
  });

  it('ends with the first error of the inspector, of the receiver, or of the source', async () => {
    await expect(inspectAll(patientInspector('file-7'), jobsOf(20), () => {})).rejects.toThrow('no file-7');
    const refuse = () => Promise.reject(new Error('disc full'));
    await expect(inspectAll(patientInspector(), jobsOf(20), refuse)).rejects.toThrow('disc full');
    function* source(): Generator<InspectionJob> {
      yield* jobsOf(3);
      throw new Error('folder gone');
    }
    let told = 0;
    await expect(inspectAll(patientInspector(), source(), () => void (told += 1))).rejects.toThrow('folder gone');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toBe(0);
  });

  it('ends when it is aborted: no job is taken, no result told after that', async () => {
    const control = new AbortController();
    let told = 0;
    let taken = 0;
    function* source() {
      for (const job of jobsOf(50_000)) {
        taken += 1;
        yield job;
      }
    }
    const run = inspectAll(
      patientInspector(),
      source(),
      () => {
        if ((told += 1) === 10) control.abort(new Error('interrupted'));
      },
      control.signal,
    );
    await expect(run).rejects.toThrow('interrupted');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toBe(10);
    expect(taken).toBeLessThan(10_000);
  });

  it('does not begin when it was aborted before', async () => {
    const inspector = patientInspector();
    const run = inspectAll(inspector, jobsOf(5), () => {}, AbortSignal.abort(new Error('interrupted')));
    await expect(run).rejects.toThrow('interrupted');
    expect(inspector.state.most).toBe(0);
  });
});
