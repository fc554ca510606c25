import { readFileSync, readlinkSync } from 'node:fs';

/** Tells one process of a machine from all others, also from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Where the operating system tells them: this run of the machine, the name space that numbers the process, its start. */
  readonly boot?: string | undefined;
  readonly space?: string | undefined;
  readonly started?: string | undefined;
}

/** This process. */
export function processIdentity(): ProcessIdentity {
  return { pid: process.pid, boot: bootId(), space: numberSpace(), started: startOf(process.pid) };
}

/**
 * Whether a process of this machine is still running; undefined when that cannot be told from here: its number counts in
 * another name space (a container), or in another run of the machine (or another machine of the same name).
 */
export function processLives({ pid, boot, space, started }: ProcessIdentity): boolean | undefined {
  if (differ(boot, bootId()) || differ(space, numberSpace())) return undefined;
  return isRunning(pid) && !differ(started, startOf(pid));
}

/** Whether two are known and not the same. */
export function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** Whether this machine has a process of that number now. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function bootId(): string | undefined {
  return fromProc(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim());
}

function numberSpace(): string | undefined {
  return fromProc(() => readlinkSync('/proc/self/ns/pid'));
}

/** Clock ticks from the boot to the start of the process: field 22 of /proc/PID/stat (proc(5)). */
function startOf(pid: number): string | undefined {
  return fromProc(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets and may hold anything, brackets and blanks too.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  });
}

function fromProc<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
