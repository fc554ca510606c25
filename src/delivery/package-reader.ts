import type { ContentLocation } from '../inspection/content.ts';
import type { Bag } from './bagit/bag.ts';

/** Forms in which a delivery arrives; a bag may lie in a folder or in a zip file. */
export const packageForms = ['folder', 'zip', 'bagit'] as const;
export type PackageForm = (typeof packageForms)[number];

/** `refused`: its container holds it in a way that a finding tells, and it is not read. */
export type EntryKind = 'file' | 'folder' | 'link' | 'pipe' | 'socket' | 'device' | 'unreadable' | 'refused';

/** One thing in a package. Plain data, kept for every entry of packages of any size: few fields. */
export interface PackageEntry {
  /** Path in the package as stored, "/" between folders, not normalised; bytes that are no UTF-8 appear as "\xE4". */
  readonly path: string;
  readonly kind: EntryKind;
  /** Bytes; 0 for all but files. */
  readonly size: number;
  /** Changes whenever the content was written: the modification time in milliseconds in a directory. */
  readonly stamp: number;
  /** The path cannot be written as text: the entry is told, and not opened. */
  readonly undecodable?: boolean;
  /** Error code of the operating system, when unreadable. */
  readonly cause?: string;
}

/**
 * A delivery in one of its forms. All checks see packages through this interface alone, so that a package yields the
 * same findings in each form.
 *
 * Calls may overlap. After `close` nothing else may be called.
 */
export interface PackageReader {
  readonly form: PackageForm;
  /** Where the package lies, as the user named it. */
  readonly location: string;
  /**
   * Every entry but the top folder, folders before their content, in a stable order; links are not followed. What cannot
   * be read is an entry of kind `unreadable`, not an exception. May be called again to see what has changed.
   */
  list(signal?: AbortSignal): AsyncIterable<PackageEntry>;
  /** Where the entry's bytes lie, for the inspection and for openContent. Only for kind `file`. */
  content(entry: PackageEntry): ContentLocation;
  /** What the package says of itself, where it is a BagIt bag: its entries are the bag's payload then. */
  readonly bag?: Bag;
  /** Names of the zip files that are no longer what they were when the package was opened. */
  changedContainers(): readonly string[];
  close(): Promise<void>;
}
