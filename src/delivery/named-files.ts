import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve, sep } from 'node:path';
import type { Observation } from '../findings/finding.ts';
import { observe } from '../findings/observe.ts';
import { openDirectory } from './directory.ts';
import type { PackageEntry } from './package-reader.ts';

/** A file that a person named, or that lies in a folder she named. */
export interface NamedFile {
  /** As she named it, followed by the path in the folder; "/" between folders. */
  readonly path: string;
  /** Where to open it, or why it cannot be opened. */
  readonly file: string | Observation;
  /** Bytes. */
  readonly size: number;
}

/**
 * The files at these paths, one by one, in their order; folders with all that is in them, in the order of names.
 * What cannot be read is told, never left out and never thrown. Links are followed only where she named them herself.
 * @param base the folder that relative paths start from
 */
export async function* namedFiles(
  paths: readonly string[],
  base: string,
  signal?: AbortSignal,
): AsyncIterable<NamedFile> {
  for (const path of paths) {
    const location = isAbsolute(path) ? path : resolve(base, path);
    const place = placeOf(location);
    if (place.kind === 'folder') yield* filesIn(path, location, signal);
    else yield { path: path.split(sep).join('/'), file: place.file, size: place.size };
  }
}

type Place = { kind: 'folder' } | { kind: 'file'; file: string | Observation; size: number };

function placeOf(location: string): Place {
  try {
    const stats = statSync(location);
    if (stats.isDirectory()) return { kind: 'folder' };
    return { kind: 'file', file: realpathSync(location), size: stats.isFile() ? stats.size : 0 };
  } catch {
    // Opening it will tell why.
    return { kind: 'file', file: location, size: 0 };
  }
}

async function* filesIn(path: string, location: string, signal: AbortSignal | undefined): AsyncIterable<NamedFile> {
  const reader = openDirectory(location);
  const prefix = path.split(sep).join('/').replace(/\/+$/, '');
  try {
    for await (const entry of reader.list(signal)) {
      if (entry.kind === 'folder') continue;
      yield {
        path: entry.path === '' ? prefix || '/' : `${prefix}/${entry.path}`,
        file: obstacleOf(entry) ?? join(location, entry.path),
        size: entry.size,
      };
    }
  } finally {
    await reader.close();
  }
}

function obstacleOf({ kind, undecodable, cause }: PackageEntry): Observation | undefined {
  if (kind === 'unreadable') return observe('file.unreadable', { cause: cause ?? 'EIO' });
  if (kind === 'link') return observe('file.not-regular', { type: 'link' });
  if (kind !== 'file') return observe('file.not-regular', { type: 'special' });
  return undecodable ? observe('name.not-utf8', {}) : undefined;
}
