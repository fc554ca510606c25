/** How accepted files are laid down in plain folders; `dms` in scanlot.json (docs/dms/folder.md). */
export interface FolderSettings {
  readonly type: 'folder';
  /** The tree; made where it is missing. All of it lies on one file system. */
  readonly path: string;
  /** Folder below `path` for the files; "{department}" stands for index data. */
  readonly folder?: string;
  readonly index?: IndexSettings;
}

export const indexFormats = ['csv', 'json', 'xml', 'none'] as const;
export type IndexFormat = (typeof indexFormats)[number];
export type IndexEncoding = 'utf-8' | 'utf-8-bom' | 'windows-1252' | 'utf-16le';

/** The index that another system's importer reads. */
export interface IndexSettings {
  readonly format?: IndexFormat;
  /** One index for each file, for each batch, or for all files of a run. */
  readonly per?: 'object' | 'batch' | 'run';
  /** Name without ending; that of a batch or run is put behind it. */
  readonly name?: string;
  /** One row for each document, or for each file. */
  readonly rows?: 'document' | 'file';
  readonly encoding?: IndexEncoding;
  readonly delimiter?: ';' | ',' | '\t' | '|';
  /** keep: values exactly as they are. apostrophe: before what a spreadsheet would take for a formula (CSV only). */
  readonly formulas?: 'keep' | 'apostrophe';
  /** Header → what stands below it: docs/dms/folder.md. All fields of the mapping where nothing is said. */
  readonly columns?: Readonly<Record<string, string>>;
}

export const usualIndex = {
  format: 'csv',
  per: 'object',
  name: 'index',
  rows: 'document',
  encoding: 'utf-8-bom',
  delimiter: ';',
  formulas: 'keep',
} as const satisfies IndexSettings;

export type FullIndexSettings = Required<Omit<IndexSettings, 'columns'>> & Pick<IndexSettings, 'columns'>;
