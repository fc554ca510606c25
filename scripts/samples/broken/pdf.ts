import { samplePdf } from '../documents.ts';
import { type Recipes, withContent } from './recipe.ts';

const PATH = 'scans/ORD-2019-001/0002.pdf';

/** Packages with a PDF that has one thing wrong. */
export const pdfRecipes: Recipes = {
  'pdf.foreign-data-at-end': () => withContent(PATH, Buffer.concat([samplePdf(1, 2), Buffer.alloc(5000, 'x')]), 1),
};
