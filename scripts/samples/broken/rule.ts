import type { RuleSource } from '../../../src/delivery/profile/rule-source.ts';
import type { DeliveryProfile } from '../../../src/delivery/profile.ts';
import { sampleProfile } from '../delivery.ts';
import type { Recipes } from './recipe.ts';

/** The sound package under a profile that demands one thing more. */
function demanding(rule: RuleSource, changes: Partial<DeliveryProfile> = {}) {
  return { profile: { ...sampleProfile, ...changes, rules: [rule] } };
}

const lists = { types: { header: ['Dokumentart'], rows: [['Anhörung'], ['Schriftwechsel']] } };

/** Packages that break a rule of their profile. */
export const ruleRecipes: Recipes = {
  'rule.violated': () =>
    demanding({
      id: 'short-documents',
      check: 'row.pages <= 2',
      message: {
        de: 'Das Dokument hat {row.pages} Seiten; vereinbart sind höchstens 2.',
        en: 'The document has {row.pages} pages; agreed are at most 2.',
      },
    }),
  'rule.not-evaluated': () =>
    demanding({
      id: 'first-volume',
      check: 'row.volume == "1"',
      message: { de: 'Der Band ist {row.volume}.', en: 'The volume is {row.volume}.' },
    }),
  'rule.not-unique': () => demanding({ id: 'one-document-a-box', unique: ['box'] }),
  'rule.sequence-gap': () => demanding({ id: 'pages-from-zero', sequence: 'pages', from: 0 }),
  'rule.sum-differs': () => demanding({ id: 'pages-in-all', sum: 'pages', equals: 9 }),
  'rule.count-differs': () => demanding({ id: 'documents-in-all', count: { equals: 5 } }),
  'rule.group-contradictory': () => demanding({ id: 'box-total', sum: 'pages', within: ['box'], equals: 'sheets' }),
  'rule.out-of-order': () => demanding({ id: 'by-pages', order: ['pages'] }),
  'rule.not-in-list': () =>
    demanding({ id: 'types', list: 'types', columns: { documentType: 'Dokumentart' } }, { lists }),
  'rule.ledger-not-asked': () => demanding({ id: 'ordered-files', ledger: 'ordered' }),
  'rule.name-differs': () => ({
    profile: {
      ...sampleProfile,
      layout: { ...sampleProfile.layout, files: ['scans/{title}/**/*.{pdf,tif}'] },
    },
  }),
};
