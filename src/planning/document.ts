import type { Priced } from '../contract/vat.ts';
import { holdingDocument, metresDecimal } from '../holdings/fields.ts';
import type { Language } from '../shared/language.ts';
import { centsToDecimal } from '../shared/money.ts';
import type { ExcludedEntry, Plan, RankedEntry } from './plan.ts';

/** A plan as the JSON document plan-1: amounts and lengths are decimals, texts in one language. */
export function planDocument(plan: Plan, language: Language): Record<string, unknown> {
  return {
    year: plan.year,
    budget: { amount: centsToDecimal(plan.budget.amount), basis: plan.budget.basis },
    cost: priced(plan.cost),
    rest: centsToDecimal(plan.rest),
    pages: plan.pages,
    runningMetres: metresDecimal(plan.millimetres),
    fullPoints: plan.fullPoints,
    ranked: plan.ranked.map((entry) => rankedEntry(entry, language)),
    excluded: plan.excluded.map((entry) => excludedEntry(entry, language)),
  };
}

function rankedEntry(entry: RankedEntry, language: Language) {
  const { rank, state, holding, points, criteria, cost, planned, restBefore, explanation } = entry;
  return {
    rank,
    state,
    holding: holdingDocument(holding),
    points,
    criteria: criteria.map((each) => ({ ...each, reason: each.reason[language] })),
    cost: priced(cost),
    planned: planned && {
      runningMetres: metresDecimal(planned.millimetres),
      pages: planned.pages,
      files: planned.files,
      cost: priced(planned.cost),
    },
    restBefore: centsToDecimal(restBefore),
    explanation: explanation[language],
  };
}

function excludedEntry({ holding, gates, explanation }: ExcludedEntry, language: Language) {
  return {
    holding: holdingDocument(holding),
    gates: gates.map(({ gate, reason, remedy }) => ({ gate, reason: reason[language], remedy: remedy[language] })),
    explanation: explanation[language],
  };
}

function priced({ net, vat, gross }: Priced) {
  return { net: centsToDecimal(net), vat: centsToDecimal(vat), gross: centsToDecimal(gross) };
}
