import type { CalendarDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { add, type Cents, type Micros, multiply } from '../shared/money.ts';
import { countedUnits, type PriceUnit } from './price-unit.ts';
import { type Priced, withVat } from './vat.ts';

/** One price of a lot's price sheet, with the days of performance on which it holds. */
export interface PricePosition {
  readonly key: string;
  readonly title: string;
  readonly unit: PriceUnit;
  /** Net, for one unit. */
  readonly price: Micros;
  readonly validFrom: CalendarDate | null;
  readonly validTo: CalendarDate | null;
}

/** What was counted at an acceptance, or is expected of a call-off. */
export interface Quantities {
  readonly pages: number;
  readonly files: number;
  readonly documents: number;
}

/** One line of a price calculation. */
export interface PriceLine {
  readonly position: PricePosition;
  /** Thousandths of the unit. */
  readonly quantity: number;
  /** Rounded to the cent. */
  readonly net: Cents;
}

export interface Calculation extends Priced {
  readonly lines: readonly PriceLine[];
}

/** The positions that hold on a day of performance. */
export function pricesOn(positions: readonly PricePosition[], day: CalendarDate): PricePosition[] {
  return positions.filter(({ validFrom, validTo }) => (validFrom ?? '') <= day && day <= (validTo ?? '9999'));
}

/**
 * Prices what is counted by the unit: each position is rounded to the cent, the net amount is their sum, and VAT is
 * computed once on that sum by the day of performance. This is the one rounding rule (docs/decisions/money.md).
 * @param extra further quantities by position key, in thousandths, for units that are not counted at acceptance
 * @throws UsageError when a counted unit has no price on that day, or an extra position is unknown
 */
export function priceQuantities(
  positions: readonly PricePosition[],
  quantities: Quantities,
  day: CalendarDate,
  extra: ReadonlyMap<string, number> = new Map(),
): Calculation {
  const valid = pricesOn(positions, day);
  // A gap in the price sheet must not make pages free of charge.
  const priced = countedUnits.filter((unit) => positions.some((position) => position.unit === unit));
  const missing = priced.some((unit) => !valid.some((position) => position.unit === unit));
  if (missing || valid.length === 0) throw noPrice(day);
  for (const key of extra.keys())
    if (!valid.some((position) => position.key === key)) throw unknownPosition(key, valid);
  const lines = valid
    .map((position) => ({ position, quantity: extra.get(position.key) ?? countedQuantity(position, quantities) }))
    .filter(({ quantity }) => quantity > 0)
    .map((line) => ({ ...line, net: multiply(line.quantity, line.position.price) }));
  return { lines, ...withVat(add(...lines.map(({ net }) => net)), day) };
}

function countedQuantity({ unit }: PricePosition, { pages, files, documents }: Quantities): number {
  if (unit === 'page') return pages * 1000;
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
