import { sampleProfile } from '../delivery.ts';
import { samplePng } from '../pictures.ts';
import { changed, fromDocuments, type Recipe, type Recipes, withContent } from './recipe.ts';

const png = samplePng();

/** The package with such a picture as its second document, under a profile that allows pictures. */
function picture(content: Buffer): Recipe {
  return () => ({
    ...withContent('scans/ORD-2019-001/0002.png', content, 1),
    profile: {
      ...sampleProfile,
      layout: { ...sampleProfile.layout, files: ['scans/**/*.{pdf,tif,png}'] },
      files: { ...sampleProfile.files, formats: ['pdf', 'tiff', 'png'] },
    },
  });
}

/** One byte of the picture's data chunk flipped: its check sum no longer fits. */
function damaged(): Buffer {
  const bytes = Buffer.from(png);
  const data = bytes.indexOf('IDAT') + 6;
  bytes[data] = (bytes[data] ?? 0) ^ 0xff;
  return bytes;
}

/** Packages with a file that is wrong whatever its format. */
export const fileRecipes: Recipes = {
  'file.empty': () => fromDocuments(changed({ content: Buffer.alloc(0) })),
  'file.format-unknown': () => fromDocuments(changed({ content: Buffer.alloc(64, 0x01) })),
  'file.truncated': picture(png.subarray(0, -16)),
  'file.damaged': picture(damaged()),
  'file.trailing-bytes': picture(Buffer.concat([png, Buffer.from('x'.repeat(20))])),
};
