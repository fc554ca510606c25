import { createHash } from 'node:crypto';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { text } from '../../shared/language.ts';
import { DmsError, hasErrorCode } from '../errors.ts';
import type { MappedObject } from '../mapping/mapped-object.ts';

/** What is known of one file in the tree: kept beside it, in `.scanlot`, so that another system may take the file away. */
export interface FolderRecord extends HandOver {
  readonly key: string;
  /** intended: its folder may or may not be in its place. removing: it is to be taken away. */
  readonly state: 'intended' | 'published' | 'removing';
  /** The hand-overs that this one replaces, the oldest first; their folders stay as they are. */
  readonly earlier: readonly HandOver[];
}

/** A folder that was handed over, and what lies in it. */
export interface HandOver {
  /** Its folder, from the top of the tree, "/" between folders. */
  readonly place: string;
  /** Of everything that makes it this file: equal files have equal digests. */
  readonly digest: string;
  readonly batch: string;
  /** The index of a run in which it is told; null as long as it is in none. */
  readonly run: string | null;
  readonly documents: readonly RecordedDocument[];
  readonly mapped: MappedObject;
}

/** The file as it was handed over before its correction; undefined when it is none. */
export function beforeCorrection({ key, earlier }: FolderRecord): FolderRecord | undefined {
  const last = earlier.at(-1);
  return last && { ...last, key, state: 'published', earlier: earlier.slice(0, -1) };
}

/** All hand-overs of a file, the oldest first, each as the file was when it was handed over. */
export function handOversOf(record: FolderRecord): readonly FolderRecord[] {
  const found: FolderRecord[] = [];
  for (let one: FolderRecord | undefined = record; one; one = beforeCorrection(one)) found.unshift(one);
  return found;
}

/** The places that belong to a file, that of its latest hand-over first. */
export function placesOf({ place, earlier }: FolderRecord): readonly string[] {
  return [place, ...earlier.map((one) => one.place)];
}

export interface RecordedDocument {
  readonly name: string;
  /** Name in its folder. */
  readonly stored: string;
  readonly size: number;
  readonly sha256: string;
}

/** The records of a tree. Who writes holds the lock of the key. */
export interface Records {
  read(key: string): Promise<FolderRecord | undefined>;
  write(record: FolderRecord): Promise<void>;
  remove(record: FolderRecord): Promise<void>;
  /** The key of the file whose place this is. */
  keyAt(place: string): Promise<string | undefined>;
  /** Gives a place to a key. @returns false when another key has it */
  take(place: string, key: string): Promise<boolean>;
  /** Takes a place from a key that has it. */
  free(place: string, key: string): Promise<void>;
  /** All of them, sorted by key. */
  all(): Promise<readonly FolderRecord[]>;
}

export function fingerprint(words: string): string {
  return createHash('sha256').update(words.normalize('NFC'), 'utf8').digest('hex');
}

/** @param folder where the records lie; `makeFolders` has been called */
export function createRecords(folder: string): Records {
  const recordPath = (key: string) => join(folder, 'files', `${fingerprint(key)}.json`);
  // File systems that do not regard letter case have one place where others have two.
  const placePath = (place: string) => join(folder, 'places', fingerprint(place.toLowerCase()));
  // Known by its name to who settles the record, should the process be killed.
  const unfinished = (place: string, key: string) => `${placePath(place)}.${fingerprint(key).slice(0, 16)}`;
  const records: Records = {
    read: (key) => readRecord(recordPath(key)),
    write: (record) => writeFileAtomically(recordPath(record.key), `${JSON.stringify(record, null, 1)}\n`, 'many'),
    remove: async (record) => {
      for (const place of placesOf(record)) await records.free(place, record.key);
      await rm(recordPath(record.key), { force: true });
    },
    free: async (place, key) => {
      await rm(unfinished(place, key), { force: true });
      if ((await records.keyAt(place)) === key) await rm(placePath(place), { force: true });
    },
    keyAt: (place) => readOrAbsent(placePath(place)),
    take: async (place, key) => {
      // Complete before it is there: nobody reads half a key.
      const own = unfinished(place, key);
      try {
        await writeFile(own, key);
        await link(own, placePath(place));
        return true;
      } catch (error) {
        if (!hasErrorCode(error, 'EEXIST')) throw error;
        return (await records.keyAt(place)) === key;
      } finally {
        await rm(own, { force: true });
      }
    },
    all: async () => {
      const found: FolderRecord[] = [];
      for (const name of await readdir(join(folder, 'files'))) {
        const record =
          name.endsWith('.json') && !name.startsWith('.') ? await readRecord(join(folder, 'files', name)) : undefined;
        if (record) found.push(record);
      }
      return found.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
  };
  return records;
}

/** As earlier versions may have written it. */
type EarlierRecord = Omit<FolderRecord, 'earlier'> & Partial<Pick<FolderRecord, 'earlier'>>;

async function readOrAbsent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function readRecord(path: string): Promise<FolderRecord | undefined> {
  const source = await readOrAbsent(path);
  if (source === undefined) return undefined;
  try {
    // Those of earlier versions know no corrections.
    return { earlier: [], ...(JSON.parse(source) as EarlierRecord) };
  } catch (cause) {
    throw new DmsError(
      'dms.store-unusable',
      text({ de: `Die Zustandsdatei ${path} ist unlesbar.`, en: `The state file ${path} cannot be read.` }),
      { cause },
    );
  }
}
