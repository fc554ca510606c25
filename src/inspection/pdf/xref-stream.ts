import { PdfDamage } from './damage.ts';
import { Name } from './names.ts';
import { type Dictionary, isArray, isCount, type PdfValue } from './values.ts';

/** @param kind 0 free, 1 in the file, 2 in an object stream; fields two and three as in ISO 32000-2, table 18. */
export type StreamEntry = (number: number, kind: number, second: number, third: number) => void;

/**
 * Reads the entries of a cross-reference stream (ISO 32000-2, 7.5.8) from its decoded data.
 * @throws PdfDamage 'xref-unreadable' also when there is more or less data than the dictionary announces: a wrong
 * /Index would otherwise give objects the places of others.
 */
export function readXrefStreamEntries(dictionary: Dictionary, data: Uint8Array, onEntry: StreamEntry): void {
  const widths = countsOf(dictionary.get('W'));
  const [kindWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const width = kindWidth + secondWidth + thirdWidth;
  const size = dictionary.get('Size');
  const index = dictionary.has('Index') ? countsOf(dictionary.get('Index')) : [0, isCount(size) ? size : 0];
  let announced = 0;
  for (let at = 1; at < index.length; at += 2) announced += index[at] ?? 0;
  const fits = widths.length === 3 && widths.every((bytes) => bytes <= 7) && announced * width === data.length;
  if (!fits || width === 0 || index.length % 2 !== 0) throw PdfDamage.of('xref-unreadable');
  let at = 0;
  for (let part = 0; part < index.length; part += 2) {
    const first = index[part] ?? 0;
    const end = first + (index[part + 1] ?? 0);
    for (let number = first; number < end; number += 1) {
      const kind = kindWidth === 0 ? 1 : field(data, at, kindWidth);
      const second = field(data, at + kindWidth, secondWidth);
      const third = field(data, at + kindWidth + secondWidth, thirdWidth);
      onEntry(number, kind, second, third);
      at += width;
    }
  }
}

export function isXrefDictionary(dictionary: Dictionary): boolean {
  const type = dictionary.get('Type');
  return type instanceof Name && type.text === 'XRef';
}

function field(data: Uint8Array, start: number, width: number): number {
  let value = 0;
  for (let at = start; at < start + width; at += 1) value = value * 256 + (data[at] ?? 0);
  return value;
}

function countsOf(value: PdfValue | undefined): readonly number[] {
  if (!isArray(value) || !value.every(isCount)) throw PdfDamage.of('xref-unreadable');
  return value;
}
