import { text } from '../../shared/language.ts';
import { systemReason } from '../../shared/system-words.ts';
import { DmsError } from '../errors.ts';
import { LostAnswer } from './client.ts';
import { Refusal, type RefusalCodes, refusalError } from './refusal.ts';

/** The calls of an adapter: refused after `close`, waited for by `close`, their failures told as DmsError. */
export interface Calls {
  run<Result>(signal: AbortSignal | undefined, action: () => Promise<Result>): Promise<Result>;
  /** Runs what one item after the other needs, each as a call of its own. */
  each<Item>(
    signal: AbortSignal | undefined,
    begin: () => Promise<AsyncGenerator<Item, void>>,
  ): AsyncGenerator<Item, void>;
  /** Refuses new calls and waits for what is under way; may be called twice. */
  close(): Promise<void>;
}

/** @param codes what the interface's refusals mean */
export function createCalls(codes: RefusalCodes): Calls {
  const work = new Set<Promise<unknown>>();
  let closed = false;
  const run = async <Result>(signal: AbortSignal | undefined, action: () => Promise<Result>): Promise<Result> => {
    if (closed)
      throw new DmsError(
        'dms.closed',
        text({ de: 'Die Verbindung ist geschlossen.', en: 'The connection is closed.' }),
      );
    const call = guard(signal, action, codes);
    work.add(call);
    try {
      return await call;
    } finally {
      work.delete(call);
    }
  };
  return {
    run,
    async *each<Item>(signal: AbortSignal | undefined, begin: () => Promise<AsyncGenerator<Item, void>>) {
      const items = await run(signal, begin);
      for (;;) {
        const next: IteratorResult<Item, void> = await run(signal, () => items.next());
        if (next.done) return;
        yield next.value;
      }
    },
    close: async () => {
      closed = true;
      await Promise.allSettled(work);
    },
  };
}

/** Something that is made once, at the first call, and shared by all: none of them may end it for the others. */
export interface Shared<Result> {
  /** A failure is not kept: the next call tries again. */
  get(): Promise<Result>;
  /** What was made, if anything. */
  made(): Promise<Result | undefined>;
}

export function createShared<Result>(make: () => Promise<Result>): Shared<Result> {
  let making: Promise<Result> | undefined;
  return {
    get: () => {
      making ??= make().catch((error: unknown) => {
        making = undefined;
        throw error;
      });
      return making;
    },
    made: async () => making?.catch(() => undefined),
  };
}

/** Waits for something that others wait for too: giving up ends only one's own waiting. */
export async function unlessAborted<Result>(
  waiting: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (!signal) return waiting;
  let giveUp = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([waiting, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Lets an abort and our own errors through; what the server refused, and whatever else happens, becomes a DmsError. */
async function guard<Result>(
  signal: AbortSignal | undefined,
  action: () => Promise<Result>,
  codes: RefusalCodes,
): Promise<Result> {
  try {
    signal?.throwIfAborted();
    return await action();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof DmsError) throw cause;
    if (cause instanceof Refusal) throw refusalError(cause, codes);
    const reason = systemReason(cause);
    const code = cause instanceof LostAnswer ? 'dms.unreachable' : 'dms.store-failed';
    throw new DmsError(
      code,
      text({ de: `Das DMS meldet einen Fehler: ${reason.de}`, en: `The DMS reports a failure: ${reason.en}` }),
      { cause },
    );
  }
}
