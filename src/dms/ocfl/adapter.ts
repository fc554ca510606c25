import { join } from 'node:path';
import { text } from '../../shared/language.ts';
import { packageVersion } from '../../shared/package.ts';
import { systemReason } from '../../shared/system-words.ts';
import type { DmsAdapter, NewObject, StoredDocument } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { refused } from '../object-rules.ts';
import { isSmall } from './copy-document.ts';
import { digestBytes } from './digests.ts';
import { diskOperations, type FileOperations } from './file-operations.ts';
import { createGroupSync } from './group-sync.ts';
import type { ContentAlgorithm, InventoryUser } from './inventory.ts';
import { idOf, type ObjectPlan, planObject } from './object-plan.ts';
import { firstMissing, publish } from './publish.ts';
import {
  describeObject,
  documentsOf,
  findSettled,
  type InventoriedObject,
  metadataDigest,
  readDocuments,
} from './read-object.ts';
import { createRecentReadings } from './readings.ts';
import { removeEmptyFolders, removeObject } from './remove-object.ts';
import { createStaging } from './staging.ts';
import { prepareStorageRoot } from './storage-root.ts';
import type { Store } from './store.ts';
import { addVersion } from './update-object.ts';
import { createWorkshop } from './workshop.ts';
import { writeObject } from './write-object.ts';

export interface OcflAdapterOptions {
  /** The storage root; made at first use where there is nothing or an empty folder. */
  readonly root: string;
  /** Where objects are built: outside the root, on the same file system. */
  readonly staging: string;
  /** Who the versions are recorded for; scanlot itself by default. */
  readonly user?: InventoryUser;
  /** Addresses the content of new objects: SHA-512 by default. */
  readonly digest?: ContentAlgorithm;
  /** What the writer does to the disk; for fault injection. */
  readonly disk?: FileOperations;
}

/** Shares the syncs of an object among so many that they hardly count, and keeps what is under way quickly finished. */
const group = 64;

/**
 * The embedded store: an OCFL 1.1 storage root, readable without scanlot. An object appears by one rename; before that
 * it is nowhere in the root, so that the root is valid at every moment.
 */
