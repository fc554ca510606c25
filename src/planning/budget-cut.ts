import type { Priced } from '../contract/vat.ts';
import type { Holding } from '../holdings/holding.ts';
import type { Format } from '../shared/format.ts';
import { type Text, text } from '../shared/language.ts';
import type { Cents } from '../shared/money.ts';
import type { Ceiling, Demand, PlanLot } from './frame.ts';
import type { Budget, Portion } from './plan.ts';

/** What is left of a budget and of the maxima, while holdings are taken one after the other. */
export interface Purse {
  readonly rest: Cents;
  /** The whole holding, or as much of it as fits where it may be split; else what it fails at. */
  take(holding: Holding, lot: PlanLot, whole: Priced, allowSplit: boolean): Taken;
}

export type Taken = { readonly portion: Portion } | { readonly obstacle: Text };

const millimetresAMetre = 1000;

export function createPurse(budget: Budget): Purse {
  let rest: number = budget.amount;
  // One holding at the edge of the budget is split; crumbs of many would be ordered by nobody.
  let hasSplit = false;
  const free = new Map<string, number>();
  const freeOf = ({ id, free: initial }: Ceiling) => free.get(id) ?? initial;
  const obstacleTo = (portion: Portion, lot: PlanLot): Text | undefined => {
    const amount = portion.cost[budget.basis];
    if (amount > rest) return beyondBudget(amount, rest as Cents, budget.basis);
    const ceiling = lot.ceilings.find((limit) => measureOf(portion, limit) > freeOf(limit));
    return ceiling && beyondCeiling(ceiling, freeOf(ceiling));
  };
  const spend = (portion: Portion, lot: PlanLot): Taken => {
    rest -= portion.cost[budget.basis];
    for (const limit of lot.ceilings) free.set(limit.id, freeOf(limit) - measureOf(portion, limit));
    return { portion };
  };
  return {
    get rest() {
      return rest as Cents;
    },
    take(holding, lot, whole, allowSplit) {
      const all = { ...demandOf(holding, holding.millimetres), cost: whole };
      const obstacle = obstacleTo(all, lot);
      if (!obstacle) return spend(all, lot);
      const maySplit = allowSplit && !hasSplit;
      const part = maySplit ? largestPart(holding, lot, (smaller) => !obstacleTo(smaller, lot)) : undefined;
      hasSplit ||= part !== undefined;
      return part ? spend(part, lot) : { obstacle };
    },
  };
}

function measureOf({ cost, pages, millimetres }: Portion, { measure }: Ceiling): number {
  return { net: cost.net, gross: cost.gross, pages, millimetres }[measure];
}

/** The greatest number of whole metres, less than all, that fits: more metres never cost less. */
function largestPart(holding: Holding, lot: PlanLot, fits: (part: Portion) => boolean): Portion | undefined {
  const part = (metres: number): Portion => {
    const demand = demandOf(holding, metres * millimetresAMetre);
    return { ...demand, cost: lot.price(demand) };
  };
  let [fitting, tooMuch] = [0, Math.ceil(holding.millimetres / millimetresAMetre)];
  while (tooMuch - fitting > 1) {
    const middle = Math.floor((fitting + tooMuch) / 2);
    if (fits(part(middle))) fitting = middle;
    else tooMuch = middle;
  }
  return fitting === 0 ? undefined : part(fitting);
}

/** What stands on a length of the holding; pages and files in proportion, rounded up. */
function demandOf({ pages, files, millimetres }: Holding, length: number): Demand {
  if (length === millimetres) return { pages, files, millimetres };
  const share = (count: number) => Math.ceil((count * length) / millimetres);
  return { pages: share(pages), files: files === null ? null : share(files), millimetres: length };
}

function beyondBudget(amount: Cents, rest: Cents, basis: 'net' | 'gross'): Text {
  const words = { net: { de: 'netto', en: 'net' }, gross: { de: 'brutto', en: 'gross' } }[basis];
  return text({
    de: (format) => `kostet ${format.money(amount)} ${words.de}, vom Budget sind ${format.money(rest)} übrig`,
    en: (format) => `costs ${format.money(amount)} ${words.en}, ${format.money(rest)} of the budget are left`,
  });
}

function beyondCeiling({ name, measure }: Ceiling, free: number): Text {
  return text({
    de: (format) => `${name.de} lässt nur noch ${showMeasure(measure, free, format)} zu`,
    en: (format) => `${name.en} leaves only ${showMeasure(measure, free, format)}`,
  });
}

function showMeasure(measure: Ceiling['measure'], amount: number, format: Format): string {
  if (measure === 'millimetres') return format.metres(amount);
  if (measure === 'pages') return `${format.number(amount)} ${format.language === 'de' ? 'Seiten' : 'pages'}`;
  return format.money(amount as Cents);
}
