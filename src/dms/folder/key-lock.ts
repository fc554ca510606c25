import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { text } from '../../shared/language.ts';
import { type ProcessIdentity, processIdentity, processLives } from '../../shared/process-identity.ts';
import { DmsError, hasErrorCode } from '../errors.ts';
import { fingerprint } from './record.ts';

/** A lock of which it cannot be told whether its owner lives counts for so long, in milliseconds. */
const foreignLifetime = 15 * 60_000;
/** How long to wait for another who works on the same file, in milliseconds. */
const longestWait = 60_000;

interface Owner extends ProcessIdentity {
  readonly host: string;
  readonly token: string;
}

/** Tokens of the locks that this process holds. */
const held = new Set<string>();

/** Lets one at a time work on what a name stands for, in this process and in others. */
export async function withLock<Result>(
  folder: string,
  name: string,
  signal: AbortSignal | undefined,
  action: () => Promise<Result>,
): Promise<Result> {
  const path = join(folder, fingerprint(name));
  const token = randomBytes(8).toString('hex');
  const owner: Owner = { ...processIdentity(), host: hostname(), token };
  held.add(token);
  try {
    await acquire(path, owner, name, signal);
    try {
      return await action();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    held.delete(token);
  }
}

/** Takes away the locks of ended processes, and what these left behind while they took one. */
export async function sweepLocks(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await breakStale(join(folder, name));
}

async function acquire(path: string, owner: Owner, name: string, signal: AbortSignal | undefined): Promise<void> {
  const end = Date.now() + longestWait;
  // Complete before it counts: nobody reads half an owner.
  const own = `${path}.${owner.token}`;
  const writeOwn = () => writeFile(own, JSON.stringify(owner));
  try {
    await writeOwn();
    for (let pause = 5; ; pause = Math.min(pause * 2, 500)) {
      signal?.throwIfAborted();
      if (await linked(own, path, writeOwn)) return;
      await breakStale(path);
      if (Date.now() > end) throw busy(name);
      await wait(pause, undefined, signal ? { signal } : {});
    }
  } finally {
    await rm(own, { force: true });
  }
}

/** @param again called when what is to be linked was swept away, half written as it was */
async function linked(own: string, path: string, again?: () => Promise<void>): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    if (!again || !hasErrorCode(error, 'ENOENT')) throw error;
    await again();
    return false;
  }
}

/** Takes a lock away whose owner has ended: first aside, in one step, so that of several who do only one succeeds. */
async function breakStale(path: string): Promise<void> {
  const seen = await contentOf(path);
  if (seen === undefined || !(await isStale(path, seen))) return;
  const aside = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  // Somebody else was quicker, and this is already the next owner's.
  if ((await contentOf(aside)) !== seen) await linked(aside, path);
  await rm(aside, { force: true });
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function isStale(path: string, content: string): Promise<boolean> {
  const parsed = ownerIn(content);
  // Half written, so nobody's lock; who is writing it just now writes it again.
  if (!parsed) return true;
  const { host, token, ...owner } = parsed;
  const lives = host === hostname() ? processLives(owner) : undefined;
  if (lives === undefined) {
    const { mtimeMs = Date.now() } = (await stat(path).catch(() => undefined)) ?? {};
    return Date.now() - mtimeMs > foreignLifetime;
  }
  return !lives || (owner.pid === process.pid && !held.has(token));
}

function ownerIn(content: string): Owner | undefined {
  try {
    return JSON.parse(content) as Owner;
  } catch {
    return undefined;
  }
}

function busy(name: string): DmsError {
  return new DmsError(
    'dms.object-busy',
    text({
      de: `Ein anderer Import arbeitet gerade an „${name}“.`,
      en: `Another import is working on "${name}" just now.`,
    }),
  );
}
