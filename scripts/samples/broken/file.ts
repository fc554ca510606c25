import { changed, fromDocuments, type Recipes } from './recipe.ts';

/** Packages with a file that is wrong whatever its format. */
export const fileRecipes: Recipes = {
  'file.empty': () => fromDocuments(changed({ content: Buffer.alloc(0) })),
};
