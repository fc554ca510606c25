import type { CalendarDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { type BasisPoints, type Cents, vatOn } from '../shared/money.ts';
import { countedUnits } from './price-unit.ts';
import { type PageClassCount, pagesOfClass } from './pricing/page-class.ts';
import { priceLines } from './pricing/price-lines.ts';
import type { PriceLine, PricePosition } from './pricing/price-position.ts';
import { type Occasion, Volumes } from './pricing/volumes.ts';
import { type Priced, type VatTerms, vatRateOn } from './vat.ts';

export type { PriceLine, PricePosition } from './pricing/price-position.ts';

/** What was counted at an acceptance, or is expected of a call-off. */
export interface Quantities {
  readonly pages: number;
  readonly files: number;
  readonly documents: number;
  /** Blank sides that the vendor left out and declared. */
  readonly removedBlanks?: number | undefined;
  /** Sheets; without a count of their own, half of the pages with the removed blanks. */
  readonly sheets?: number | undefined;
  /** Pages by class, where they were told apart. */
  readonly classes?: readonly PageClassCount[] | undefined;
}

export interface Calculation extends Priced {
  readonly lines: readonly PriceLine[];
  /** The rate of the day of performance. */
  readonly vatRate: BasisPoints;
}

/** Under what something is priced, and what was priced before it. */
export interface PricedUnder extends Omit<Occasion, 'day'> {
  readonly volumes: Volumes;
}

/** The positions that hold on a day of performance. */
export function pricesOn(positions: readonly PricePosition[], day: CalendarDate): PricePosition[] {
  return positions.filter(({ validFrom, validTo }) => (validFrom ?? '') <= day && day <= (validTo ?? '9999'));
}

/** VAT as the price sheet states it. */
export function vatTermsOf(positions: readonly PricePosition[]): VatTerms | undefined {
  return positions[0]?.terms?.vat;
}

/**
 * Prices what is counted by the unit. Each line is rounded to the cent (or their sum, where the contract says so), the net
 * amount is their sum, and VAT is computed once on that sum by the day of performance. This is the one rounding rule
 * (docs/prices.md).
 * @param extra further quantities by position key, in thousandths, for what is not counted at acceptance
 * @param under what tiers, allowances and minimum charges refer to; without it nothing was priced before
 * @throws UsageError when a counted unit has no price on that day, or an extra position is unknown
 */
export function priceQuantities(
  positions: readonly PricePosition[],
  quantities: Quantities,
  day: CalendarDate,
  extra: ReadonlyMap<string, number> = new Map(),
  under: PricedUnder = onItsOwn(),
): Calculation {
  const valid = pricesOn(positions, day).filter(({ key, terms }) => !terms?.isOption || under.options.has(key));
  // A gap in the price sheet must not make pages free of charge.
  const priced = countedUnits.filter((unit) => positions.some((position) => isCharged(position, unit)));
  const missing = priced.some((unit) => !valid.some((position) => isCharged(position, unit)));
  if (missing || valid.length === 0) throw noPrice(day);
  for (const key of extra.keys())
    if (!valid.some((position) => position.key === key)) throw unknownPosition(key, valid);
  const items = valid
    .map((position) => ({ position, quantity: extra.get(position.key) ?? countedQuantity(position, quantities) }))
    .filter(({ quantity }) => quantity > 0);
  const { volumes, ...names } = under;
  const lines = priceLines(items, { ...names, day }, volumes);
  return { lines, ...sumOf(lines, vatRateOn(day, vatTermsOf(positions))) };
}

/** The names of nothing else: a quotation. */
function onItsOwn(): PricedUnder {
  return { options: new Set(), delivery: '', order: '', lot: '', contract: '', volumes: new Volumes() };
}

function isCharged({ unit, terms }: PricePosition, counted: string): boolean {
  return unit === counted && !terms?.isOption && !terms?.isEntered;
}

/** VAT once on the sum of each rate: there is more than one only where a line corrects what bore another rate. */
function sumOf(lines: readonly PriceLine[], vatRate: BasisPoints): Omit<Calculation, 'lines'> {
  const nets = new Map<BasisPoints, number>([[vatRate, 0]]);
  for (const { net, vatRate: own = vatRate } of lines) nets.set(own, (nets.get(own) ?? 0) + net);
  let [net, vat] = [0, 0];
  for (const [rate, part] of nets) {
    net += part;
    vat += vatOn(part as Cents, rate);
  }
  return { vatRate, net: net as Cents, vat: vat as Cents, gross: (net + vat) as Cents };
}

/** Thousandths of the unit. */
export function countedQuantity({ unit, terms }: PricePosition, quantities: Quantities): number {
  if (terms?.isEntered) return 0;
  const { pages, files, documents, removedBlanks = 0, classes = [] } = quantities;
  if (unit === 'page') {
    const charged = pages + (terms?.chargesBlanks ? removedBlanks : 0);
    return 1000 * (terms?.pages ? pagesOfClass(charged, classes, terms.pages) : charged);
  }
  if (unit === 'sheet') return 1000 * (quantities.sheets ?? Math.ceil((pages + removedBlanks) / 2));
  if (unit === 'file') return files * 1000;
  if (unit === 'document') return documents * 1000;
  return 0;
}

function noPrice(day: CalendarDate): UsageError {
  return new UsageError(
    'price.none',
    text({
      de: (format) => `Für den Leistungstag ${format.date(day)} hat das Los keinen Preis.`,
      en: (format) => `The lot has no price for performance on ${format.date(day)}.`,
    }),
    text({
      de: 'Preisblatt prüfen (validFrom, validTo) und den Vertrag mit „amendment“ erneut einlesen.',
      en: 'Check the price sheet (validFrom, validTo) and import the contract again with an "amendment".',
    }),
  );
}

function unknownPosition(key: string, valid: readonly PricePosition[]): UsageError {
  const known = valid.map((position) => position.key).join(', ');
  return new UsageError(
    'price.unknown-position',
    text({ de: `Die Preisposition „${key}“ gibt es nicht.`, en: `There is no price position "${key}".` }),
    text({ de: `Vorhanden: ${known}.`, en: `Known: ${known}.` }),
  );
}
