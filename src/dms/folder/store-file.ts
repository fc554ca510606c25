import { dirname, join } from 'node:path';
import { text } from '../../shared/language.ts';
import type { NewObject } from '../adapter.ts';
import { DmsError, hasErrorCode } from '../errors.ts';
import { copyDocument } from '../ocfl/copy-document.ts';
import { writeFile } from '../ocfl/write-file.ts';
import { missingCharacter, writeIndex } from './index-format.ts';
import { indexTable, unwritable } from './index-rows.ts';
import { markDirty } from './mark-dirty.ts';
import { type FolderPlan, planObject } from './object-plan.ts';
import type { FolderRecord } from './record.ts';
import { exists, giveUp, placeOf, settleRecord, type Tree } from './tree.ts';

type Signal = AbortSignal | undefined;

/** How often to begin again when folders vanish that somebody else has just emptied. */
const attempts = 5;

/**
 * Lays a file into the tree: built in the state folder, then put into its place by one renaming. What is known of it is
 * written before (intended) and after (published), so that whoever comes later knows, even if another system has taken
 * the file away by then.
 * @returns its place
 */
export async function storeFile(tree: Tree, object: NewObject, signal: Signal): Promise<{ id: string }> {
  const plan = planObject(object, tree.folder, tree.index);
  requireWritable(plan.record, tree);
  return tree.locked(plan.record.key, signal, async () => {
    const present = await settleRecord(tree, plan.record.key);
    if (!present) return buildAndPublish(tree, plan, signal);
    if (present.digest === plan.record.digest) return { id: present.place };
    throw new DmsError(
      'dms.object-differs',
      text({
        de: `Die Akte „${object.key}“ ist schon mit anderem Inhalt abgelegt.`,
        en: `File "${object.key}" is stored already with other content.`,
      }),
    );
  });
}

/**
 * Hands a file over again, in a folder of its own with a number; the index tells which one it replaces. What was handed
 * over before stays: the other system may be reading it, or may have taken it away. Written before and after as by
 * `storeFile`; until the renaming the earlier hand-over stands.
 * @param id place of any of its hand-overs
 * @returns the place of the new one
 */
export async function correctFile(tree: Tree, id: string, object: NewObject, signal: Signal): Promise<{ id: string }> {
  const plan = planObject(object, tree.folder, tree.index);
  const { key } = plan.record;
  const held = await tree.records.keyAt(id);
  if (held !== undefined && held !== key) throw otherFile(object.key, id);
  return tree.locked(key, signal, async () => {
    const present = await settleRecord(tree, key);
    if (!present || held === undefined) throw noSuchFile(id);
    if (present.digest === plan.record.digest) return { id: present.place };
    const { key: _key, state: _state, earlier, ...replaced } = present;
    const place = `${plan.record.place}~${earlier.length + 2}`;
    const record = { ...plan.record, place, earlier: [...earlier, replaced] };
    requireWritable(record, tree);
    return buildAndPublish(tree, { ...plan, record }, signal);
  });
}

/** A character that the encoding does not have would be a question mark in the index. */
function requireWritable(record: FolderRecord, { index }: Tree): void {
  if (index.format !== 'csv') return;
  const { headers, rows } = indexTable([record], index, '');
  for (const cell of [...headers, ...rows.flat()]) {
    const missing = missingCharacter(String(cell ?? ''), index.encoding);
    if (missing !== undefined) throw unwritable(record.key, missing, index.encoding);
  }
}

async function buildAndPublish(tree: Tree, plan: FolderPlan, signal: Signal): Promise<{ id: string }> {
  const { staging, records } = tree;
  const { record } = plan;
  const folder = await staging.claim();
  try {
    const built = join(folder, 'file');
    await build(tree, plan, built, signal);
    signal?.throwIfAborted();
    try {
      await records.write(record);
      await markDirty(tree, record);
      await publish(tree, record, built);
    } catch (error) {
      if (await exists(built)) await giveUp(tree, record);
      throw error;
    }
    await records.write({ ...record, state: 'published' });
    return { id: record.place };
  } finally {
    await staging.release(folder);
  }
}

async function build({ disk, index }: Tree, plan: FolderPlan, built: string, signal: Signal): Promise<void> {
  await disk.makeFolder(built);
  for (const [at, document] of plan.documents.entries()) {
    await copyDocument(document, join(built, plan.record.documents[at]?.stored ?? ''), disk, signal);
  }
  if (index.per === 'object' && index.format !== 'none') {
    const table = indexTable([plan.record], index, plan.record.place);
    await writeFile(join(built, `${index.name}.${index.format}`), writeIndex(table, index), disk);
  }
  await disk.syncFolder(built);
}

async function publish(tree: Tree, record: FolderRecord, built: string): Promise<void> {
  const { disk, records } = tree;
  const place = placeOf(tree, record);
  // In this order: what lies there is never ours, also for who finds the place taken by an ended process.
  if ((await exists(place)) || !(await records.take(record.place, record.key))) throw placeTaken(record);
  for (let attempt = 1; ; attempt++) {
    try {
      await disk.makeFolder(dirname(place));
      await disk.rename(built, place);
      break;
    } catch (error) {
      if (attempt === attempts || !hasErrorCode(error, 'ENOENT') || !(await exists(built))) throw error;
    }
  }
  const folders = record.place.split('/');
  for (let depth = folders.length - 1; depth >= 0; depth--) {
    await disk.syncFolder(join(tree.root, ...folders.slice(0, depth)));
  }
}

/** @throws DmsError dms.object-missing */
export function noSuchFile(id: string): DmsError {
  return new DmsError(
    'dms.object-missing',
    text({ de: `Der Ordner enthält keine Akte „${id}“.`, en: `The folder holds no file "${id}".` }),
  );
}

function otherFile(key: string, id: string): DmsError {
  return new DmsError(
    'dms.object-invalid',
    text({
      de: `Die Akte „${key}“ lässt sich nicht ablegen: Unter „${id}“ liegt eine andere.`,
      en: `File "${key}" cannot be stored: there is another one at "${id}".`,
    }),
  );
}

function placeTaken({ key, place }: FolderRecord): DmsError {
  return new DmsError(
    'dms.value-refused',
    text({
      de: `Der Platz „${place}“ für die Akte „${key}“ ist schon vergeben.`,
      en: `The place "${place}" for file "${key}" is taken already.`,
    }),
  );
}
