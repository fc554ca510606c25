import type { ConnectionSettings } from '../http/connection.ts';

/** How to reach enaio and what to make of a file there; `dms` in scanlot.json (docs/dms/enaio.md). */
export interface EnaioSettings extends ConnectionSettings {
  readonly type: 'enaio';
  /** The DMS service (`/api/dms`) or the older OSRest (`/osrest/api`), both below `url`, the gateway. */
  readonly service: 'dms' | 'osrest';
  /** Object type ids: numbers as text. A file is a folder or a register. */
  readonly types: { readonly file: string; readonly document: string };
  /** Further types that a mapping makes files: they have the same key and state fields. */
  readonly otherFileTypes?: readonly string[];
  /** Folders and registers above the file, from the outermost: found by their key, or made. */
  readonly levels?: readonly LevelSettings[];
  /** Field of the file's type that holds our own key. */
  readonly keyField: string;
  /** Field of the file's type that tells whether the file is complete; at least 100 characters. */
  readonly stateField: string;
  /** Field of the document's type by which a document is found whose insertion was not answered; 40 characters. */
  readonly documentKeyField: string;
  /** Field id → path into the index data: "title", "profile.key"; for documents also "fields.Betreff". */
  readonly fields?: {
    readonly file?: Readonly<Record<string, string>>;
    readonly document?: Readonly<Record<string, string>>;
  };
  /** How dates are written; "iso" for the DMS service and "german" for OSRest where nothing is said. */
  readonly dateFormat?: 'iso' | 'german';
  /** How long a search may not know what has just been stored, in seconds. */
  readonly searchLagSeconds?: number;
  /** Removes for good instead of into the recycle bin. */
  readonly hardDelete?: boolean;
}

/** A folder or register above the files; "{department}" in the key stands for index data. */
export interface LevelSettings {
  readonly type: string;
  readonly keyField: string;
  readonly key: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** All types that files are of; the first is meant where nothing else is said. */
export function fileTypes({ types, otherFileTypes = [] }: EnaioSettings): readonly string[] {
  return [...new Set([types.file, ...otherFileTypes])];
}
