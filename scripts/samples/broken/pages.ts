import { sampleProfile } from '../delivery.ts';
import { changed, fromDocuments, type Recipes } from './recipe.ts';

const withTolerance = (tolerance: number) => ({ ...sampleProfile, pages: { ...sampleProfile.pages, tolerance } });

/** Packages whose declared pages or sheets do not agree with what was counted. */
export const pagesRecipes: Recipes = {
  'pages.count-differs': () => fromDocuments(changed({ pages: 2, removedBlanks: 0 })),
  'pages.count-differs-slightly': () => ({
    ...fromDocuments(changed({ pages: 2, removedBlanks: 0 })),
    profile: withTolerance(1),
  }),
  'pages.not-declared': () => fromDocuments(changed({ pages: '' })),
  'pages.sheets-differ': () => fromDocuments(changed({ removedBlanks: 0 })),
  'pages.sheets-differ-slightly': () => ({
    ...fromDocuments(changed({ removedBlanks: 0 })),
    profile: withTolerance(1),
  }),
  'pages.sheets-not-declared': () => fromDocuments(changed({ removedBlanks: '' })),
};
