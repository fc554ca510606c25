import type { ByteSource } from '../byte-source.ts';
import type { Field, Layout } from './directory.ts';
import { typeSizes } from './tags.ts';

const [BYTE, SHORT, LONG, RATIONAL, IFD, LONG8, IFD8] = [1, 3, 4, 5, 13, 16, 18];
const [SBYTE, SSHORT, SLONG, SRATIONAL, FLOAT, DOUBLE, SLONG8] = [6, 8, 9, 10, 11, 12, 17];

/**
 * The integers of a field. Some writers choose a signed type for them: the value counts, as libtiff reads it, unless it
 * is negative, which nothing is that the inspection reads.
 * @param from index of the first value wanted
 * @param length how many are wanted; fewer come back at the field's end
 * @returns undefined where the field is missing, of a type that holds no integers, or one of them is negative
 */
export function readIntegers(
  source: ByteSource,
  { littleEndian }: Layout,
  field: Field | undefined,
  from: number,
  length: number,
): number[] | undefined {
  if (!field) return undefined;
  const read = integerReaders[field.type];
  if (!read) return undefined;
  const size = typeSizes[field.type] ?? 1;
  const count = Math.max(0, Math.min(length, field.count - from));
  const bytes = source.read(field.position + from * size, count * size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: number[] = [];
  for (let at = 0; at + size <= view.byteLength; at += size) values.push(read(view, at, littleEndian));
  return values.some((value) => value < 0) ? undefined : values;
}

type IntegerReader = (view: DataView, at: number, littleEndian: boolean) => number;

const readLong: IntegerReader = (view, at, littleEndian) => view.getUint32(at, littleEndian);
const readLong8: IntegerReader = (view, at, littleEndian) => Number(view.getBigUint64(at, littleEndian));

const integerReaders: Readonly<Record<number, IntegerReader>> = {
  [BYTE]: (view, at) => view.getUint8(at),
  [SHORT]: (view, at, littleEndian) => view.getUint16(at, littleEndian),
  [LONG]: readLong,
  [IFD]: readLong,
  [LONG8]: readLong8,
  [IFD8]: readLong8,
  [SBYTE]: (view, at) => view.getInt8(at),
  [SSHORT]: (view, at, littleEndian) => view.getInt16(at, littleEndian),
  [SLONG]: (view, at, littleEndian) => view.getInt32(at, littleEndian),
  [SLONG8]: (view, at, littleEndian) => Number(view.getBigInt64(at, littleEndian)),
};

/** The first unsigned integer of a field; undefined where there is none. */
export function readInteger(source: ByteSource, layout: Layout, field: Field | undefined): number | undefined {
  return readIntegers(source, layout, field, 0, 1)?.[0];
}

/**
 * The first value of a field that holds fractions, mostly a RATIONAL, by some writers a FLOAT or an integer; undefined
 * where it is missing or no positive finite number.
 */
export function readFraction(source: ByteSource, layout: Layout, field: Field | undefined): number | undefined {
  const value = field && field.count > 0 ? readNumber(source, layout, field) : undefined;
  return value !== undefined && value > 0 && Number.isFinite(value) ? value : undefined;
}

function readNumber(source: ByteSource, layout: Layout, field: Field): number | undefined {
  const { type, position } = field;
  if (type === FLOAT || type === DOUBLE) {
    const bytes = source.read(position, typeSizes[type] ?? 0);
    if (bytes.length !== typeSizes[type]) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return type === FLOAT ? view.getFloat32(0, layout.littleEndian) : view.getFloat64(0, layout.littleEndian);
  }
  if (type !== RATIONAL && type !== SRATIONAL) return readInteger(source, layout, field);
  const parts = { ...field, type: type === RATIONAL ? LONG : SLONG, count: 2 };
  const [numerator = 0, denominator = 0] = readIntegers(source, layout, parts, 0, 2) ?? [];
  return numerator / denominator;
}
