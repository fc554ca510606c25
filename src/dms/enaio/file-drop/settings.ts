import type { ConnectionSettings } from '../../http/connection.ts';

/** Files for enaio's automatic import; `dms` in scanlot.json with the service "file-drop" (docs/dms/enaio.md). */
export interface FileDropSettings extends Partial<ConnectionSettings> {
  readonly type: 'enaio';
  readonly service: 'file-drop';
  /** Path of the folder that the import reads. */
  readonly dropFolder: string;
  /** The same folder as the machine with the import sees it; the same path where nothing is said. */
  readonly dropFolderInEnaio?: string;
  readonly dropFormat?: 'text' | 'xml';
  /** Names of the cabinet and of the object types, as the import knows them. */
  readonly names: { readonly cabinet: string; readonly file: string; readonly document: string };
  /** Name of the file's field with our own key. */
  readonly keyField: string;
  /** Name of the document's field by which a document is found again. */
  readonly documentKeyField: string;
  /** Object type ids, for reading back by the DMS service. */
  readonly types?: { readonly document?: string };
  /** Name of a field → path into the index data. */
  readonly fields?: {
    readonly file?: Readonly<Record<string, string>>;
    readonly document?: Readonly<Record<string, string>>;
  };
  readonly dateFormat?: 'iso' | 'german';
}
