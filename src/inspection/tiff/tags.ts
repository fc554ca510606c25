/** Tags of TIFF 6.0 (and its supplements) that the inspection reads. */
export const tags = {
  newSubfileType: 254,
  subfileType: 255,
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  resolutionUnit: 296,
  pageNumber: 297,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  subIfds: 330,
  extraSamples: 338,
  jpegOffset: 513,
  jpegLength: 514,
  exifIfd: 34665,
  gpsIfd: 34853,
  interoperabilityIfd: 40965,
} as const;

/** The tags whose values are read; of all others only the place is checked. */
export const readTags: ReadonlySet<number> = new Set(Object.values(tags));

/** Tags that point at further directories, which are no pages. */
export const pointerTags = [tags.subIfds, tags.exifIfd, tags.gpsIfd, tags.interoperabilityIfd] as const;

/** Bytes of one value by field type (TIFF 6.0, section 2; IFD: supplement 1; 16 to 18: BigTIFF). */
export const typeSizes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

const compressions: Readonly<Record<number, string>> = {
  1: 'none',
  2: 'ccitt-rle',
  3: 'ccitt-g3',
  4: 'ccitt-g4',
  5: 'lzw',
  6: 'old-jpeg',
  7: 'jpeg',
  8: 'deflate',
  9: 'jbig-t85',
  10: 'jbig-t43',
  32766: 'next',
  32771: 'ccitt-rle-word',
  32773: 'packbits',
  32809: 'thunderscan',
  32946: 'deflate',
  34661: 'jbig',
  34676: 'sgilog',
  34677: 'sgilog24',
  34712: 'jpeg2000',
  34887: 'lerc',
  34925: 'lzma',
  50000: 'zstd',
  50001: 'webp',
};

const photometrics: Readonly<Record<number, string>> = {
  0: 'white-is-zero',
  1: 'black-is-zero',
  2: 'rgb',
  3: 'palette',
  4: 'mask',
  5: 'separated',
  6: 'ycbcr',
  8: 'cielab',
  9: 'icclab',
  10: 'itulab',
  32803: 'cfa',
  32844: 'logl',
  32845: 'logluv',
};

/** Name of a compression scheme; "unknown-N" for one that is not listed. */
export function compressionName(code: number): string {
  return compressions[code] ?? `unknown-${code}`;
}

/** Name of a photometric interpretation; "unknown-N" for one that is not listed. */
export function photometricName(code: number): string {
  return photometrics[code] ?? `unknown-${code}`;
}
