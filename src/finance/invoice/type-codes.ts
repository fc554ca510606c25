import type { Invoice } from './normal-form.ts';

/** UNTDID 1001 codes by which the seller owes the buyer. */
const creditNotes: ReadonlySet<string> = new Set([
  '81',
  '83',
  '261',
  '262',
  '296',
  '308',
  '381',
  '396',
  '420',
  '458',
  '532',
]);

/** What a type code (BT-3) means for the buyer; a missing one is an invoice. */
export function kindOf(type: string | null): Invoice['kind'] {
  if (type === '384') return 'correction';
  return type !== null && creditNotes.has(type) ? 'creditNote' : 'invoice';
}
