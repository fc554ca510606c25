import type { Cell } from './cell.ts';
import type { Delimiter, LineEnds, Position } from './csv-rows.ts';
import type { Encoding, EncodingEvidence } from './decode.ts';

/** The encoding that a text file is read in, how it became known, and whether a byte order mark stands before it. */
export interface CsvEncoding {
  readonly encoding: Encoding;
  readonly evidence: EncodingEvidence;
  readonly mark: boolean;
}

/** What is told about a table beside its rows. */
export interface TableForm {
  /** Of a text file. */
  readonly encoding?: CsvEncoding;
  readonly delimiter?: Delimiter;
  /** Of a workbook: the sheet that is read, and all it has. */
  readonly sheet?: string;
  readonly sheets?: readonly string[];
}

export interface RawRow extends Position {
  readonly cells: Cell[];
}

/** What the readers of tables give: all rows, the header among them. */
export interface RawTable {
  readonly form: TableForm;
  readonly rows: AsyncGenerator<RawRow, void, void>;
  /** Of a text file: how the rows read so far end. */
  readonly lineEnds?: () => LineEnds;
}

/** What the readers of records (JSON, XML) give: no row is a header; names turn up while reading. */
export interface RecordTable extends RawTable {
  /** Grows while rows are read. A row's cells follow it as far as it was known then. */
  readonly header: readonly string[];
}
