import { sampleTiff } from '../documents.ts';
import { type Recipes, withContent } from './recipe.ts';

const PATH = 'scans/ORD-2019-001/0002.tif';

/** Packages with a TIFF that has one thing wrong. */
export const tiffRecipes: Recipes = {
  'tiff.header-broken': () => withContent(PATH, sampleTiff(1, 2).subarray(0, 6), 1),
};
