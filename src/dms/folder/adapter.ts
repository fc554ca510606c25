import { join } from 'node:path';
import { text } from '../../shared/language.ts';
import type { DmsAdapter, StoredDocument } from '../adapter.ts';
import { DmsError, hasErrorCode, notSupported } from '../errors.ts';
import { createCalls } from '../http/calls.ts';
import { checkedKey } from '../object-rules.ts';
import { digestFile } from '../ocfl/digests.ts';
import { diskOperations, type FileOperations } from '../ocfl/file-operations.ts';
import { checkColumns, tellsCorrections } from './index-rows.ts';
import { markDirty } from './mark-dirty.ts';
import { stateFolder } from './object-plan.ts';
import { publishIndices } from './publish-index.ts';
import { type FolderRecord, placesOf } from './record.ts';
import type { FolderSettings } from './settings.ts';
import { correctFile, noSuchFile, storeFile } from './store-file.ts';
import {
  describeTree,
  exists,
  findRecord,
  placeOf,
  prepareTree,
  settledRecords,
  settleRecord,
  type Tree,
  takeAway,
} from './tree.ts';

export interface FolderAdapterOptions {
  /** With an absolute path. */
  readonly settings: FolderSettings;
  /** What the writer does to the disk; for fault injection. */
  readonly disk?: FileOperations;
}

/**
 * Plain folders with an index beside the documents, for systems that have an importer of their own. A file appears by one
 * renaming, whole or not at all; the index of a batch or run when the adapter is closed.
 */
export function createFolderAdapter({ settings, disk = diskOperations }: FolderAdapterOptions): DmsAdapter {
  const tree = describeTree(settings, disk);
  const calls = createCalls({});
  const ending = createCalls({});
  let prepared: Promise<void> | undefined;
  const prepare = (): Promise<void> => {
    prepared ??= prepareTree(tree).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  };
  return {
    name: 'folder',
    capabilities: {
      versioning: false,
      lookUpByKey: true,
      reportsHash: true,
      transactions: true,
      update: tellsCorrections(tree.index),
      remove: true,
      typesReadable: false,
    },
    settle: (signal) =>
      calls.run(signal, async () => {
        if (!(await exists(join(tree.root, stateFolder)))) return;
        await prepare();
        await settledRecords(tree);
      }),
    lookUp: (key, signal) =>
      calls.run(signal, async () => {
        const record = await findRecord(tree, checkedKey(key).normalize('NFC'));
        return record && { id: record.place, complete: true, documents: entriesOf(record) };
      }),
    create: (object, signal) =>
      calls.run(signal, async () => {
        checkColumns(tree.index);
        await prepare();
        return storeFile(tree, object, signal);
      }),
    update: (id, object, signal) =>
      calls.run(signal, async () => {
        if (!tellsCorrections(tree.index)) throw notSupported('folder');
        checkColumns(tree.index);
        await prepare();
        return correctFile(tree, id, object, signal);
      }),
    remove: (id, _why, signal) =>
      calls.run(signal, async () => {
        await prepare();
        await removeFile(tree, id, signal);
      }),
    readBack: (id, signal) => calls.each(signal, async () => readFiles(tree, await requireRecord(tree, id), signal)),
    async close() {
      await calls.close();
      const isFirst = prepared !== undefined;
      prepared = undefined;
      if (isFirst) await ending.run(undefined, () => publishIndices(tree));
    },
  };
}

function entriesOf({ documents }: FolderRecord) {
  return documents.map(({ name, size, sha256 }) => ({ name, size, sha256 }));
}

async function removeFile(tree: Tree, id: string, signal: AbortSignal | undefined): Promise<void> {
  const key = await tree.records.keyAt(id);
  if (key === undefined) return;
  await tree.locked(key, signal, async () => {
    const record = await settleRecord(tree, key);
    if (!record || !placesOf(record).includes(id)) return;
    const removing: FolderRecord = { ...record, state: 'removing' };
    await tree.records.write(removing);
    await markDirty(tree, removing);
    await takeAway(tree, removing);
  });
}

async function requireRecord(tree: Tree, id: string): Promise<FolderRecord> {
  const key = await tree.records.keyAt(id);
  const record = key === undefined ? undefined : await findRecord(tree, key);
  if (record?.place === id) return record;
  throw noSuchFile(id);
}

/** Reads every byte. @throws DmsError dms.object-damaged when a document is gone */
async function* readFiles(
  tree: Tree,
  record: FolderRecord,
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredDocument, void> {
  for (const { name, stored } of record.documents) {
    try {
      const { size, digests } = await digestFile(join(placeOf(tree, record), stored), ['sha256'], signal);
      yield { name, size, sha256: digests.sha256 };
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT')) throw cause;
      throw new DmsError(
        'dms.object-damaged',
        text({
          de: `In der Akte „${record.place}“ fehlt „${name}“: Sie wurde verändert, oder ein anderes System hat sie abgeholt.`,
          en: `"${name}" is missing from file "${record.place}": it was changed, or another system has taken it away.`,
        }),
        { cause },
      );
    }
  }
}
