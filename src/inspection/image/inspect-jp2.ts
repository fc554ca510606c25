import { type Observation, observe } from '../../findings/finding.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FormatFacts } from '../facts.ts';

/** Facts of a JPEG 2000 picture, as `FormatFacts.details` holds them. */
export type Jp2Details = {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly components: number;
};

const [SOC_SIZ, EOC] = [0xff4fff51, 0xffd9];
const mostBoxes = 10_000;

/**
 * Inspects a JPEG 2000 file (ISO/IEC 15444-1): the box file JP2 (annex I) or a bare codestream (annex A), by its SIZ
 * marker and the end mark of the codestream. It is one page; `pages` is null where no codestream with a size is found.
 */
export function inspectJp2(source: ByteSource): FormatFacts {
  const stream = findCodestream(source);
  const details = stream && readSize(source, stream.start);
  const observations: Observation[] = [];
  if (!details) observations.push(observe('file.damaged', { format: 'jp2', offset: stream?.start ?? 0 }));
  else if (stream.end > source.size || uint(source, stream.end - 2, 2) !== EOC) {
    observations.push(observe('file.truncated', { format: 'jp2' }));
  }
  return { pages: details ? 1 : null, observations, details: details ?? {} };
}

function findCodestream(source: ByteSource): { start: number; end: number } | undefined {
  if (uint(source, 0, 4) === SOC_SIZ) return { start: 0, end: source.size };
  let position = 0;
  for (let box = 0; box < mostBoxes && position + 8 <= source.size; box += 1) {
    const declared = uint(source, position, 4);
    const isLong = declared === 1;
    // Length 0: the box goes to the end of the file; 1: the length follows in eight bytes (I.4).
    const length = isLong ? uint(source, position + 8, 8) : declared === 0 ? source.size - position : declared;
    const headLength = isLong ? 16 : 8;
    if (length < headLength) return undefined;
    if (uint(source, position + 4, 4) === 0x6a703263) return { start: position + headLength, end: position + length };
    position += length;
  }
  return undefined;
}

/** SIZ (A.5.1): the size is that of the reference grid less its offset. */
function readSize(source: ByteSource, start: number): Jp2Details | undefined {
  if (uint(source, start, 4) !== SOC_SIZ) return undefined;
  const at = start + 8;
  const width = uint(source, at, 4) - uint(source, at + 8, 4);
  const height = uint(source, at + 4, 4) - uint(source, at + 12, 4);
  const components = uint(source, at + 32, 2);
  return width > 0 && height > 0 && components > 0 ? { width, height, components } : undefined;
}

/** An unsigned big-endian number of 2, 4 or 8 bytes; 0 beyond the end of the file. */
function uint(source: ByteSource, position: number, length: number): number {
  const bytes = source.read(position, length);
  return bytes.length < length ? 0 : bytes.reduce((value, byte) => value * 256 + byte, 0);
}
