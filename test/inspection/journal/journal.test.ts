import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { observe } from '../../../src/findings/observe.ts';
import { type Journal, openJournal } from '../../../src/inspection/journal/journal.ts';
import { journalFolder } from '../../../src/inspection/journal/journal-folder.ts';
import type { FileInspection } from '../../../src/inspection/look.ts';

const startedAt = '2021-05-01T08:00:00.000Z';
const later = '2021-05-01T09:00:00.000Z';
const key = 'a'.repeat(64);
const idOf = (number: number) => String(number).padStart(32, '0');
const observations = [
  observe('file.changed-while-read', {}),
  observe('package.entry-unreadable', { cause: 'ä€😀' }, 3),
];

function inspectionOf(size: number): FileInspection {
  const digests = { sha256: size.toString(16).padStart(64, '0'), md5: 'ab'.repeat(16) };
  const facts = {
    format: 'pdf',
    size,
    pages: 3,
    digests,
    details: { document: { pdfa: true } },
    observations,
  } as const;
  return { facts, observations };
}

let top: string;
let folder: string;
let path: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'scanlot-journal-'));
  folder = join(top, 'cache', 'checks');
  path = join(folder, `${key}.journal`);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

const openIt = (fresh = false, at = later) => openJournal(folder, key, { fresh, startedAt: at });

function opened(journal: Journal | undefined): Journal {
  if (!journal) throw new Error('no journal was opened');
  return journal;
}

/** Leaves a journal behind as an interrupted check does. */
function interrupted(files = 5): void {
  const journal = opened(openIt(false, startedAt));
  for (let number = 1; number <= files; number += 1) journal.note(idOf(number), inspectionOf(number));
  journal.close();
}

/** The bytes of a journal that names no process at work with it, however it is cut. */
function abandoned(): Buffer {
  interrupted();
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const [end, ...noted] = [...lines.slice(-1), ...lines.slice(1, -1)];
  return Buffer.from(`${[end, ...noted].join('\n')}\n`);
}

/** What is found of five files. */
function found(): number[] {
  const journal = opened(openIt());
  const numbers = [1, 2, 3, 4, 5].filter((number) => journal.find(idOf(number)));
  journal.close();
  return numbers;
}

test('what was noted before an interruption is found as it was, and when the check began', () => {
  interrupted();
  const journal = opened(openIt());
  expect(journal.startedAt).toBe(startedAt);
  expect([1, 5].map((number) => journal.find(idOf(number)))).toEqual([inspectionOf(1), inspectionOf(5)]);
  expect(journal.find(idOf(6))).toBeUndefined();
  journal.close();
});

test('several interruptions add up', () => {
  interrupted(2);
  const journal = opened(openIt());
  journal.note(idOf(3), inspectionOf(3));
  journal.close();
  expect(found()).toEqual([1, 2, 3]);
  expect(opened(openIt()).startedAt).toBe(startedAt);
});

test('nothing is left of a complete check, nor of one that noted nothing', () => {
  interrupted();
  opened(openIt()).remove();
  expect(readdirSync(folder)).toEqual([]);
  opened(openIt()).close();
  expect(readdirSync(folder)).toEqual([]);
});

