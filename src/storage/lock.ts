import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, ScanlotError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { differ, type ProcessIdentity, processIdentity, processLives } from '../shared/process-identity.ts';

/**
 * Who works in a workspace. SQLite's WAL is safe among processes of one machine but not between machines on a network
 * share, so: one machine at a time, and on it one writer at a time beside any number of readers. Each process holds a
 * ticket file and keeps its time fresh; the folder "door" is the mutex for changing tickets (mkdir is atomic, on network
 * shares too). A ticket whose process is gone (same machine) or whose time is stale (other machine) no longer counts.
 * Clocks of different machines are never compared: times of files are the file server's, durations are our own.
 */
export interface WorkspaceLock {
  readonly mode: LockMode;
  /** @throws ScanlotError when the ticket was taken away, e.g. after the machine slept: then nothing may be written. */
  assertHeld(): void;
  release(): void;
}

export type LockMode = 'read' | 'write';

interface Ticket extends ProcessIdentity {
  readonly host: string;
  readonly actor: string;
  readonly mode: LockMode;
  readonly since: string;
}

const HEARTBEAT_MS = 10_000;
const FRESH_MS = 1_000;
const STALE_MS = 120_000;
const DOOR_STALE_MS = 5_000;
const POLL_MS = 100;

export interface LockRequest {
  readonly mode: LockMode;
  readonly actor: string;
  /** How long to wait for others to finish. */
  readonly waitMs: number;
}

/** Takes a ticket, waiting for others as long as asked. @throws ScanlotError (exit 11) naming who holds the workspace */
export async function lockWorkspace(folder: string, request: LockRequest): Promise<WorkspaceLock> {
  const deadline = performance.now() + request.waitMs;
  mkdirSync(folder, { recursive: true });
  while (true) {
    const outcome = await behindTheDoor(folder, deadline, () => takeTicket(folder, request));
    if ('path' in outcome) return holdTicket(outcome.path, request.mode);
    if (performance.now() >= deadline) throw lockedBy(outcome.holder);
    await sleep(POLL_MS);
  }
}

function takeTicket(folder: string, request: LockRequest): { path: string } | { holder: Ticket } {
  const mine: Ticket = {
    host: hostname(),
    ...processIdentity(),
    actor: request.actor,
    mode: request.mode,
    since: new Date().toISOString(),
  };
  const path = join(folder, `${randomUUID()}.ticket`);
  writeTicket(path, mine);
  // Times are compared with that of our own fresh ticket: both come from the file server's clock.
  const serverNow = statSync(path).mtimeMs;
  const holder = liveTickets(folder, path, serverNow).find((other) => excludes(other, mine));
  if (!holder) return { path };
  unlinkSync(path);
  return { holder };
}

/** A full disk leaves no ticket that says nothing. */
function writeTicket(path: string, ticket: Ticket): void {
  try {
    writeFileSync(path, JSON.stringify(ticket), { flag: 'wx' });
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

function excludes(other: Ticket, mine: Ticket): boolean {
  return other.host !== mine.host || differ(other.boot, mine.boot) || (other.mode === 'write' && mine.mode === 'write');
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
  const lives = ticket.host === hostname() ? processLives(ticket) : undefined;
  return lives ?? serverNow - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < STALE_MS;
}

function holdTicket(path: string, mode: LockMode): WorkspaceLock {
  let touchedAt = Number.NEGATIVE_INFINITY;
  const touch = () => {
    try {
      freshen(path);
      touchedAt = Date.now();
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
      // Not for every change: freshening waits for the disk. A machine that slept has another time when it wakes.
      if (Math.abs(Date.now() - touchedAt) > FRESH_MS) touch();
    },
    release: () => {
      clearInterval(heartbeat);
      rmSync(path, { force: true });
    },
  };
}

/** Writes a byte that is there already: thus the time is the file server's, however wrong the clock of this machine is. */
function freshen(path: string): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, '{', 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

async function behindTheDoor<T>(folder: string, deadline: number, work: () => T): Promise<T> {
  const door = join(folder, 'door');
  const watch = watchDoor(door);
  while (!enter(door)) {
    watch.look();
    if (performance.now() >= deadline + 2 * DOOR_STALE_MS) throw lockedBy(undefined);
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
    return false;
  }
}

/**
 * Whoever was killed inside the door (a matter of milliseconds) does not shut everybody out for ever: a door that we have
 * seen to be the same for long is removed.
 */
function watchDoor(door: string): { look(): void } {
  let seen: { readonly mark: string; readonly since: number } | undefined;
  return {
    look: () => {
      const stats = statSync(door, { throwIfNoEntry: false });
      if (!stats) return;
      const mark = markOf(stats);
      if (seen?.mark !== mark) seen = { mark, since: performance.now() };
      else if (performance.now() - seen.since > DOOR_STALE_MS) rmSync(door, { recursive: true, force: true });
    },
  };
}

function markOf({ ino, mtimeMs }: Stats): string {
  return `${ino}/${mtimeMs}`;
}

function lockedBy(holder: Ticket | undefined): ScanlotError {
  return new ScanlotError(exitCodes.locked, 'workspace.locked', {
    message: holder ? heldBy(holder) : doorShut(),
    remedy: text({
      de: 'Später wiederholen, oder mit --wait SEKUNDEN länger warten.',
      en: 'Try again later, or wait longer with --wait SECONDS.',
    }),
  });
}

function heldBy({ actor, host, pid, since }: Ticket): Text {
  const who = `${actor} (${host}, ${pid})`;
  return text({
    de: (format) => `Im Arbeitsbereich arbeitet gerade ${who} seit ${format.instant(since)}.`,
    en: (format) => `${who} is working in this workspace since ${format.instant(since)}.`,
  });
}

function doorShut(): Text {
  return text({
    de: 'Der Arbeitsbereich wird gerade von vielen zugleich geöffnet.',
    en: 'Many are opening this workspace at the same time.',
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
