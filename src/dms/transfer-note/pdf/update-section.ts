import { createHash } from 'node:crypto';
import { Name } from '../../../inspection/pdf/names.ts';
import { type Dictionary, isArray, isCount, type PdfValue, Ref } from '../../../inspection/pdf/values.ts';
import { isXrefDictionary } from '../../../inspection/pdf/xref-stream.ts';
import { ObstacleFound } from './obstacle.ts';
import { serialise } from './serialise.ts';

/** An object that an update adds, or puts in the place of an older one. */
export interface UpdatedObject {
  readonly ref: Ref;
  /** Of a stream, its dictionary without /Length. */
  readonly value: PdfValue;
  /** Data of a stream, written as they are. */
  readonly data?: Uint8Array;
}

/** What an update stands on. */
export interface UpdateBase {
  /** Length of the file before, in bytes. */
  readonly size: number;
  /** Offset of its newest cross-reference section. */
  readonly startxref: number;
  readonly trailer: Dictionary;
  /** First object number that nothing has. */
  readonly nextNumber: number;
}

/** Offsets of a cross-reference table have ten digits (ISO 32000-2, 7.5.4). */
const farthestTableOffset = 9_999_999_999;
const highestGeneration = 65_535;

/**
 * An incremental update (ISO 32000-2, 7.5.6): the bytes to append to the file. Its cross-reference is of the same kind as
 * the newest one of the file, as 7.5.8.4 asks for. Equal arguments give equal bytes.
 */
export function updateSection(base: UpdateBase, objects: readonly UpdatedObject[]): Buffer {
  const parts: Buffer[] = [Buffer.from('\n')];
  let length = 1;
  const append = (bytes: Uint8Array | string): void => {
    const part = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
    parts.push(part);
    length += part.length;
  };
  const places = objects.map((object): Place => {
    const place = { ref: object.ref, offset: base.size + length };
    appendObject(object, append);
    return place;
  });
  const id = newId(base.trailer, parts);
  const startxref = base.size + length;
  if (objects.some(({ ref }) => ref.generation > highestGeneration)) throw new ObstacleFound('damaged');
  if (startxref > farthestTableOffset && !isXrefDictionary(base.trailer)) throw new ObstacleFound('too-large');
  if (isXrefDictionary(base.trailer)) appendXrefStream(base, places, id, startxref, append);
  else appendTable(base, places, id, append);
  append(`startxref\n${startxref}\n%%EOF\n`);
  return Buffer.concat(parts);
}

interface Place {
  readonly ref: Ref;
  readonly offset: number;
}

type Append = (bytes: Uint8Array | string) => void;

function appendObject({ ref, value, data }: UpdatedObject, append: Append): void {
  append(`${ref.number} ${ref.generation} obj\n`);
  if (data === undefined) append(serialise(value));
  else {
    const entries = value instanceof Map ? value : new Map<string, PdfValue>();
    append(`${serialise(new Map([...entries, ['Length', data.length]]))}\nstream\n`);
    append(data);
    append('\nendstream');
  }
  append('\nendobj\n');
}

/** The first half names the document and stays, the second its state (14.4): here a digest of what is new. */
function newId(trailer: Dictionary, parts: readonly Buffer[]): PdfValue {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  const state = new Uint8Array(hash.digest().subarray(0, 16));
  const known = trailer.get('ID');
  const first = isArray(known) ? known[0] : undefined;
  return [first instanceof Uint8Array && first.length > 0 ? first : state, state];
}

/** Entries that belong to a section and not to the document. */
const ownEntries = ['Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'F', 'FFilter', 'FDecodeParms', 'DL'];
const replacedEntries = ['Size', 'Prev', 'XRefStm', 'ID'];

function trailerEntries(base: UpdateBase, id: PdfValue, size: number): Map<string, PdfValue> {
  const kept = [...base.trailer].filter(([key]) => !ownEntries.includes(key) && !replacedEntries.includes(key));
  return new Map<string, PdfValue>([...kept, ['Size', size], ['Prev', base.startxref], ['ID', id]]);
}

function appendTable(base: UpdateBase, places: readonly Place[], id: PdfValue, append: Append): void {
  append('xref\n');
  for (const [first, run] of runsOf(places)) {
    append(`${first} ${run.length}\n`);
    for (const { offset, ref } of run) {
      append(`${String(offset).padStart(10, '0')} ${String(ref.generation).padStart(5, '0')} n \n`);
    }
  }
  append(`trailer\n${serialise(trailerEntries(base, id, sizeFor(base, places)))}\n`);
}

function appendXrefStream(
  base: UpdateBase,
  places: readonly Place[],
  id: PdfValue,
  startxref: number,
  append: Append,
): void {
  const own = new Ref(Math.max(base.nextNumber, sizeFor(base, places)), 0);
  const all = [...places, { ref: own, offset: startxref }];
  const runs = runsOf(all);
  const width = widthOf(startxref);
  const rows = runs.flatMap(([, run]) => run.map(({ ref, offset }) => row(offset, ref.generation, width)));
  const value = new Map<string, PdfValue>([
    ['Type', new Name('XRef')],
    ['W', [1, width, 2]],
    ['Index', runs.flatMap(([first, run]) => [first, run.length])],
    ...trailerEntries(base, id, sizeFor(base, all)),
  ]);
  appendObject({ ref: own, value, data: Buffer.concat(rows) }, append);
}

/** /Size: one more than the highest object number, and never less than it was. */
function sizeFor({ trailer }: UpdateBase, places: readonly Place[]): number {
  const before = trailer.get('Size');
  return Math.max(isCount(before) ? before : 0, ...places.map(({ ref }) => ref.number + 1));
}

function runsOf(places: readonly Place[]): [first: number, run: Place[]][] {
  const runs: [number, Place[]][] = [];
  for (const place of [...places].sort((one, other) => one.ref.number - other.ref.number)) {
    const last = runs.at(-1);
    if (last && last[0] + last[1].length === place.ref.number) last[1].push(place);
    else runs.push([place.ref.number, [place]]);
  }
  return runs;
}

function widthOf(offset: number): number {
  return Math.ceil(offset.toString(16).length / 2);
}

/** An object in the file (7.5.8.3, table 18): type 1, offset, generation. */
function row(offset: number, generation: number, width: number): Buffer {
  const bytes = Buffer.alloc(width + 3);
  bytes[0] = 1;
  bytes.writeUIntBE(offset, 1, width);
  bytes.writeUInt16BE(generation, 1 + width);
  return bytes;
}
