import { basisPoints, type Cents, type Micros, parseCents, parseMicros, parseScaled } from '../../shared/money.ts';
import type {
  ContractDocument,
  IndexAdjustmentDocument,
  LotDocument,
  PriceDocument,
  SurchargeDocument,
} from '../contract-document.ts';
import type { VatTerms } from '../vat.ts';
import type { PricePosition } from './price-position.ts';
import type { Adjustment, PriceTerms } from './price-terms.ts';

/** The price sheet that a lot's document states. */
export function readSheet(lot: LotDocument, contract: Pick<ContractDocument, 'vatRates'>): PricePosition[] {
  return lot.prices.map((price) => {
    const terms = readTerms(price, lot, contract);
    return {
      key: price.key,
      title: price.title,
      unit: price.unit,
      price: micros(price.price),
      validFrom: price.validFrom ?? null,
      validTo: price.validTo ?? null,
      ...(terms ? { terms } : {}),
    };
  });
}

/**
 * What holds for a price position beside its unit price, of what position, lot and contract state.
 * @returns undefined for a plain unit price
 */
function readTerms(
  price: PriceDocument,
  lot: LotDocument,
  { vatRates }: Pick<ContractDocument, 'vatRates'>,
): PriceTerms | undefined {
  const adjustments = [
    ...(lot.indexAdjustments ?? []).filter((one) => concerns(one, price)).map(indexAdjustment),
    ...(lot.surcharges ?? []).filter((one) => concerns(one, price)).map(surcharge),
  ];
  const vat = vatTerms(lot, vatRates ?? []);
  const terms: PriceTerms = {
    ...positionTerms(price),
    ...(adjustments.length > 0 ? { adjustments } : {}),
    ...(lot.rounding === 'total' ? { roundsTotal: true } : {}),
    ...(vat ? { vat } : {}),
  };
  return Object.keys(terms).length === 0 ? undefined : terms;
}

function positionTerms({
  tiers,
  free,
  minimum,
  pages,
  removedBlanks,
  option,
  quantity,
  fields,
}: PriceDocument): PriceTerms {
  return {
    ...(tiers
      ? {
          tiers: {
            ...tiers,
            steps: tiers.steps.map(({ from, price }) => ({ from: thousandths(from), price: micros(price) })),
          },
        }
      : {}),
    ...(free ? { free: { quantity: thousandths(free.quantity), scope: free.scope } } : {}),
    ...(minimum ? { minimum: { amount: amount(minimum.amount), scope: minimum.scope } } : {}),
    ...(pages ? { pages } : {}),
    ...(removedBlanks === 'charged' ? { chargesBlanks: true } : {}),
    ...(option ? { isOption: true } : {}),
    ...(quantity === 'entered' ? { isEntered: true } : {}),
    ...(fields ? { fields } : {}),
  };
}

function concerns({ positions }: { readonly positions?: readonly string[] }, { key }: PriceDocument): boolean {
  return positions?.includes(key) ?? true;
}

function indexAdjustment({ from, factor, reason }: IndexAdjustmentDocument): Adjustment {
  return {
    key: `index-${from}`,
    title: reason,
    kind: 'index',
    millionths: micros(factor),
    validFrom: from,
    validTo: null,
    isOption: false,
  };
}

function surcharge({ key, title, percent, amount: euros, option, validFrom, validTo }: SurchargeDocument): Adjustment {
  return {
    key,
    title,
    ...(percent === undefined
      ? { kind: 'amount', millionths: micros(euros ?? '') }
      : // Four decimals of a percent are millionths of the whole: 5.25 % are 52,500.
        { kind: 'percent', millionths: sound(parseScaled(percent, 4), percent) }),
    validFrom: validFrom ?? null,
    validTo: validTo ?? null,
    isOption: option ?? false,
  };
}

/** Undefined where the law's standard rate holds. */
function vatTerms(
  { vat = 'standard' }: LotDocument,
  stated: NonNullable<ContractDocument['vatRates']>,
): VatTerms | undefined {
  const rates = stated
    .filter(({ category = 'standard' }) => category === vat)
    .map(({ from, percent }) => ({ from, rate: basisPoints(sound(parseScaled(percent, 2), percent)) }))
    .sort((a, b) => (a.from < b.from ? 1 : -1));
  if (vat === 'standard' && rates.length === 0) return undefined;
  return rates.length === 0 ? { category: vat } : { category: vat, rates };
}

function thousandths(quantity: number): number {
  return Math.round(quantity * 1000);
}

function micros(decimal: string): Micros {
  return sound(parseMicros(decimal), decimal);
}

function amount(decimal: string): Cents {
  return sound(parseCents(decimal), decimal);
}

function sound<T>(value: T | undefined, stated: string): T {
  if (value === undefined) throw new Error(`the schema let through ${stated}`);
  return value;
}
