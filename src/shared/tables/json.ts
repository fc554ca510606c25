import type { Cell } from './cell.ts';
import { InvalidBytes } from './decode.ts';
import { createJsonScanner, JsonError, type JsonHandler, type JsonScalar, type JsonScanner } from './json-scanner.ts';
import type { RawRow, RecordTable } from './raw-table.ts';
import { createRecordBuilder, type RecordBuilder, type RecordRules } from './record-builder.ts';
import { TableError } from './table-error.ts';
import { invalidBytes, type TextSource } from './text-source.ts';

/** JSON: one list of records. JSON Lines: a record on each line, numbered by it. */
export type JsonForm = 'json' | 'jsonl';

/**
 * Reads records from JSON text (RFC 8259) as rows. Objects within a record give values named "outer.inner"; a list
 * within a record is no value, and told as such where it is asked for.
 * @param path keys that lead to the list of records: "delivery.documents"; lists on the way are gone through, too
 */
export function openJson(text: TextSource, form: JsonForm, path: string, rules: RecordRules): RecordTable {
  const steps = path === '' ? [] : path.split('.');
  const records = createRecordBuilder(steps.length, rules);
  return {
    form: { encoding: text.encoding },
    header: records.header,
    rows: readRows(text, { form, steps, path }, records, rules.limits.rowLength),
  };
}

interface Wanted {
  readonly form: JsonForm;
  readonly steps: readonly string[];
  readonly path: string;
}

async function* readRows(
  text: TextSource,
  wanted: Wanted,
  records: RecordBuilder,
  longest: number,
): AsyncGenerator<RawRow, void, void> {
  const rows: RawRow[] = [];
  const reader = createRecordReader(wanted, records, (row) => void rows.push(row));
  const scanner = createJsonScanner(reader.handler, longest);
  reader.watch(scanner);
  try {
    for await (const piece of text.pieces()) {
      scanner.write(piece);
      yield* rows.splice(0);
    }
    scanner.end();
  } catch (error) {
    yield* rows.splice(0);
    throw asTableError(error, text, reader.row(), scanner);
  }
  yield* rows.splice(0);
  if (!reader.found()) throw new TableError({ code: 'records-not-found', args: { path: wanted.path } });
}

function asTableError(error: unknown, text: TextSource, row: number, { place }: JsonScanner): unknown {
  if (error instanceof InvalidBytes) return invalidBytes(error, text.encoding.encoding, { row, line: place.line });
  if (!(error instanceof JsonError)) return error;
  return new TableError({ code: 'json-invalid', args: { row, ...error.place, mistake: error.mistake } });
}

/**
 * A container that is open. Those on the way to the records have a level (steps taken so far), others none: "flat" is
 * an object within a level, whose values get its name before theirs; "skipped" is a list within one, and all in it.
 */
interface Frame {
  readonly kind: 'object' | 'array';
  readonly role: 'way' | 'flat' | 'skipped';
  readonly level: number;
  readonly prefix: string;
  key: string;
}

interface RecordReader {
  readonly handler: JsonHandler;
  watch(scanner: JsonScanner): void;
  /** The row that is being read. */
  row(): number;
  /** Whether the place of the records was found at all. */
  found(): boolean;
}

function createRecordReader(
  { form, steps, path }: Wanted,
  records: RecordBuilder,
  emit: (row: RawRow) => void,
): RecordReader {
  const frames: Frame[] = [];
  let scanner: JsonScanner | undefined;
  let start = 1;
  let lastLine = 0;
  let isFound = false;
  let hasTop = false;
  const line = () => scanner?.place.line ?? 1;
  const row = () => (form === 'jsonl' ? line() : records.count + 1);
  const refuse = (): never => {
    throw new TableError({ code: 'record-expected', args: { row: row(), line: line(), path } });
  };
  const isStep = ({ role, level, key }: Frame) => role === 'way' && level < steps.length && key === steps[level];
  const topFrame = (kind: Frame['kind']): Frame => {
    if (form === 'jsonl' && kind === 'array') return refuse();
    // A JSON text is one value (RFC 8259, 2): what follows was joined to it.
    if (form === 'json' && hasTop) throw new JsonError('unexpected', scanner?.place ?? { line: 1, column: 1 });
    hasTop = true;
    return { kind, role: 'way', level: 0, prefix: '', key: '' };
  };
  /** What a container that opens now is, by the one around it. */
  const frameFor = (kind: Frame['kind']): Frame => {
    const outer = frames.at(-1);
    const onWay = (level: number): Frame => ({ kind, role: 'way', level, prefix: '', key: '' });
    if (!outer) return topFrame(kind);
    if (outer.role === 'skipped') return { ...outer, kind };
    if (outer.role === 'way' && outer.kind === 'array') return kind === 'array' ? refuse() : onWay(outer.level);
    if (isStep(outer)) return onWay(outer.level + 1);
    const role = kind === 'array' ? 'skipped' : 'flat';
    return { kind, role, level: outer.level, prefix: `${outer.prefix}${outer.key}.`, key: '' };
  };
  const openContainer = (kind: Frame['kind']): void => {
    const outer = frames.at(-1);
    const frame = frameFor(kind);
    if (frame.role === 'way' && frame.level === steps.length) isFound = true;
    if (frame.role === 'way' && kind === 'object') {
      records.open();
      if (frame.level === steps.length) start = line();
    }
    if (frame.role === 'skipped' && outer && outer.role !== 'skipped')
      putValue(outer, { error: '[…]', reason: 'list' });
    frames.push(frame);
  };
  const putValue = (frame: Frame, cell: Cell): void => {
    if (frame.role !== 'skipped') records.put(frame.prefix + frame.key, cell);
  };
  const closeContainer = (): void => {
    const frame = frames.pop();
    if (frame?.role !== 'way' || frame.kind !== 'object') return;
    const number = form === 'jsonl' ? start : records.count + 1;
    const cells = records.close();
    if (!cells) return;
    if (form === 'jsonl') {
      // A record of JSON Lines has its line for itself: only so is its number its own.
      if (start !== line()) throw new TableError({ code: 'records-not-found', args: { path } });
      if (start === lastLine) throw new JsonError('unexpected', scanner?.place ?? { line: start, column: 1 });
      lastLine = start;
    }
    emit({ row: number, line: start, cells });
  };
  const value = (written: JsonScalar): void => {
    const frame = frames.at(-1);
    if (!frame) refuse();
    else if (frame.kind === 'array') {
      if (frame.role === 'way' && written !== null) refuse();
    } else if (isStep(frame)) {
      if (written !== null) refuse();
    } else putValue(frame, written ?? '');
  };
  return {
    handler: {
      open: openContainer,
      close: closeContainer,
      key: (name) => {
        const frame = frames.at(-1);
        if (frame) frame.key = name;
      },
      value,
    },
    watch: (watched) => {
      scanner = watched;
    },
    row,
    found: () => isFound,
  };
}
