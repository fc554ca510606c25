import type { ConnectionSettings } from '../http/connection.ts';

/** How to reach a CMIS repository and what to make of a file there; `dms` in scanlot.json (docs/dms/cmis.md). */
export interface CmisSettings extends ConnectionSettings {
  readonly type: 'cmis';
  /** Address of the Browser Binding's service document. */
  readonly url: string;
  /** Id of the repository; may be left out where the server has only one. */
  readonly repository?: string;
  /** Path of the folder for the files; "{department}" stands for index data. Made where it is missing. */
  readonly folder: string;
  readonly types?: { readonly file?: string; readonly document?: string };
  /** Property of the file's type that holds our own key: queryable text. */
  readonly keyProperty: string;
  /** Property id → path into the index data: "title", "profile.key"; for documents also "fields.Betreff". */
  readonly properties?: {
    readonly file?: Readonly<Record<string, string>>;
    readonly document?: Readonly<Record<string, string>>;
  };
  /** "major" for versionable types, else "none", where it is not said. */
  readonly versioningState?: 'none' | 'major' | 'minor';
}
