import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corpus } from '../../support/corpora.ts';
import { inspectBytes } from '../../support/pdf-facts.ts';

/** Pictures as `pdfimages -list` (poppler 22.12.0) tells them: page, pixels, dots per inch in whole numbers. */
const pictures: Readonly<Record<string, readonly string[]>> = {
  'pdf/pdflatex-image.pdf': ['1: 300x200 72x72'],
  'pdf/imagemagick-ASCII85Decode.pdf': ['1: 16x16 300x300'],
  'pdf/imagemagick-CCITTFaxDecode.pdf': ['1: 16x16 300x300'],
  'pdf/imagemagick-images.pdf': [
    '1: 16x16 300x300',
    '2: 16x16 300x300',
    '3: 16x16 300x300',
    '4: 16x16 300x300',
    '5: 16x16 300x300',
    '6: 16x16 300x300',
  ],
  'pdf/imagemagick-lzw.pdf': ['1: 16x16 300x300'],
  'pdf/google-doc-document.pdf': ['1: 128x128 96x96'],
  'pdf/base64image.pdf': ['1: 781x627 150x150'],
  'pdf/cmyk-image.pdf': ['1: 756x1008 116x116'],
  'scan-pdf/3small.pdf': ['1: 640x682 230x230', '2: 400x50 200x200', '3: 4000x2864 1440x1440'],
  'scan-pdf/cardinal.pdf': [
    '1: 2550x3300 300x300',
    '2: 2550x3300 300x300',
    '3: 2550x3300 300x300',
    '4: 2550x3300 300x300',
  ],
  'scan-pdf/ccitt.pdf': ['1: 2550x3300 300x300'],
  'scan-pdf/epson.pdf': ['1: 2480x3507 300x300'],
  'scan-pdf/jbig2.pdf': ['1: 2550x3300 300x300'],
  'scan-pdf/jbig2_baddevicen.pdf': ['1: 2550x3300 300x300'],
  'scan-pdf/linn.pdf': ['1: 2550x3300 300x300'],
  'scan-pdf/multipage.pdf': [
    '1: 800x981 150x150',
    '2: 9000x9000 300x300',
    '3: 958x400 96x96',
    '4: 958x400 96x96',
    '5: 612x792 72x72',
    '6: 1258x1253 147x147',
  ],
  'scan-pdf/rotated_skew.pdf': ['1: 2550x3300 300x300'],
  'scan-pdf/skew.pdf': ['1: 2550x3300 300x300'],
};

function findFile(folder: string, name: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const found = entries.find((entry) => entry.isFile() && entry.name === name);
  return join(found?.parentPath ?? folder, name);
}

function picturesOf(file: string): string[] {
  const { details } = inspectBytes(readFileSync(file));
  return details.pages.flatMap(({ first, last, images }) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((page) =>
      images.map(({ width, height, dpi }) => `${page}: ${width}x${height} ${dpi?.map(Math.round).join('x')}`),
    ),
  );
}

describe('the resolution of pictures', () => {
  const folders = new Map(['pdf', 'scan-pdf'].map((name) => [name, corpus(name)]));

  test.skipIf([...folders.values()].includes(undefined)).each(Object.entries(pictures))(
    'in %s is as pdfimages tells it',
    (key, expected) => {
      const [name = '', file = ''] = key.split('/');
      expect(picturesOf(findFile(folders.get(name) ?? '', file)).sort()).toEqual([...expected].sort());
    },
  );
});