export function createOcflAdapter(options: OcflAdapterOptions): DmsAdapter {
  const disk = options.disk ?? diskOperations;
  const staging = createStaging(options.staging, disk);
  const store: Store = {
    root: options.root,
    staging,
    workshop: createWorkshop(staging),
    disk,
    groupSync: createGroupSync(options.staging, disk),
    readings: createRecentReadings(),
    user: options.user ?? { name: `scanlot ${packageVersion()}`, address: 'urn:scanlot:software' },
    algorithm: options.digest ?? 'sha512',
  };
  const work = new Set<Promise<unknown>>();
  let closed = false;
  let prepared: Promise<void> | undefined;

  const prepare = (): Promise<void> => {
    prepared ??= prepareStore(store).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  };
  /** Runs one call: refused after `close`, waited for by `close`, its failures told as DmsError. */
  const run = async <Result>(signal: AbortSignal | undefined, action: () => Promise<Result>): Promise<Result> => {
    if (closed)
      throw new DmsError('dms.closed', text({ de: 'Die Ablage ist geschlossen.', en: 'The store is closed.' }));
    const call = guard(signal, action);
    work.add(call);
    try {
      return await call;
    } finally {
      work.delete(call);
    }
  };

  return {
    name: 'ocfl',
    group,
    capabilities: {
      versioning: true,
      lookUpByKey: true,
      reportsHash: true,
      transactions: true,
      update: true,
      remove: true,
      typesReadable: false,
    },
    settle: (signal) => run(signal, () => sweep(store)),
    lookUp: (key, signal) =>
      run(signal, async () => {
        const object = await findSettled(store, idOf(key));
        return object && describeObject(object);
      }),
    create: (object, signal) =>
      run(signal, async () => {
        const plan = planObject(object);
        await prepare();
        const create = () => createObject(store, object, plan, signal);
        return plan.contents.every(({ document }) => isSmall(document)) ? store.groupSync.member(create) : create();
      }),
    update: (id, object, signal) =>
      run(signal, async () => {
        const plan = planObject(object);
        if (plan.id !== id) throw refused(object.key, `sie ist nicht „${id}“`, `it is not "${id}"`);
        await prepare();
        return updateObject(store, plan, signal);
      }),
    remove: (id, _why, signal) =>
      run(signal, async () => {
        await prepare();
        await removeObject(store, id);
      }),
    async *readBack(id, signal) {
      const readings = store.readings.take(id);
      const documents = await run(signal, async () => readDocuments(await existing(store, id), readings, signal));
      for (;;) {
        const next: IteratorResult<StoredDocument> = await run(signal, () => documents.next());
        if (next.done) return;
        yield next.value;
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(work);
    },
  };
}

async function prepareStore(store: Store): Promise<void> {
  await sweep(store);
  await prepareStorageRoot(store.root, store.staging, store.disk);
}

async function sweep({ root, staging, disk }: Store): Promise<void> {
  await staging.sweep((folders) => removeEmptyFolders(root, folders, disk));
}

async function updateObject(store: Store, plan: ObjectPlan, signal: AbortSignal | undefined): Promise<{ id: string }> {
  for (;;) {
    const present = await existing(store, plan.id);
    // Whoever added the version may have died before its name was on the disk.
    if (holdsPlanned(present, plan)) await store.disk.syncFolder(present.root);
    else if (!(await addVersion(store, plan, present, signal))) continue;
    return { id: plan.id };
  }
}

async function createObject(
  store: Store,
  object: NewObject,
  plan: ObjectPlan,
  signal: AbortSignal | undefined,
): Promise<{ id: string }> {
  const present = await findSettled(store, plan.id);
  if (present) return confirmPresent(store, object, plan, present);
  const isPublished = await store.workshop.build(async (place) => {
    const built = { place, depth: firstMissing(store.root, plan.folders) };
    const note = { created: new Date(), message: 'Import', user: store.user };
    const readings = await writeObject(plan, built, note, store, signal);
    signal?.throwIfAborted();
    if (!(await publish(built, plan.folders, store))) return false;
    store.readings.note(plan.id, readings);
    return true;
  });
  if (isPublished) return { id: plan.id };
  return confirmPresent(store, object, plan, await existing(store, plan.id));
}

/** The object is there already: by an earlier call whose answer was lost, or by another writer. */
async function confirmPresent(
  { root, disk }: Store,
  object: NewObject,
  plan: ObjectPlan,
  present: InventoriedObject,
): Promise<{ id: string }> {
  if (!holdsPlanned(present, plan)) {
    throw new DmsError(
      'dms.object-differs',
      text({
        de: `Die Akte „${object.key}“ ist schon mit anderem Inhalt abgelegt.`,
        en: `File "${object.key}" is stored already with other content.`,
      }),
    );
  }
  // Whoever published it may have died before the new entry was on the disk.
  for (let depth = plan.folders.length - 1; depth >= 0; depth--) {
    await disk.syncFolder(join(root, ...plan.folders.slice(0, depth)));
  }
  return { id: plan.id };
}

async function existing(store: Store, id: string): Promise<InventoriedObject> {
  const object = await findSettled(store, id);
  if (object) return object;
  throw new DmsError(
    'dms.object-missing',
    text({ de: `Die Ablage enthält keine Akte „${id}“.`, en: `The store holds no file "${id}".` }),
  );
}

function holdsPlanned(present: InventoriedObject, plan: ObjectPlan): boolean {
  if (metadataDigest(present) !== digestBytes(plan.metadata, ['sha256']).sha256) return false;
  // The index data name every document with its hash; these must be what lies there, too.
  const documents = [...documentsOf(present)];
  return (
    documents.length === plan.documents.length &&
    plan.documents.every(({ name, sha256 }, at) => documents[at]?.[0] === name && documents[at]?.[1].sha256 === sha256)
  );
}

/** Lets an abort and our own errors through; whatever else happens, the store failed. */
async function guard<Result>(signal: AbortSignal | undefined, action: () => Promise<Result>): Promise<Result> {
  try {
    signal?.throwIfAborted();
    return await action();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof DmsError) throw cause;
    const reason = systemReason(cause);
    throw new DmsError(
      'dms.store-failed',
      text({ de: `Die Ablage meldet einen Fehler: ${reason.de}`, en: `The store reports a failure: ${reason.en}` }),
      { cause },
    );
  }
}
