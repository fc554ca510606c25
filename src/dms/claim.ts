import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { processIdentity, processLives } from '../shared/process-identity.ts';

/** Stands in the names of folders that are being built. */
export const claimMark = '~scanlot-';

/**
 * A file's folder bears, until it is complete, a mark behind its name or in a field that tells who is building it. Of
 * several who build the same file the one whose folder the server created first goes on; the others wait for it. A mark
 * whose process has ended is swept away by the next who wants to build the file.
 */
interface Builder {
  readonly host: string;
  readonly boot: string;
  readonly pid: number;
  readonly started: string;
  readonly token: string;
}

const form = new RegExp(`${claimMark}([0-9a-f]{8})-([0-9a-f]{8})-(\\d{1,10})-(\\d{0,20})-([0-9a-f]{16})$`);

/** Folders that this process is building just now, by their tokens. */
const underConstruction = new Set<string>();

/** @returns the name of a new claim, which counts as being built until `release` */
export function claimName(name: string): { readonly name: string; release(): void } {
  const { pid, started = '', boot = '', space = '' } = processIdentity();
  const token = randomBytes(8).toString('hex');
  underConstruction.add(token);
  return {
    name: `${name}${claimMark}${print(hostname() + space)}-${print(boot)}-${pid}-${started}-${token}`,
    release: () => void underConstruction.delete(token),
  };
}

export function isClaim(name: string): boolean {
  return form.test(name);
}

/** Whether somebody still builds a claimed folder; undefined when that cannot be told from this machine. */
export function claimLives(name: string): boolean | undefined {
  const builder = readClaim(name);
  const { pid, boot = '', space = '' } = processIdentity();
  if (builder?.host !== print(hostname() + space)) return undefined;
  if (builder.boot !== print(boot)) return false;
  if (builder.pid === pid) return underConstruction.has(builder.token);
  return processLives({ pid: builder.pid, ...(builder.started === '' ? {} : { started: builder.started }) });
}

function readClaim(name: string): Builder | undefined {
  const [, host, boot, pid, started, token] = form.exec(name) ?? [];
  if (host === undefined || boot === undefined || started === undefined || token === undefined) return undefined;
  return { host, boot, pid: Number(pid), started, token };
}

/** Names of machines are nobody's business in the DMS. */
function print(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex').slice(0, 8);
}
