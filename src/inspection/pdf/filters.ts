import { constants, inflateSync } from 'node:zlib';
import { decodeAscii85 } from './ascii85.ts';
import { asBuffer } from './characters.ts';
import { PdfDamage } from './damage.ts';
import { decodeHex } from './lexer.ts';
import { limits, type WorkBudget } from './limits.ts';
import { decodeLzw } from './lzw.ts';
import { Name } from './names.ts';
import { type PredictorParameters, removePredictor } from './predictors.ts';
import { decodeRunLength } from './run-length.ts';
import { type Dictionary, isArray, isDictionary, type PdfValue } from './values.ts';

/** Follows a reference to its value; direct values are returned as they are. */
export type Resolve = (value: PdfValue | undefined) => PdfValue | undefined;

export interface Filter {
  readonly name: string;
  readonly parameters: Dictionary;
}

const mostFilters = 16;

/** The filters of a stream in the order of decoding, their abbreviations (8.9.7) written out, parameters resolved. */
export function filtersOf(dictionary: Dictionary, resolve: Resolve): readonly Filter[] {
  const filter = resolve(dictionary.get('Filter'));
  const parameters = resolve(dictionary.get('DecodeParms') ?? dictionary.get('DP'));
  if (filter instanceof Name && parameters === undefined) return plainFilter(filter.text);
  const names = isArray(filter) ? filter : filter === undefined ? [] : [filter];
  if (names.length > mostFilters) throw PdfDamage.of('stream-unreadable');
  return names.map((value, index) => {
    const name = resolve(value);
    const own = resolve(isArray(parameters) ? parameters[index] : index === 0 ? parameters : undefined);
    if (!(name instanceof Name)) throw PdfDamage.of('stream-unreadable');
    return { name: writtenOut(name.text), parameters: isDictionary(own) ? parametersOf(own, resolve) : new Map() };
  });
}

/** What filters and predictors ask for (7.4, tables 8 and 14): a dictionary may hold any number of entries beside. */
const knownParameters = ['Predictor', 'Colors', 'BitsPerComponent', 'Columns', 'EarlyChange', 'Name'] as const;

function parametersOf(own: Dictionary, resolve: Resolve): Dictionary {
  const stated = knownParameters.filter((key) => own.has(key));
  return new Map(stated.map((key) => [key, resolve(own.get(key)) ?? null]));
}

/** One filter without parameters, as nearly every stream has it; kept, for it is asked for several times a page. */
function plainFilter(name: string): readonly Filter[] {
  const known = plainFilters.get(name);
  if (known) return known;
  const filters = [{ name: writtenOut(name), parameters: new Map<string, PdfValue>() }];
  if (plainFilters.size < mostFilters) plainFilters.set(name, filters);
  return filters;
}

const plainFilters = new Map<string, readonly Filter[]>();

function writtenOut(name: string): string {
  return abbreviations.get(name) ?? name;
}

const abbreviations: ReadonlyMap<string, string> = new Map([
  ['Fl', 'FlateDecode'],
  ['LZW', 'LZWDecode'],
  ['AHx', 'ASCIIHexDecode'],
  ['A85', 'ASCII85Decode'],
  ['RL', 'RunLengthDecode'],
  ['CCF', 'CCITTFaxDecode'],
  ['DCT', 'DCTDecode'],
]);

/**
 * Decodes the data of a stream. `stored` may be a view that is overwritten later: the result never shares its memory.
 * @param budget pays for what each filter puts out: it may be far more than the last one does
 * @throws PdfDamage 'stream-unreadable' for damaged data and for the filters of images,
 * 'too-complex' above the limit.
 */
export function decodeStream(stored: Uint8Array, filters: readonly Filter[], budget: WorkBudget): Uint8Array {
  let data = stored;
  for (const filter of filters) {
    data = decodeOnce(data, filter);
    budget.spend(data.length);
  }
  return data === stored ? new Uint8Array(stored) : data;
}

function decodeOnce(data: Uint8Array, filter: Filter): Uint8Array {
  switch (filter.name) {
    case 'FlateDecode':
      return removePredictor(inflate(data), predictorOf(filter));
    case 'ASCIIHexDecode':
      return decodeHex(untilMark(data, 0x3e));
    case 'ASCII85Decode':
      return decodeAscii85(untilMark(data, 0x7e));
    case 'LZWDecode':
      return removePredictor(decodeLzw(data, numberOf(filter, 'EarlyChange', 1) !== 0), predictorOf(filter));
    case 'RunLengthDecode':
      return decodeRunLength(data);
    case 'Crypt':
      return data;
    default:
      throw PdfDamage.of('stream-unreadable');
  }
}

/**
 * Small data that were unpacked lately, by the packed bytes: pages that show one picture each have the same content, in
 * one file and in the next. Bounded by `remembered`.
 */
const unpacked = new Map<string, Uint8Array>();
const remembered = { entries: 64, packedBytes: 128, bytes: 1024 } as const;

function inflate(data: Uint8Array): Uint8Array {
  if (data.length > remembered.packedBytes) return inflateNew(data);
  const key = asBuffer(data).toString('latin1');
  const known = unpacked.get(key);
  if (known) return known.slice();
  const result = inflateNew(data);
  if (result.length > remembered.bytes) return result;
  if (unpacked.size >= remembered.entries) unpacked.clear();
  unpacked.set(key, result.slice());
  return result;
}

function inflateNew(data: Uint8Array): Uint8Array {
  // Nothing is packed as nothing by some writers: a page without content.
  if (data.length === 0) return data;
  try {
    const finishFlush = endsFlushed(data) ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
    return inflateSync(data, { maxOutputLength: limits.decodedBytes, finishFlush });
  } catch (error) {
    // Node names the limit by a RangeError, and damage by an Error of zlib.
    throw PdfDamage.of(error instanceof RangeError ? 'too-complex' : 'stream-unreadable');
  }
}

/**
 * Acrobat saves streams without a last block: they end with an empty stored block behind all the others (RFC 1951,
 * 3.2.4), which says that everything before it is complete.
 */
function endsFlushed(data: Uint8Array): boolean {
  return flushMark.every((byte, index) => data[data.length - flushMark.length + index] === byte);
}

const flushMark = [0, 0, 0xff, 0xff];

function untilMark(data: Uint8Array, mark: number): Uint8Array {
  const end = data.indexOf(mark);
  return end < 0 ? data : data.subarray(0, end);
}

function predictorOf(filter: Filter): PredictorParameters {
  return {
    predictor: numberOf(filter, 'Predictor', 1),
    colors: numberOf(filter, 'Colors', 1),
    bitsPerComponent: numberOf(filter, 'BitsPerComponent', 8),
    columns: numberOf(filter, 'Columns', 1),
  };
}

function numberOf(filter: Filter, key: string, preset: number): number {
  const value = filter.parameters.get(key);
  return typeof value === 'number' ? value : preset;
}