test('a fresh check ignores and removes what is there', () => {
  interrupted();
  const journal = opened(openIt(true));
  expect([journal.startedAt, journal.find(idOf(1))]).toEqual([later, undefined]);
  journal.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('while a check runs, the same check keeps no journal', () => {
  const journal = opened(openIt());
  journal.note(idOf(1), inspectionOf(1));
  expect(openIt()).toBeUndefined();
  journal.close();
  expect(openIt()).toBeDefined();
});

test('only the user can read it', () => {
  interrupted();
  expect([folder, path].map((place) => statSync(place).mode & 0o777)).toEqual([0o700, 0o600]);
});

test('a file of which more was observed than fits a line is not noted', () => {
  const journal = opened(openIt());
  const many = Array.from({ length: 20_000 }, () => observations[1]).filter((one) => one !== undefined);
  journal.note(idOf(1), { ...inspectionOf(1), observations: many });
  journal.note(idOf(2), inspectionOf(2));
  journal.close();
  expect(found()).toEqual([2]);
});

describe('damage', () => {
  test('a torn last line is dropped, and what is noted behind it is found', () => {
    const bytes = abandoned();
    const fifth = bytes.indexOf(idOf(5));
    writeFileSync(path, bytes.subarray(0, fifth + 100));
    const journal = opened(openIt());
    expect([4, 5].map((number) => journal.find(idOf(number)) !== undefined)).toEqual([true, false]);
    journal.note(idOf(5), inspectionOf(5));
    journal.close();
    expect(found()).toEqual([1, 2, 3, 4, 5]);
  });

  test('whatever happens to its bytes, nothing is found that was not noted', () => {
    const bytes = abandoned();
    writeFileSync(path, bytes, { mode: 0o600 });
    expect(found()).toEqual([1, 2, 3, 4, 5]);
    const place = fc.nat({ max: bytes.length - 1 });
    const changes = fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { maxLength: 4 });
    fc.assert(
      fc.property(changes, fc.nat({ max: bytes.length }), fc.uint8Array({ maxLength: 300 }), (changed, end, tail) => {
        const damaged = Buffer.concat([bytes.subarray(0, end), tail]);
        for (const [at, value] of changed) if (at < damaged.length) damaged[at] = value;
        writeFileSync(path, damaged, { mode: 0o600 });
        const journal = opened(openIt());
        for (const number of [1, 2, 3, 4, 5]) {
          const inspection = journal.find(idOf(number));
          if (inspection) expect(inspection).toEqual(inspectionOf(number));
        }
        journal.remove();
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['no observation', { ...inspectionOf(1), observations: [{ code: 'no.such-code', args: {} }] }],
    ['no digest', { facts: { ...inspectionOf(1).facts, digests: {} }, observations: [] }],
    ['no size', { facts: { ...inspectionOf(1).facts, size: -1 }, observations: [] }],
    ['nothing at all', null],
  ])('a line that says %s is ignored', (_name, inspection) => {
    const journal = opened(openIt());
    journal.note(idOf(1), inspection as FileInspection);
    journal.close();
    expect(found()).toEqual([]);
  });

  test('a journal of another check under this name is replaced', () => {
    interrupted();
    const other = 'b'.repeat(64);
    writeFileSync(join(folder, `${other}.journal`), readFileSync(path), { mode: 0o600 });
    const journal = opened(openJournal(folder, other, { fresh: false, startedAt: later }));
    expect([journal.startedAt, journal.find(idOf(1))]).toEqual([later, undefined]);
    journal.close();
  });

  test('one that vanishes or is cut while a check runs does no harm', () => {
    interrupted();
    const journal = opened(openIt());
    writeFileSync(path, '');
    expect(journal.find(idOf(1))).toBeUndefined();
    rmSync(folder, { recursive: true });
    journal.note(idOf(6), inspectionOf(6));
    journal.remove();
    journal.close();
  });

  test('one that was not written to for a week is removed', () => {
    interrupted();
    const old = new Date(Date.now() - 8 * 24 * 3600 * 1000);
    utimesSync(path, old, old);
    opened(openJournal(folder, 'b'.repeat(64), { fresh: false, startedAt })).close();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('what others may have written', () => {
  test.each([
    ['readable by others', () => chmodSync(path, 0o644)],
    ['writable by its group', () => chmodSync(path, 0o660)],
    ['known by a second name', () => linkSync(path, join(top, 'second'))],
    ['a link', () => relocate()],
  ])('a journal that is %s is ignored and replaced', (_name, spoil) => {
    interrupted();
    spoil();
    expect(found()).toEqual([]);
    interrupted();
    expect(found()).toEqual([1, 2, 3, 4, 5]);
  });

  function relocate(): void {
    writeFileSync(join(top, 'elsewhere'), readFileSync(path), { mode: 0o600 });
    rmSync(path);
    symlinkSync(join(top, 'elsewhere'), path);
  }

  test('no journal is kept in a folder to which others have access, nor behind a link', () => {
    interrupted();
    chmodSync(folder, 0o750);
    expect(openIt()).toBeUndefined();
    chmodSync(folder, 0o700);
    const linked = join(top, 'linked');
    symlinkSync(folder, linked);
    expect(openJournal(linked, key, { fresh: false, startedAt })).toBeUndefined();
  });

  test.skipIf(process.getuid?.() !== 0)('nothing that belongs to another user counts', () => {
    interrupted();
    chownSync(path, 12_345, 12_345);
    expect(found()).toEqual([]);
    chownSync(folder, 12_345, 12_345);
    expect(openIt()).toBeUndefined();
  });

  test('no journal is kept where none can be written', () => {
    mkdirSync(join(top, 'cache'));
    writeFileSync(folder, 'a file in place of the folder');
    expect(openIt()).toBeUndefined();
    expect(openJournal(join(folder, 'below'), key, { fresh: false, startedAt })).toBeUndefined();
    expect(openJournal('/proc/scanlot/checks', key, { fresh: false, startedAt })).toBeUndefined();
  });
});

test.each([
  [
    'the folder that SCANLOT_CACHE names',
    { SCANLOT_CACHE: '/a', XDG_CACHE_HOME: '/b', HOME: '/c' },
    'linux',
    '/a/checks',
  ],
  ['the folder for caches', { XDG_CACHE_HOME: '/b', HOME: '/c' }, 'linux', '/b/scanlot/checks'],
  ['the one below the home folder', { HOME: '/c' }, 'linux', '/c/.cache/scanlot/checks'],
  [
    'that one, too, where the other is not absolute',
    { XDG_CACHE_HOME: 'b', HOME: '/c' },
    'darwin',
    '/c/.cache/scanlot/checks',
  ],
  ['that of the local profile', { LOCALAPPDATA: '/d', HOME: '/c' }, 'win32', '/d/scanlot/checks'],
  ['no folder where nothing names one', {}, 'linux', undefined],
] as const)('journals lie in %s', (_name, env, platform, expected) => {
  expect(journalFolder(env, platform)).toBe(expected);
});
