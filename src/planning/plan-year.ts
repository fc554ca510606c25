import type { Priced } from '../contract/vat.ts';
import type { Holding } from '../holdings/holding.ts';
import { type Text, text } from '../shared/language.ts';
import { add, zero } from '../shared/money.ts';
import { createPurse, type Taken } from './budget-cut.ts';
import { fullScore, scoreCandidates } from './criteria.ts';
import type { PlanFrame, PlanLot } from './frame.ts';
import { gatesOf } from './gates.ts';
import type { CriterionScore, ExcludedEntry, Plan, RankedEntry } from './plan.ts';

/**
 * Plans what to digitise in a year: gates keep holdings out, criteria with weights rank the others (ties by key), and
 * in the order of ranks each is taken that fits what is left of the budget and of the maxima. Pure: the same holdings
 * and frame give the same plan, in whatever order the holdings come.
 *
 * An optimiser may take the place of the last step; the result's form is the same.
 */
export function planYear(holdings: readonly Holding[], frame: PlanFrame): Plan {
  const byKey = [...holdings].sort((a, b) => compareKeys(a.key, b.key));
  const excluded: ExcludedEntry[] = [];
  const candidates: Candidate[] = [];
  for (const holding of byKey) {
    const gates = gatesOf(holding, frame);
    const lot = holding.lot === null ? undefined : frame.lots.get(holding.lot);
    if (gates.length > 0 || !lot) excluded.push({ state: 'excluded', holding, gates, explanation: excludedBy(gates) });
    else candidates.push({ holding, lot, cost: lot.price(holding) });
  }
  const { ranked, rest } = cut(rank(candidates, frame), frame);
  const portions = ranked.flatMap(({ planned }) => planned ?? []);
  return {
    year: frame.year,
    budget: frame.budget,
    cost: total(portions.map(({ cost }) => cost)),
    rest,
    pages: sum(portions.map(({ pages }) => pages)),
    millimetres: sum(portions.map(({ millimetres }) => millimetres)),
    ranked,
    excluded,
    fullPoints: fullScore * sum(Object.values(frame.config.weights)),
  };
}

interface Candidate {
  readonly holding: Holding;
  readonly lot: PlanLot;
  readonly cost: Priced;
}

interface RankedCandidate extends Candidate {
  readonly criteria: readonly CriterionScore[];
  readonly points: number;
}

/** By code points, not by a locale: the same order on every machine. */
function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The candidates by their points, highest first; they come sorted by key, and equal points keep that order. */
function rank(candidates: readonly Candidate[], frame: PlanFrame): RankedCandidate[] {
  const scores = scoreCandidates(candidates, frame);
  return candidates
    .map((candidate, index) => {
      const criteria = scores[index] ?? [];
      return { ...candidate, criteria, points: sum(criteria.map(({ points }) => points)) };
    })
    .sort((a, b) => b.points - a.points);
}

function cut(
  candidates: readonly RankedCandidate[],
  { budget, config }: PlanFrame,
): { ranked: RankedEntry[]; rest: Plan['rest'] } {
  const purse = createPurse(budget);
  const ranked = candidates.map(({ holding, lot, cost, criteria, points }, index): RankedEntry => {
    const restBefore = purse.rest;
    const taken = purse.take(holding, lot, cost, config.allowSplit);
    const planned = 'portion' in taken ? taken.portion : null;
    const state = !planned ? 'does-not-fit' : planned.millimetres === holding.millimetres ? 'planned' : 'partly';
    const explanation = whyHere(index + 1, criteria, state, taken);
    return { state, holding, rank: index + 1, points, criteria, cost, planned, restBefore, explanation };
  });
  return { ranked, rest: purse.rest };
}

function excludedBy(gates: ExcludedEntry['gates']): Text {
  return text({
    de: `Nicht eingeplant: ${gates.map(({ reason }) => reason.de).join(' ')}`,
    en: `Not planned: ${gates.map(({ reason }) => reason.en).join(' ')}`,
  });
}

/** The reasons that weigh most, then what became of it. */
function whyHere(rank: number, criteria: readonly CriterionScore[], state: RankedEntry['state'], taken: Taken): Text {
  const weightiest = criteria
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, 3);
  const because = (language: 'de' | 'en') => weightiest.map(({ reason }) => reason[language]).join(', ');
  const outcome = outcomeText(state, taken);
  const none = weightiest.length === 0;
  return text({
    de: `Rang ${rank}: ${none ? 'kein Kriterium spricht dafür' : because('de')}. ${outcome.de}`,
    en: `Rank ${rank}: ${none ? 'no criterion speaks for it' : because('en')}. ${outcome.en}`,
  });
}

function outcomeText(state: RankedEntry['state'], taken: Taken): Text {
  if ('obstacle' in taken) {
    return text({ de: `Passt nicht: ${taken.obstacle.de}.`, en: `Does not fit: ${taken.obstacle.en}.` });
  }
  const { millimetres, pages, cost } = taken.portion;
  const part = state === 'partly';
  return text({
    de: (format) =>
      `${part ? 'Teilweise eingeplant' : 'Eingeplant'}: ${format.metres(millimetres)}, ${format.counted(pages, 'Seite', 'Seiten')}, ${format.money(cost.gross)} brutto.`,
    en: (format) =>
      `${part ? 'Planned in part' : 'Planned'}: ${format.metres(millimetres)}, ${format.counted(pages, 'page', 'pages')}, ${format.money(cost.gross)} gross.`,
  });
}

function total(costs: readonly Priced[]): Priced {
  return costs.reduce(
    (all, cost) => ({ net: add(all.net, cost.net), vat: add(all.vat, cost.vat), gross: add(all.gross, cost.gross) }),
    { net: zero, vat: zero, gross: zero },
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
