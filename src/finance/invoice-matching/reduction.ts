import { createFinding, type Finding } from '../../findings/finding.ts';
import { type Cents, centsToDecimal, type Micros, parseCents } from '../../shared/money.ts';
import type { Invoice, InvoiceLine } from '../invoice/normal-form.ts';
import type { BillableItem } from './books.ts';
import type { InvoiceScope } from './head.ts';
import type { Use } from './pool.ts';

/** A reason for which the contract lets an amount be reduced. */
export interface ReductionReason {
  readonly key: string;
  readonly title: string;
}

/** Position of a reduction whose reason the contract does not name. */
const unnamedKey = 'reduction';

/** The contract's reason that a text names: by its key or title, the case of letters and spaces aside. */
export function reasonFor(words: readonly (string | null)[], { contract }: InvoiceScope): ReductionReason | undefined {
  const said = words.flatMap((one) => (one === null ? [] : [comparable(one)]));
  return contract?.reductions.find(({ key, title }) => said.some((one) => [key, title].map(comparable).includes(one)));
}

/**
 * What a line that only takes an amount off uses: nothing that was accepted; it is charged where the acceptance is that it
 * concerns.
 * @param anchor that acceptance
 */
export function reductionUse(net: Cents, anchor: BillableItem, reason: ReductionReason | undefined): Use {
  const { key, title } = reason ?? { key: unnamedKey, title: '' };
  const { terms: _terms, ...position } = anchor.position;
  const item: BillableItem = {
    ...anchor,
    decisionId: null,
    batch: null,
    round: null,
    position: { ...position, key, title, unit: 'flat', price: 0 as Micros },
    quantity: 0,
    net,
  };
  return { item, quantity: 0 };
}

/** Tells a reduction by a line. */
export function lineReduction(
  line: InvoiceLine,
  net: Cents,
  reason: ReductionReason | undefined,
  path: string,
): Finding {
  const words = line.name ?? line.buyerItem ?? '';
  return told({ line: line.id ?? '?', amount: centsToDecimal(-net as Cents), reason: words }, reason, path);
}

/** Tells allowances on the whole (BG-20): they reduce what is paid, and match nothing that was accepted. */
export function allowanceFindings({ allowances }: Invoice, scope: InvoiceScope, path: string): Finding[] {
  return allowances
    .filter(({ kind }) => kind === 'allowance')
    .map(({ amount, reason }) => {
      const cents = (amount === null ? undefined : parseCents(amount)) ?? (0 as Cents);
      return told({ line: '', amount: centsToDecimal(cents), reason: reason ?? '' }, reasonFor([reason], scope), path);
    });
}

function told(
  args: { readonly line: string; readonly amount: string; readonly reason: string },
  reason: ReductionReason | undefined,
  path: string,
): Finding {
  if (!reason) return createFinding('invoice.reduction-unnamed', { path }, args);
  return createFinding('invoice.reduction', { path }, { ...args, reason: reason.title });
}

function comparable(words: string): string {
  return words.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
