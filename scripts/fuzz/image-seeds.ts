import { buildCodestream, buildJp2, buildJpeg, buildPng, segment } from '../../test/support/images.ts';
import { buildTiff, pagesOf, type TiffPage } from '../../test/support/tiff.ts';
import { sampleJp2, sampleJpeg, samplePng } from '../samples/pictures.ts';
import { type FuzzedFormat, type Seed, soundFiles } from './sound-files.ts';

const one = (name: string, bytes: Buffer): Seed => ({ name, bytes, pages: 1 });

const kinds: readonly TiffPage[] = [
  {},
  { width: 200, height: 90, rowsPerStrip: 16, compression: 4, stripBytes: 30 },
  { tile: 16, width: 40, height: 40, bits: [8] },
  { bits: [8, 8, 8], photometric: 2, planar: 2, rowsPerStrip: 3 },
];

/** Every kind of page, several together, and all of them with a preview, in each layout of the numbers. */
function builtTiffs(): Seed[] {
  const lists = [...kinds.map((kind) => pagesOf(3, kind)), [...kinds, { newSubfileType: 1 }, { subPages: [{}] }]];
  const layouts = [{}, { bigEndian: true }, { big: true }, { big: true, bigEndian: true }];
  return lists.flatMap((list, index) =>
    layouts.map((layout) => ({
      name: `built ${index} ${JSON.stringify(layout)}`,
      bytes: buildTiff(list, layout).bytes,
      pages: list.filter(({ newSubfileType }) => newSubfileType === undefined).length,
    })),
  );
}

export const imageFormats: Readonly<Record<'tiff' | 'jpeg' | 'jp2' | 'png', FuzzedFormat>> = {
  tiff: {
    seeds: () => [...builtTiffs(), ...soundFiles('tiff', /\.tiff?$/), ...soundFiles('scan-images', /\.tif$/)],
    words: ['II*\0', 'MM\0*', 'II+\0', '\x00\x01\x03\x00', '\x01\x03\x00\x01', '\x11\x01\x04\x00', '\x01\x17\x00\x04'],
  },
  jpeg: {
    seeds: () => [
      one('libjpeg with restarts', sampleJpeg()),
      one('built', buildJpeg()),
      one('progressive', buildJpeg({ progressive: true, behindScan: segment(0xda, [1, 1, 0, 0, 63, 0]) })),
      ...soundFiles('scan-images', /\.jpe?g$/),
    ],
    words: ['\xff\xd8', '\xff\xda', '\xff\xc0', '\xff\xdb', '\xff\xdd', '\xff\xe0', '\xff\xd9', 'JFIF', 'Exif', 'MPF'],
  },
  jp2: {
    seeds: () => [
      one('OpenJPEG', sampleJp2()),
      one('built', buildJp2()),
      one('open box', buildJp2('open')),
      one('codestream', buildCodestream({ tileWidth: 40 })),
      ...soundFiles('tna-batch', /\.jp2$/),
    ],
    words: ['jp2h', 'ihdr', 'colr', 'res ', 'jp2c', 'ftyp', '\xff\x51', '\xff\x52', '\xff\x90', '\xff\x93', '\xff\xd9'],
  },
  png: {
    seeds: () => [
      one('built', samplePng()),
      one('palette', buildPng({ colourType: 3, palette: [[0, 0, 0]] })),
      ...soundFiles('scan-images', /\.png$/),
      ...soundFiles('scan-pdf', /\.png$/),
    ],
    words: ['IHDR', 'PLTE', 'pHYs', 'IDAT', 'IEND', 'acTL'],
  },
};
