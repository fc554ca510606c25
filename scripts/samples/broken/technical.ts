import type { TechnicalProfile } from '../../../src/delivery/profile/technical.ts';
import { sampleProfile } from '../delivery.ts';
import type { Recipes } from './recipe.ts';

/** The sound package under a profile that demands other scans. */
function demanding(technical: TechnicalProfile) {
  return { profile: { ...sampleProfile, technical } };
}

/** Packages whose pages are not what was agreed technically. */
export const technicalRecipes: Recipes = {
  'technical.page-size': () => demanding({ classes: [{ id: 'plans', sizes: ['A1', 'A0'] }] }),
  'technical.resolution': () => demanding({ classes: [{ id: 'all', dpi: { minimum: 1200 } }] }),
  'technical.colour': () => demanding({ classes: [{ id: 'all', colours: ['colour'] }] }),
  'technical.compression': () => demanding({ classes: [{ id: 'all', compressions: ['JPXDecode'] }] }),
  'technical.text-missing': () => demanding({ text: { minimumShare: 1 } }),
};
