import type { FindingCode } from '../../../src/findings/finding.ts';
import { sampleDelivery, sampleProfile } from '../delivery.ts';
import { bagRecipes } from './bag.ts';
import { checksumRecipes } from './checksum.ts';
import { fileRecipes } from './file.ts';
import { imageRecipes } from './image.ts';
import { manifestRecipes } from './manifest.ts';
import { nameRecipes } from './name.ts';
import { packageRecipes } from './package.ts';
import { pagesRecipes } from './pages.ts';
import { pdfRecipes } from './pdf.ts';
import { pdfContentRecipes } from './pdf-content.ts';
import type { BrokenPackage, Recipes } from './recipe.ts';
import { ruleRecipes } from './rule.ts';
import { technicalRecipes } from './technical.ts';
import { tiffRecipes } from './tiff.ts';
import { zipRecipes } from './zip.ts';

/** One file a topic of the catalogue. */
const recipes: Recipes = {
  ...packageRecipes,
  ...zipRecipes,
  ...bagRecipes,
  ...nameRecipes,
  ...manifestRecipes,
  ...checksumRecipes,
  ...fileRecipes,
  ...pagesRecipes,
  ...pdfRecipes,
  ...pdfContentRecipes,
  ...tiffRecipes,
  ...imageRecipes,
  ...ruleRecipes,
  ...technicalRecipes,
};

/** The minimal broken package for each finding that a package by itself can show: made from the sound one. */
export function brokenPackages(): Map<FindingCode, BrokenPackage> {
  return new Map(
    Object.entries(recipes).map(([name, recipe]) => {
      const code = name as FindingCode;
      const { with: others = [], ...broken } = recipe();
      const codes = [code, ...others].sort();
      return [code, { files: sampleDelivery(), profile: sampleProfile, portable: true, ...broken, codes }];
    }),
  );
}
