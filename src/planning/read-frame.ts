import type { Kysely } from 'kysely';
import { countedUnits } from '../contract/price-unit.ts';
import { type PricePosition, priceQuantities, pricesOn } from '../contract/prices.ts';
import { type LotWithContract, listLots, lotPrices } from '../contract/store.ts';
import { type Consumption, consumptionOf, type Usage } from '../finance/consumption.ts';
import { lotNames } from '../holdings/lot-names.ts';
import { type CalendarDate, yearOf } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import type { Database } from '../storage/schema.ts';
import { type Ceiling, type Demand, type PlanLot, periodOf } from './frame.ts';

/** A lot, with the positions of its price sheet that cannot be estimated from a holding (boxes, trips, hours). */
export interface ReadLot extends PlanLot {
  readonly unpriced: readonly string[];
}

/**
 * The lots as a year's plan needs them: prices, and what the maxima still leave.
 * @param performedOn the day whose prices and VAT count; without it, the year's last day within the contract's term
 */
export async function readPlanLots(
  db: Kysely<Database>,
  year: number,
  performedOn?: CalendarDate,
): Promise<Map<string, ReadLot>> {
  const consumption = await consumptionOf(db);
  const { nameOf } = await lotNames(db);
  const read = await Promise.all(
    (await listLots(db)).map(async (lot) => {
      const name = nameOf(lot.id) ?? lot.key;
      const day = performedOn ?? lastDayInTerm(lot, year);
      return [name, planLot(name, lot, await lotPrices(db, lot.id), day, ceilings(name, lot, consumption))] as const;
    }),
  );
  return new Map(read);
}

/** The year's last day, or the contract's where it ends within the year. */
function lastDayInTerm({ contract }: LotWithContract, year: number): CalendarDate {
  return yearOf(contract.ends_on) === year ? contract.ends_on : periodOf(year).last;
}

function planLot(
  name: string,
  lot: LotWithContract,
  positions: readonly PricePosition[],
  day: CalendarDate,
  ceilings: readonly Ceiling[],
): ReadLot {
  // What is an option costs only where it is ordered.
  const valid = pricesOn(positions, day).filter(({ terms }) => !terms?.isOption);
  const price = ({ pages, files, millimetres }: Demand) => {
    // A metre's thousandth is a millimetre: lengths are quantities as they are.
    const lengths = valid.filter(({ unit }) => unit === 'runningMetre').map(({ key }) => [key, millimetres] as const);
    const quantities = { pages, files: files ?? 0, documents: files ?? 0 };
    const { net, vat, gross } = priceQuantities(positions, quantities, day, new Map(lengths));
    return { net, vat, gross };
  };
  return {
    key: name,
    ceilings,
    closed: notInForce(lot, day) ?? noPrice(() => price({ pages: 1, files: 1, millimetres: 1 })) ?? notEstimated(valid),
    needsFiles: valid.some(({ unit }) => unit === 'file' || unit === 'document'),
    unpriced: valid.filter(({ unit }) => !isEstimated(unit)).map(({ title }) => title),
    price,
  };
}

function isEstimated(unit: PricePosition['unit']): boolean {
  return unit === 'runningMetre' || countedUnits.includes(unit);
}

function notInForce({ contract }: LotWithContract, day: CalendarDate): Text | undefined {
  if (contract.starts_on <= day && day <= contract.ends_on) return undefined;
  return text({
    de: (format) =>
      `Der Vertrag ${contract.number} gilt am ${format.date(day)} nicht (${format.date(contract.starts_on)} bis ${format.date(contract.ends_on)}).`,
    en: (format) =>
      `Contract ${contract.number} is not in force on ${format.date(day)} (${format.date(contract.starts_on)} to ${format.date(contract.ends_on)}).`,
  });
}

function noPrice(price: () => unknown): Text | undefined {
  try {
    price();
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.text;
    throw error;
  }
}

/** A price sheet of nothing but boxes, trips and hours would make holdings look free of charge. */
function notEstimated(valid: readonly PricePosition[]): Text | undefined {
  if (valid.some(({ unit }) => isEstimated(unit))) return undefined;
  return text({
    de: 'Das Los hat keinen Preis je Seite, Akte, Dokument oder laufendem Meter.',
    en: 'The lot has no price by page, file, document or running metre.',
  });
}

function ceilings(name: string, lot: LotWithContract, { lots, contracts }: Consumption): Ceiling[] {
  const { contract } = lot;
  const ofLot = text({ de: `Los ${name}`, en: `lot ${name}` });
  const ofContract = text({ de: `Vertrag ${contract.number}`, en: `contract ${contract.number}` });
  return [
    ...ceilingsOf(`lot/${lot.id}`, ofLot, contract.value_basis, lots.get(lot.id)),
    ...ceilingsOf(`contract/${contract.id}`, ofContract, contract.value_basis, contracts.get(contract.id)),
  ];
}

const ceilingNames = {
  value: { de: 'Höchstwert', en: 'maximum value' },
  pages: { de: 'Höchstmenge an Seiten', en: 'maximum of pages' },
  millimetres: { de: 'Höchstmenge an laufenden Metern', en: 'maximum of running metres' },
} as const;

function ceilingsOf(id: string, of: Text, basis: 'net' | 'gross', usage: Usage | undefined): Ceiling[] {
  if (!usage) return [];
  const { maximum, consumed, consumedValue } = usage;
  const used = { value: consumedValue, pages: consumed.pages, millimetres: consumed.millimetres };
  return (['value', 'pages', 'millimetres'] as const).flatMap((measure): Ceiling[] => {
    const most = maximum[measure];
    if (most === null) return [];
    const words = ceilingNames[measure];
    return [
      {
        id: `${id}/${measure}`,
        name: text({ de: `${of.de}: ${words.de}`, en: `${of.en}: ${words.en}` }),
        measure: measure === 'value' ? basis : measure,
        free: most - used[measure],
      },
    ];
  });
}
