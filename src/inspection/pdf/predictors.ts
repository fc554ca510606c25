import { PdfDamage } from './damage.ts';

/** Parameters of the Flate and LZW filters (ISO 32000-2, table 8). */
export interface PredictorParameters {
  readonly predictor: number;
  readonly colors: number;
  readonly bitsPerComponent: number;
  readonly columns: number;
}

/**
 * Undoes the prediction: 2 is TIFF's, 10 to 15 are PNG's (ISO/IEC 15948, 9), where each row names its own.
 * @throws PdfDamage 'stream-unreadable' for parameters or rows that cannot be.
 */
export function removePredictor(data: Uint8Array, parameters: PredictorParameters): Uint8Array {
  const { predictor, colors, bitsPerComponent, columns } = parameters;
  if (predictor === 1) return data;
  const bits = colors * bitsPerComponent;
  const rowBytes = Math.ceil((bits * columns) / 8);
  const isPossible = isWithin(colors, 32) && isWithin(bitsPerComponent, 16) && isWithin(columns, 2 ** 24);
  if (!isPossible) throw PdfDamage.of('stream-unreadable');
  const pixelBytes = Math.max(1, bits >> 3);
  if (predictor === 2) return removeTiffPredictor(data, rowBytes, pixelBytes, bitsPerComponent);
  if (predictor >= 10 && predictor <= 15) return removePngPredictor(data, rowBytes, pixelBytes);
  throw PdfDamage.of('stream-unreadable');
}

function isWithin(value: number, highest: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= highest;
}

function removeTiffPredictor(data: Uint8Array, rowBytes: number, pixelBytes: number, bits: number): Uint8Array {
  // Other depths occur in images only, whose pixels are not decoded here.
  if (bits !== 8) throw PdfDamage.of('stream-unreadable');
  const rows = new Uint8Array(data);
  for (let row = 0; row < rows.length; row += rowBytes) {
    const end = Math.min(row + rowBytes, rows.length);
    for (let at = row + pixelBytes; at < end; at += 1) rows[at] = (rows[at] ?? 0) + (rows[at - pixelBytes] ?? 0);
  }
  return rows;
}

function removePngPredictor(data: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rowCount = Math.ceil(data.length / (rowBytes + 1));
  if (data.length % (rowBytes + 1) === 1) throw PdfDamage.of('stream-unreadable');
  // Before the first row stands one of zeros, so that each row has one above it.
  const rows = new Uint8Array((rowCount + 1) * rowBytes);
  let length = 0;
  for (let row = 0; row < rowCount; row += 1) {
    const from = row * (rowBytes + 1);
    const count = Math.min(rowBytes, data.length - from - 1);
    const to = (row + 1) * rowBytes;
    rows.set(data.subarray(from + 1, from + 1 + count), to);
    undoPngRow(rows, data[from] ?? 0, to, count, rowBytes, pixelBytes);
    length += count;
  }
  return rows.subarray(rowBytes, rowBytes + length);
}

function undoPngRow(
  rows: Uint8Array,
  kind: number,
  start: number,
  count: number,
  rowBytes: number,
  pixelBytes: number,
): void {
  if (kind === 0) return;
  if (kind > 4) throw PdfDamage.of('stream-unreadable');
  for (let at = start; at < start + count; at += 1) {
    const hasLeft = at - start >= pixelBytes;
    const left = hasLeft ? (rows[at - pixelBytes] ?? 0) : 0;
    const above = rows[at - rowBytes] ?? 0;
    const aboveLeft = hasLeft ? (rows[at - rowBytes - pixelBytes] ?? 0) : 0;
    rows[at] = (rows[at] ?? 0) + predicted(kind, left, above, aboveLeft);
  }
}

function predicted(kind: number, left: number, above: number, aboveLeft: number): number {
  if (kind === 1) return left;
  if (kind === 2) return above;
  if (kind === 3) return (left + above) >> 1;
  const estimate = left + above - aboveLeft;
  const [toLeft, toAbove, toBoth] = [
    Math.abs(estimate - left),
    Math.abs(estimate - above),
    Math.abs(estimate - aboveLeft),
  ];
  if (toLeft <= toAbove && toLeft <= toBoth) return left;
  return toAbove <= toBoth ? above : aboveLeft;
}
