import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, ScanlotError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';

/**
 * Who works in a workspace. SQLite's WAL is safe among processes of one machine but not between machines on a network
 * share, so: one machine at a time, and on it one writer at a time beside any number of readers. Each process holds a
 * ticket file and keeps its time fresh; the folder "door" is the mutex for changing tickets (mkdir is atomic, on network
 * shares too). A ticket whose process is gone (same machine) or whose time is stale (other machine) no longer counts.
 */
export interface WorkspaceLock {
  readonly mode: LockMode;
  /** @throws ScanlotError when the ticket was taken away, e.g. after the machine slept: then nothing may be written. */
  assertHeld(): void;
  release(): void;
}

export type LockMode = 'read' | 'write';

interface Ticket {
  readonly host: string;
  readonly pid: number;
  readonly actor: string;
  readonly mode: LockMode;
  readonly since: string;
}

const HEARTBEAT_MS = 10_000;
const STALE_MS = 120_000;
const DOOR_STALE_MS = 15_000;
const POLL_MS = 100;

export interface LockRequest {
  readonly mode: LockMode;
  readonly actor: string;
  /** How long to wait for others to finish. */
  readonly waitMs: number;
}

/** Takes a ticket, waiting for others as long as asked. @throws ScanlotError (exit 11) naming who holds the workspace */
export async function lockWorkspace(folder: string, request: LockRequest): Promise<WorkspaceLock> {
  const deadline = Date.now() + request.waitMs;
  mkdirSync(folder, { recursive: true });
  while (true) {
    const outcome = await behindTheDoor(folder, deadline, () => takeTicket(folder, request));
    if ('path' in outcome) return holdTicket(outcome.path, request.mode);
    if (Date.now() >= deadline) throw lockedBy(outcome.holder);
    await sleep(POLL_MS);
  }
}

function takeTicket(folder: string, request: LockRequest): { path: string } | { holder: Ticket } {
  const mine: Ticket = {
    host: hostname(),
    pid: process.pid,
    actor: request.actor,
    mode: request.mode,
    since: new Date().toISOString(),
  };
  const path = join(folder, `${randomUUID()}.ticket`);
  writeFileSync(path, JSON.stringify(mine), { flag: 'wx' });
  // Times are compared with that of our own fresh ticket: both come from the file server's clock.
  const serverNow = statSync(path).mtimeMs;
  const holder = liveTickets(folder, path, serverNow).find((other) => excludes(other, mine));
  if (!holder) return { path };
  unlinkSync(path);
  return { holder };
}

function excludes(other: Ticket, mine: Ticket): boolean {
  return other.host !== mine.host || (other.mode === 'write' && mine.mode === 'write');
}

function liveTickets(folder: string, ownPath: string, serverNow: number): Ticket[] {
  const live: Ticket[] = [];
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.ticket'))) {
    const path = join(folder, name);
    if (path === ownPath) continue;
    const ticket = readTicket(path);
    if (ticket && isAlive(ticket, path, serverNow)) live.push(ticket);
    else rmSync(path, { force: true });
  }
  return live;
}

/** A ticket that is empty or torn was left by a machine that died while it wrote it. */
function readTicket(path: string): Ticket | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Ticket;
  } catch {
    return undefined;
  }
}

function isAlive(ticket: Ticket, path: string, serverNow: number): boolean {
  if (ticket.host === hostname()) return processExists(ticket.pid);
  return serverNow - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < STALE_MS;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function holdTicket(path: string, mode: LockMode): WorkspaceLock {
  const touch = () => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Gone or unreachable: assertHeld tells before the next change.
    }
  };
  const heartbeat = setInterval(touch, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    mode,
    assertHeld: () => {
      if (!statSync(path, { throwIfNoEntry: false })) throw ticketLost();
      touch();
    },
    release: () => {
      clearInterval(heartbeat);
      rmSync(path, { force: true });
    },
  };
}

async function behindTheDoor<T>(folder: string, deadline: number, work: () => T): Promise<T> {
  const door = join(folder, 'door');
  while (!enter(door)) {
    if (Date.now() >= deadline + DOOR_STALE_MS) throw lockedBy(undefined);
    await sleep(5 + Math.random() * 20);
  }
  try {
    return work();
  } finally {
    rmSync(door, { recursive: true, force: true });
  }
}

function enter(door: string): boolean {
  try {
    mkdirSync(door);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Whoever was killed inside the door (a matter of milliseconds) does not shut everybody out for ever.
    const since = statSync(door, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > DOOR_STALE_MS) rmSync(door, { recursive: true, force: true });
    return false;
  }
}

function lockedBy(holder: Ticket | undefined): ScanlotError {
  const who = holder ? `${holder.actor} (${holder.host}, ${holder.pid})` : '?';
  return new ScanlotError(exitCodes.locked, 'workspace.locked', {
    message: text({
      de: (format) =>
        `Im Arbeitsbereich arbeitet gerade ${who}${holder ? ` seit ${format.instant(holder.since)}` : ''}.`,
      en: (format) => `${who} is working in this workspace${holder ? ` since ${format.instant(holder.since)}` : ''}.`,
    }),
    remedy: text({
      de: 'Später wiederholen, oder mit --wait SEKUNDEN länger warten.',
      en: 'Try again later, or wait longer with --wait SECONDS.',
    }),
  });
}

function ticketLost(): ScanlotError {
  return new ScanlotError(exitCodes.locked, 'workspace.lock-lost', {
    message: text({
      de: 'Die Sperre des Arbeitsbereichs ging verloren (lange Unterbrechung?); es wurde nichts mehr geändert.',
      en: 'The lock on the workspace was lost (a long interruption?); nothing more was changed.',
    }),
    remedy: text({ de: 'Den Befehl erneut ausführen.', en: 'Run the command again.' }),
  });
}
