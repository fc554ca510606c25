import type { Consumption, Usage } from '../finance/consumption.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { type Text, text } from '../shared/language.ts';
import { type Cents, parseCents } from '../shared/money.ts';
import type { ContractDocument, MinimumPurchaseDocument } from './contract-document.ts';

/** What has to be accepted at the least of a contract or lot, and what has been. */
export interface MinimumPurchase {
  /** The lot or contract. */
  readonly of: Text;
  readonly measure: 'value' | 'pages';
  /** Cents in the contract's value basis, or pages. */
  readonly least: number;
  readonly accepted: number;
  readonly by: CalendarDate;
}

/** The minimum purchases of a contract and its lots. */
export function minimumPurchases(
  id: number,
  document: ContractDocument,
  { contracts, lots }: Consumption,
): MinimumPurchase[] {
  const { number, endsOn, valueBasis } = document;
  const ofContract = text({ de: `Vertrag ${number}`, en: `contract ${number}` });
  const read = (stated: MinimumPurchaseDocument | undefined, of: Text, usage: Usage | undefined) =>
    stated && usage ? statesOf(stated, of, usage, valueBasis, endsOn) : [];
  return [
    ...read(document.minimumPurchase, ofContract, contracts.get(id)),
    ...document.lots.flatMap((lot) => {
      const usage = [...lots.values()].find((one) => one.lot.contract.id === id && one.lot.key === lot.key);
      return read(
        lot.minimumPurchase,
        text({ de: `Los ${lot.key} (${number})`, en: `lot ${lot.key} (${number})` }),
        usage,
      );
    }),
  ];
}

function statesOf(
  { value, pages, by }: MinimumPurchaseDocument,
  of: Text,
  { accepted, opening }: Usage,
  basis: 'net' | 'gross',
  endsOn: CalendarDate,
): MinimumPurchase[] {
  const common = { of, by: by ?? endsOn };
  const least = value === undefined ? undefined : parseCents(value);
  return [
    ...(least === undefined
      ? []
      : [{ ...common, measure: 'value' as const, least, accepted: (accepted[basis] + opening[basis]) as Cents }]),
    ...(pages === undefined
      ? []
      : [{ ...common, measure: 'pages' as const, least: pages, accepted: accepted.pages + opening.pages }]),
  ];
}
