import type { PricePosition } from '../../contract/prices.ts';
import type { InvoiceLine } from '../invoice/normal-form.ts';

/** Business terms by which a line names its price position, in the order in which they are tried. */
export type MatchTerm = 'BT-156' | 'BT-132' | 'BT-155' | 'BT-153';

export interface MatchedPosition {
  readonly key: string;
  readonly by: MatchTerm;
}

/**
 * The price position that a line bills: by the buyer's item number, the order's line, the seller's item number, or the
 * name of the item. A position is named by its key, and by its title too where a name is compared.
 * @param positions price positions of the lots in question
 * @returns undefined when no term names one
 */
export function matchPosition(line: InvoiceLine, positions: readonly PricePosition[]): MatchedPosition | undefined {
  const terms: readonly (readonly [MatchTerm, string | null])[] = [
    ['BT-156', line.buyerItem],
    ['BT-132', line.orderLine],
    ['BT-155', line.sellerItem],
    ['BT-153', line.name],
  ];
  for (const [by, stated] of terms) {
    if (stated === null) continue;
    const words = comparable(stated);
    const found =
      positions.find(({ key }) => comparable(key) === words) ??
      (by === 'BT-153' ? positions.find(({ title }) => comparable(title) === words) : undefined);
    if (found) return { key: found.key, by };
  }
  return undefined;
}

function comparable(words: string): string {
  return words.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
