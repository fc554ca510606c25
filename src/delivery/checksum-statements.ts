import { createChecksumBlock } from './checksum-block.ts';
import { type ChecksumLine, isSidecarFrame, readChecksumLine, readSidecar } from './checksum-line.ts';
import { type ListReader, readListHeading } from './checksum-list.ts';

/** What a line of a checksum file states: a digest, or that none can be read from it. */
export type Statement =
  | (ChecksumLine & { readonly line: number })
  | { readonly line: number; readonly unusable: string };

/** Reads the lines of one checksum file in their order. */
export interface StatementReader {
  /** @param line its number, from 1 */
  read(text: string, line: number): Iterable<Statement>;
  /** What the last lines state, once there are no more. */
  end(): Iterable<Statement>;
}

/**
 * Checksum lines, each for itself; or what stands below a heading (hashdeep, PowerShell, CSV), or in labelled blocks.
 * @param path of the checksum file
 */
export function createStatementReader(path: string): StatementReader {
  const block = createChecksumBlock();
  let below: ListReader | undefined;
  let hasRead = false;
  const closeBlock = function* (): Iterable<Statement> {
    const closed = block.close();
    if (!closed) return;
    const { line, text, read } = closed;
    yield read ? { ...read, line } : { line, unusable: text };
  };
  const readHeading = (text: string): boolean => {
    // Below the first digest only hashdeep writes headings: where its lists were joined.
    if (hasRead && !text.startsWith('%%%% ')) return false;
    const heading = readListHeading(text);
    if (heading) below = heading.reader;
    return heading !== undefined;
  };
  const readBelow = function* (text: string, line: number, reader: ListReader): Iterable<Statement> {
    const found = reader(text);
    if (found === 'unusable') yield { line, unusable: text };
    else for (const said of found) yield { ...said, line };
  };
  return {
    *read(text, line) {
      const isBlank = text.trim() === '';
      if (isBlank || block.startsAnew(text)) yield* closeBlock();
      if (isBlank || text.startsWith('#') || isSidecarFrame(text, path)) return;
      const said = below ? undefined : (readChecksumLine(text, path) ?? readSidecar(text, path));
      if (said) {
        hasRead = true;
        yield { ...said, line };
      } else if (!readHeading(text) && !(below === undefined && block.take(text, line))) {
        if (!below) return void (yield { line, unusable: text });
        hasRead = true;
        yield* readBelow(text, line, below);
      }
    },
    end: closeBlock,
  };
}
