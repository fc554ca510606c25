import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LockMode, lockWorkspace } from '../../src/storage/lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-lock-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const take = (mode: LockMode, actor = 'anna', waitMs = 0) => lockWorkspace(folder, { mode, actor, waitMs });
const tickets = () => readdirSync(folder).filter((name) => name.endsWith('.ticket'));

/** The ticket of somebody else, as it lies in the folder. */
function leaveTicket(ticket: Readonly<Record<string, unknown>> | string, secondsOld = 0): string {
  const path = join(folder, `left-${tickets().length}.ticket`);
  const words = { host: hostname(), actor: 'bert', mode: 'write', since: '2021-05-01T08:00:00.000Z', pid: 1 };
  writeFileSync(path, typeof ticket === 'string' ? ticket : JSON.stringify({ ...words, ...ticket }));
  const then = new Date(Date.now() - secondsOld * 1000);
  utimesSync(path, then, then);
  return path;
}

describe('two on one machine', () => {
  test('of two writers the second is refused, and told who works there since when', async () => {
    const first = await take('write', 'anna');
    await expect(take('write', 'bert')).rejects.toMatchObject({
      exitCode: 11,
      code: 'workspace.locked',
      text: {
        de: expect.stringMatching(/arbeitet gerade anna .* seit \d\d\.\d\d\.\d{4}/),
        en: expect.stringContaining('anna'),
      },
      remedy: { de: expect.stringContaining('--wait'), en: expect.stringContaining('--wait') },
    });
    first.release();
    (await take('write', 'bert')).release();
    expect(tickets()).toEqual([]);
  });

  test('a writer who may wait gets the ticket when the first gives it back', async () => {
    const first = await take('write');
    const second = take('write', 'bert', 10_000);
    setTimeout(() => first.release(), 150);
    (await second).release();
  });

  test.each([
    ['read', 'read'],
    ['read', 'write'],
    ['write', 'read'],
  ] as const)('one who wants to %s and one who wants to %s work side by side', async (one, other) => {
    const first = await take(one);
    const second = await take(other, 'bert');
    first.assertHeld();
    second.assertHeld();
    first.release();
    second.release();
    expect(tickets()).toEqual([]);
  });
});

describe('a ticket that was left behind', () => {
  test('of a process that was killed does not count', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    leaveTicket({ pid });
    (await take('write')).release();
    expect(tickets()).toEqual([]);
  });

  test.runIf(process.platform === 'linux')(
    'does not count when another process has been given its number since',
    async () => {
      leaveTicket({ pid: process.pid, started: '1' });
      (await take('write')).release();
    },
  );

  test('counts while the process is running, however old the ticket is', async () => {
    leaveTicket({ pid: process.pid }, 3600);
    await expect(take('write')).rejects.toMatchObject({ code: 'workspace.locked' });
  });

  test('by a machine that died while it wrote it does not count', async () => {
    leaveTicket('');
    leaveTicket('{"host":"els');
    (await take('write')).release();
  });

  test('that was taken away stops its holder from writing', async () => {
    const lock = await take('write');
    for (const name of tickets()) unlinkSync(join(folder, name));
    expect(() => lock.assertHeld()).toThrow(expect.objectContaining({ code: 'workspace.lock-lost', exitCode: 11 }));
    lock.release();
  });
});

describe('two machines on a network share', () => {
  test.each(['read', 'write'] as const)('one works alone, if the other only wants to %s', async (mode) => {
    leaveTicket({ host: 'elsewhere', mode: 'read' });
    await expect(take(mode)).rejects.toMatchObject({
      code: 'workspace.locked',
      text: { en: expect.stringContaining('elsewhere') },
    });
  });

  test('the ticket of a machine that gave no sign of life for minutes does not count', async () => {
    leaveTicket({ host: 'elsewhere' }, 180);
    (await take('write')).release();
  });

  test.runIf(process.platform === 'linux')(
    'machines of the same name are told apart: what lives there is seen by its signs of life',
    async () => {
      const path = leaveTicket({ boot: 'another', pid: 2 ** 22 + 1 });
      await expect(take('read')).rejects.toMatchObject({ code: 'workspace.locked' });
      const longAgo = new Date(Date.now() - 180_000);
      utimesSync(path, longAgo, longAgo);
      (await take('read')).release();
    },
  );

  test('signs of life bear the time of the file server, however wrong our clock is', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2001-01-01T00:00:00Z') });
    const lock = await take('write');
    lock.assertHeld();
    vi.useRealTimers();
    const [name = ''] = tickets();
    expect(Math.abs(statSync(join(folder, name)).mtimeMs - Date.now())).toBeLessThan(60_000);
    lock.release();
  });
});

describe('the door in which tickets are changed', () => {
  test('does not shut everybody out for ever when someone was killed in it', async () => {
    mkdirSync(join(folder, 'door'));
    vi.useFakeTimers({ toFake: ['performance'] });
    const lock = take('write', 'anna', 60_000);
    const later = setInterval(() => vi.advanceTimersByTime(2_000), 40);
    (await lock).release();
    clearInterval(later);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is not forced while others go in and out', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const door = join(folder, 'door');
    let entries = 0;
    mkdirSync(door);
    const busy = setInterval(() => {
      rmSync(door, { recursive: true, force: true });
      entries += 1;
      if (entries < 8) mkdirSync(door);
      vi.advanceTimersByTime(1_000);
    }, 60);
    (await take('write', 'anna', 60_000)).release();
    clearInterval(busy);
    expect(entries).toBeGreaterThan(0);
  });

  test('that stays shut is told, not waited for without end', async () => {
    mkdirSync(join(folder, 'door'));
    vi.useFakeTimers({ toFake: ['performance'] });
    const renewed = setInterval(() => {
      utimesSync(join(folder, 'door'), new Date(), new Date());
      vi.advanceTimersByTime(2_000);
    }, 20);
    await expect(take('write')).rejects.toMatchObject({
      code: 'workspace.locked',
      remedy: { de: expect.stringContaining('--wait') },
    });
    clearInterval(renewed);
  });
});
