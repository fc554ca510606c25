import { createThreads } from './threads.ts';

/** A small file that does not exist yet. */
export interface SmallFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** New folders, each in one that is there or comes before it, and new small files in them. */
export interface SmallTree {
  readonly folders: readonly string[];
  readonly files: readonly SmallFile[];
}

/** A file system that is busy lets each of these steps wait: several trees wait at once, and nobody waits for them. */
const threads = createThreads<SmallTree, undefined>(
  2,
  `
const { mkdirSync, writeFileSync } = require('node:fs');
function answer({ folders, files }) {
  for (const folder of folders) mkdirSync(folder);
  for (const { path, bytes } of files) writeFileSync(path, bytes, { flag: 'wx' });
}`,
);

/** Writes a whole tree in another thread: one message takes less than a thread for each step. */
export async function writeTree(tree: SmallTree): Promise<void> {
  await threads.ask(tree);
}
