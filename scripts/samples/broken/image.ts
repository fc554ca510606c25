import { sampleProfile } from '../delivery.ts';
import { pngChunk, resolution, sampleJp2, sampleJpeg, samplePng, withSegment } from '../pictures.ts';
import { scanTiff } from '../scan-tiff.ts';
import { type Recipe, type Recipes, withContent } from './recipe.ts';

/** The package with such a picture as its second document, under a profile that allows pictures. */
function picture(name: string, content: Buffer): Recipe {
  return () => ({
    ...withContent(`scans/ORD-2019-001/${name}`, content, 1),
    profile: {
      ...sampleProfile,
      layout: { ...sampleProfile.layout, files: ['scans/**/*.{pdf,tif,jpg,png,jp2}'] },
      files: { ...sampleProfile.files, formats: ['pdf', 'tiff', 'jpeg', 'png', 'jp2'] },
    },
  });
}

/** Exif data are a TIFF: one that states another resolution. */
const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), scanTiff(1, 2).bytes]);

/** Multi-picture format: a directory that counts three pictures. */
const threePictures = Buffer.from(`MPF\0MM\0*\0\0\0\x08\0\x01\xb0\x01\0\x04\0\0\0\x01\0\0\0\x03\0\0\0\0`, 'latin1');

/** Three pictures, shown for ever. */
const animation = pngChunk('acTL', Buffer.from([0, 0, 0, 3, 0, 0, 0, 0]));

/** The second of three restart markers taken out, with the section behind it. */
function withoutSection(): Buffer {
  const bytes = sampleJpeg();
  const from = bytes.indexOf(Buffer.from([0xff, 0xd1]));
  const to = bytes.indexOf(Buffer.from([0xff, 0xd2]));
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

/** Packages with a JPEG, PNG or JPEG 2000 file that has one thing wrong. */
export const imageRecipes: Recipes = {
  'image.resolution-missing': picture('0002.png', samplePng([])),
  'image.resolutions-differ': picture('0002.jpg', withSegment(sampleJpeg(150), 0xe1, exif)),
  'image.data-missing': picture('0002.jpg', withoutSection()),
  'image.sizes-differ': picture('0002.jp2', sampleJp2({ height: 17 })),
  'image.secondary-pictures': picture('0002.jpg', withSegment(sampleJpeg(), 0xe2, threePictures)),
  'image.picture-behind': picture('0002.png', Buffer.concat([samplePng(), samplePng()])),
  'image.animated': picture('0002.png', samplePng([resolution(11_811), animation])),
  'image.several-pages': picture('0002.jp2', sampleJp2({ brand: 'jpm ' })),
};
