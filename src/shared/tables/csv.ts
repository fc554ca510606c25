import {
  type CsvLimits,
  type CsvReader,
  createCsvReader,
  type Delimiter,
  detectDelimiter,
  type Quote,
} from './csv-rows.ts';
import { type Encoding, InvalidBytes } from './decode.ts';
import { delimiterOfHeading, type HeadingPlace } from './heading.ts';
import type { RawRow, RawTable } from './raw-table.ts';
import type { TableSource } from './table-source.ts';
import { invalidBytes, openText, type TextSource } from './text-source.ts';

export interface CsvOptions {
  readonly encoding: Encoding | undefined;
  readonly delimiter: Delimiter | undefined;
  readonly quote: Quote | undefined;
  readonly heading?: HeadingPlace | undefined;
  readonly limits: CsvLimits;
}

/** Opens a text file of rows and cells; what the caller does not fix is detected. @throws TableError */
export async function openCsv(source: TableSource, options: CsvOptions): Promise<RawTable> {
  const text = await openText(source, { asked: options.encoding });
  const hint = delimiterHint(text.sample);
  const quote = options.quote ?? '"';
  // A table of one column has no delimiter: any will do.
  const delimiter =
    options.delimiter ??
    hint?.delimiter ??
    delimiterOfHeading(text.sample, text.isWhole, quote, options.heading) ??
    detectDelimiter(text.sample.slice(hint?.length), text.isWhole, quote) ??
    ';';
  const reader = createCsvReader({ delimiter, quote }, options.limits, hint ? 2 : 1);
  return {
    form: { encoding: text.encoding, delimiter },
    rows: readRows(text, hint?.length ?? 0, reader),
    lineEnds: () => reader.lineEnds,
  };
}

/** "sep=;" in the first line is an instruction to Excel, which does not show it as a row. */
function delimiterHint(sample: string): { delimiter: Delimiter; length: number } | undefined {
  const match = /^sep=([;,|\t])(\r\n|\n|\r)/i.exec(sample);
  return match ? { delimiter: match[1] as Delimiter, length: match[0].length } : undefined;
}

async function* readRows(text: TextSource, hintLength: number, reader: CsvReader): AsyncGenerator<RawRow, void, void> {
  let skip = hintLength;
  try {
    for await (const piece of text.pieces()) {
      yield* reader.write(piece.slice(skip));
      skip = 0;
    }
  } catch (error) {
    throw error instanceof InvalidBytes ? invalidBytes(error, text.encoding.encoding, reader.position) : error;
  }
  yield* reader.end();
}
