import type { ByteSource } from '../byte-source.ts';
import type { Field, Layout } from './directory.ts';
import { typeSizes } from './tags.ts';

const [SHORT, LONG, RATIONAL, BYTE, IFD, LONG8, IFD8] = [3, 4, 5, 1, 13, 16, 18];

/**
 * The unsigned integers of a field.
 * @param from index of the first value wanted
 * @param length how many are wanted; fewer come back at the field's end
 * @returns undefined where the field is missing or of a type that holds no unsigned integers
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
  return values;
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
};

/** The first unsigned integer of a field; undefined where there is none. */
export function readInteger(source: ByteSource, layout: Layout, field: Field | undefined): number | undefined {
  return readIntegers(source, layout, field, 0, 1)?.[0];
}

/** The first value of a RATIONAL field; undefined where it is missing or names no positive finite number. */
export function readRational(source: ByteSource, layout: Layout, field: Field | undefined): number | undefined {
  if (field?.type !== RATIONAL) return undefined;
  const parts = readIntegers(source, layout, { ...field, type: LONG, count: 2 }, 0, 2);
  const [numerator = 0, denominator = 0] = field.count > 0 ? (parts ?? []) : [];
  return numerator > 0 && denominator > 0 ? numerator / denominator : undefined;
}
