import type { Dpi } from '../page-facts.ts';
import { type ExifFacts, readExif } from './exif.ts';
import { usableDpi } from './picture-page.ts';

/** How the samples are coded (T.81, table B.1). */
export type JpegProcess = 'baseline' | 'extended' | 'progressive' | 'lossless' | 'arithmetic' | 'other';

export interface JpegComponent {
  readonly id: number;
  /** Sampling factors across and down. */
  readonly across: number;
  readonly down: number;
}

export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  /** Bits of each sample. */
  readonly bits: number;
  /** As many as there are described; `count` is what the frame states. */
  readonly components: readonly JpegComponent[];
  readonly count: number;
  readonly process: JpegProcess;
}

/** What the segments before and between the scans say. */
export interface JpegSegments {
  frame: JpegFrame | undefined;
  readonly tables: Map<number, readonly number[]>;
  /** MCUs between two restart markers; 0: none. */
  restartInterval: number;
  jfif: { readonly dpi: Dpi | null; readonly hasThumbnail: boolean } | undefined;
  exif: ExifFacts | undefined;
  /** Colour transform of Adobe's marker: 0 none, 1 YCbCr, 2 YCCK; undefined without it. */
  adobe: number | undefined;
  /** Pictures in the file as the multi-picture format counts them (CIPA DC-007), this one among them. */
  pictures: number;
}

export function emptySegments(): JpegSegments {
  return {
    frame: undefined,
    tables: new Map(),
    restartInterval: 0,
    jfif: undefined,
    exif: undefined,
    adobe: undefined,
    pictures: 1,
  };
}

const [DQT, DNL, DRI, APP0, APP1, APP2, APP14] = [0xdb, 0xdc, 0xdd, 0xe0, 0xe1, 0xe2, 0xee];
const processes: Readonly<Record<number, JpegProcess>> = {
  192: 'baseline',
  193: 'extended',
  194: 'progressive',
  195: 'lossless',
  201: 'arithmetic',
};

/** Takes what is wanted of one segment. */
export function readSegment(marker: number, body: Uint8Array, segments: JpegSegments): void {
  if (isFrame(marker) && body.length >= 6) segments.frame ??= readFrame(marker, body);
  else readers[marker]?.(body, segments);
}

const readers: Readonly<Record<number, (body: Uint8Array, segments: JpegSegments) => void>> = {
  [DQT]: readTables,
  [DNL]: (body, segments) => {
    // A frame may leave its height open until after the first scan (B.2.5).
    if (segments.frame?.height === 0 && body.length >= 2) {
      segments.frame = { ...segments.frame, height: uint16(body, 0) };
    }
  },
  [DRI]: (body, segments) => {
    segments.restartInterval = uint16(body, 0);
  },
  [APP0]: (body, segments) => {
    if (body.length >= 14 && startsWith(body, 'JFIF\0')) segments.jfif ??= readJfif(body);
  },
  [APP1]: (body, segments) => {
    if (startsWith(body, 'Exif\0')) segments.exif ??= readExif(body.subarray(6));
  },
  [APP2]: (body, segments) => {
    if (startsWith(body, 'MPF\0')) segments.pictures = Math.max(segments.pictures, countPictures(body.subarray(4)));
  },
  [APP14]: (body, segments) => {
    if (body.length >= 12 && startsWith(body, 'Adobe')) segments.adobe ??= body[11];
  },
};

/** Colour space of the samples: JFIF and Adobe say it, otherwise the components' names do, as libjpeg reads them. */
export function colourSpaceOf({ frame, jfif, adobe }: JpegSegments): string {
  switch (frame?.count) {
    case 1:
      return 'Gray';
    case 3: {
      if (jfif) return 'YCbCr';
      if (adobe !== undefined) return adobe === 0 ? 'RGB' : 'YCbCr';
      const names = frame.components.map(({ id }) => String.fromCharCode(id)).join('');
      return names === 'RGB' ? 'RGB' : 'YCbCr';
    }
    case 4:
      return adobe === 2 ? 'YCCK' : 'CMYK';
    default:
      return `${frame?.count ?? 0} components`;
  }
}

/** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(marker: number, body: Uint8Array): JpegFrame {
  const components: JpegComponent[] = [];
  for (let at = 6; at + 3 <= body.length && components.length < (body[5] ?? 0); at += 3) {
    const factors = body[at + 1] ?? 0;
    components.push({ id: body[at] ?? 0, across: factors >> 4, down: factors & 15 });
  }
  return {
    width: uint16(body, 3),
    height: uint16(body, 1),
    bits: body[0] ?? 0,
    components,
    count: body[5] ?? 0,
    process: processes[marker] ?? (marker === 0xc6 || marker === 0xca || marker === 0xce ? 'progressive' : 'other'),
  };
}

/** DQT (B.2.4.1): several tables of 64 values, of one or two bytes each. */
function readTables(body: Uint8Array, { tables }: JpegSegments): void {
  for (let at = 0; at < body.length; ) {
    const head = body[at] ?? 0;
    const size = head >> 4 === 0 ? 1 : 2;
    if (at + 1 + 64 * size > body.length) return;
    const from = at + 1;
    const value = (index: number) => (size === 1 ? (body[from + index] ?? 0) : uint16(body, from + index * 2));
    tables.set(
      head & 15,
      Array.from({ length: 64 }, (_, index) => value(index)),
    );
    at += 1 + 64 * size;
  }
}

/** JFIF (ITU-T T.871, 10.1): density by inch or centimetre, or only its proportion. */
function readJfif(body: Uint8Array): JpegSegments['jfif'] {
  const scale = { 1: 1, 2: 2.54 }[body[7] ?? 0] ?? 0;
  const dpi = usableDpi(uint16(body, 8) * scale, uint16(body, 10) * scale);
  return { dpi, hasThumbnail: body[12] !== 0 && body[13] !== 0 };
}

const NUMBER_OF_IMAGES = 0xb001;

/** The first directory's number of images (CIPA DC-007, 5.2.3.2); 1 where it cannot be read. */
function countPictures(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10) return 1;
  const littleEndian = view.getUint16(0) === 0x4949;
  const start = view.getUint32(4, littleEndian);
  if (start + 2 > bytes.length) return 1;
  const entries = view.getUint16(start, littleEndian);
  for (let at = start + 2; at + 12 <= bytes.length && at < start + 2 + entries * 12; at += 12) {
    if (view.getUint16(at, littleEndian) === NUMBER_OF_IMAGES) return view.getUint32(at + 8, littleEndian);
  }
  return 1;
}

function startsWith(body: Uint8Array, words: string): boolean {
  return Buffer.from(body.subarray(0, words.length)).toString('latin1') === words;
}

export function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
