import type { ByteSource } from '../byte-source.ts';
import type { JpegFrame } from './jpeg-segments.ts';

const windowSize = 64 * 1024;

/** The entropy-coded data behind a scan header. */
export interface ScanData {
  /** Of the marker that follows it; undefined where the file ends before there is one. */
  readonly end: number | undefined;
  readonly restarts: number;
  /** Restart markers count from 0 to 7 and begin again (T.81, B.2.1): one out of turn means that data are missing. */
  readonly inTurn: boolean;
}

/** Goes behind entropy-coded data: to the next marker that is neither a stuffed byte nor a restart. */
export function passScan(source: ByteSource, start: number): ScanData {
  const found = { restarts: 0, inTurn: true };
  for (let position = start; ; ) {
    const bytes = source.read(position, windowSize);
    const window = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const at = passWindow(window, found);
    if (at + 1 < window.length) return { end: position + at, ...found };
    // A 0xff at the window's end is looked at again with its successor.
    position += at;
    if (position + 1 >= source.size) return { end: undefined, ...found };
  }
}

/** @returns position of the marker that ends the data; of the last byte, or beyond it, where there is none */
function passWindow(window: Buffer, found: { restarts: number; inTurn: boolean }): number {
  let at = window.indexOf(0xff);
  while (at !== -1 && at + 1 < window.length) {
    const next = window[at + 1] ?? 0;
    if (isRestart(next)) {
      found.inTurn &&= next - 0xd0 === found.restarts % 8;
      found.restarts += 1;
    } else if (next !== 0 && next !== 0xff) return at;
    at = window.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
  }
  return at === -1 ? window.length : at;
}

export function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/**
 * Restart markers that a scan must have (T.81, A.2 and B.2.1): one between any two intervals of its units.
 * @param header the scan header's body: number of components, then two bytes for each
 * @returns undefined where the frame does not tell
 */
export function expectedRestarts(frame: JpegFrame, interval: number, header: Uint8Array): number | undefined {
  const { width, height, components, count, process } = frame;
  const sampling = components.flatMap(({ across, down }) => [across, down]);
  const isKnown = components.length === count && sampling.every((factor) => factor >= 1 && factor <= 4);
  if (interval === 0 || !isKnown || width === 0 || height === 0 || process === 'lossless' || process === 'other') {
    return undefined;
  }
  const widest = Math.max(...components.map(({ across }) => across));
  const tallest = Math.max(...components.map(({ down }) => down));
  if (header[0] !== 1) return between(Math.ceil(width / (8 * widest)) * Math.ceil(height / (8 * tallest)), interval);
  // A scan of one component has its own blocks for units, as many as its samples need.
  const own = components.find(({ id }) => id === header[1]);
  if (!own) return undefined;
  const across = Math.ceil(Math.ceil((width * own.across) / widest) / 8);
  const down = Math.ceil(Math.ceil((height * own.down) / tallest) / 8);
  return between(across * down, interval);
}

function between(units: number, interval: number): number {
  return Math.ceil(units / interval) - 1;
}
