import type { Priced } from '../contract/vat.ts';
import type { Holding } from '../holdings/holding.ts';
import { addMonths, type CalendarDate, daysBetween } from '../shared/dates.ts';
import { type Text, text } from '../shared/language.ts';
import type { Micros } from '../shared/money.ts';
import { type Criterion, criteria } from './config.ts';
import { type PlanFrame, periodOf } from './frame.ts';
import type { CriterionScore } from './plan.ts';

/** A holding that passed the gates, with the cost of the whole of it. */
export interface Candidate {
  readonly holding: Holding;
  readonly cost: Priced;
}

/** The full score: the worst or most urgent case of its kind. */
export const fullScore = 1000;

/**
 * Scores every candidate by every criterion: integers from 0 to 1000, computed without floats, so that equal holdings
 * have equal scores on every machine. Some criteria compare the candidates among themselves (usage, space, cost).
 */
export function scoreCandidates(candidates: readonly Candidate[], frame: PlanFrame): CriterionScore[][] {
  const extremes = extremesOf(candidates);
  return candidates.map((candidate) =>
    criteria.map((criterion) => {
      const { score, reason } = scorers[criterion](candidate, frame, extremes);
      const weight = frame.config.weights[criterion];
      return { criterion, score, weight, points: score * weight, reason };
    }),
  );
}

/** What candidates are compared with: the most of each measure, and the least cost. */
interface Extremes {
  readonly millimetres: number;
  readonly usage: Fraction;
  readonly costPerPage: Fraction;
}

/** A quotient of integers; the denominator is above 0. */
interface Fraction {
  readonly of: number;
  readonly by: number;
}

function extremesOf(candidates: readonly Candidate[]): Extremes {
  const usages = candidates.map(({ holding }) => usagePerMetre(holding));
  const costs = candidates.map(costPerPage);
  return {
    millimetres: Math.max(0, ...candidates.map(({ holding }) => holding.millimetres)),
    usage: usages.reduce((most, next) => (isLess(most, next) ? next : most), { of: 0, by: 1 }),
    costPerPage: costs.reduce((least, next) => (isLess(next, least) ? next : least), costs[0] ?? { of: 0, by: 1 }),
  };
}

function usagePerMetre({ usage, millimetres }: Holding): Fraction {
  return millimetres > 0 ? { of: usage * 1000, by: millimetres } : { of: 0, by: 1 };
}

function costPerPage({ cost, holding }: Candidate): Fraction {
  return { of: cost.gross, by: Math.max(1, holding.pages) };
}

function isLess(a: Fraction, b: Fraction): boolean {
  return BigInt(a.of) * BigInt(b.by) < BigInt(b.of) * BigInt(a.by);
}

/** 1000 × a ÷ b, rounded down; 0 when b is 0. */
function perMille(a: Fraction, b: Fraction): number {
  if (b.of === 0) return 0;
  return Number((1000n * BigInt(a.of) * BigInt(b.by)) / (BigInt(a.by) * BigInt(b.of)));
}

interface Judgement {
  readonly score: number;
  readonly reason: Text;
}

type Scorer = (candidate: Candidate, frame: PlanFrame, extremes: Extremes) => Judgement;

const scorers: Readonly<Record<Criterion, Scorer>> = {
  hardDeadline: ({ holding: { hardDeadline } }, { year, config }) => {
    if (hardDeadline === null) return { score: 0, reason: text({ de: 'kein fester Termin', en: 'no hard deadline' }) };
    return {
      score: nearness(hardDeadline, periodOf(year).last, config.horizonYears),
      reason: text({
        de: (format) => `fester Termin ${format.date(hardDeadline)}`,
        en: (format) => `hard deadline ${format.date(hardDeadline)}`,
      }),
    };
  },
  usage: ({ holding }, _, { usage }) => {
    const own = usagePerMetre(holding);
    const tenths = Number((10n * BigInt(own.of)) / BigInt(own.by)) / 10;
    return {
      score: perMille(own, usage),
      reason: text({
        de: (format) => `${format.number(tenths, 1)} Zugriffe je Meter im Jahr`,
        en: (format) => `${format.number(tenths, 1)} accesses per metre a year`,
      }),
    };
  },
  risk: ({ holding: { risk } }) => ({
    score: Math.floor((fullScore * risk) / 3),
    reason: text({ de: `Gefährdung ${risk} von 3`, en: `risk ${risk} of 3` }),
  }),
  space: ({ holding: { millimetres } }, _, extremes) => ({
    score: perMille({ of: millimetres, by: 1 }, { of: extremes.millimetres, by: 1 }),
    reason: text({
      de: (format) => `${format.metres(millimetres)} Regal werden frei`,
      en: (format) => `${format.metres(millimetres)} of shelf become free`,
    }),
  }),
  goLive: ({ holding: { dmsGoLive } }, { year, config }) => {
    if (dmsGoLive === null) return { score: 0, reason: text({ de: 'kein DMS-Termin', en: 'no DMS go-live' }) };
    return {
      score: backwardNearness(dmsGoLive, periodOf(year), config.horizonYears),
      reason: text({
        de: (format) => `DMS-Einführung ${format.date(dmsGoLive)}`,
        en: (format) => `DMS go-live ${format.date(dmsGoLive)}`,
      }),
    };
  },
  costPerPage: (candidate, _, extremes) => {
    const own = costPerPage(candidate);
    const micros = Number((10_000n * BigInt(own.of)) / BigInt(own.by)) as Micros;
    return {
      score: own.of === 0 ? fullScore : perMille(extremes.costPerPage, own),
      reason: text({
        de: (format) => `${format.price(roundPrice(micros))} brutto je Seite`,
        en: (format) => `${format.price(roundPrice(micros))} gross per page`,
      }),
    };
  },
};

/** To four decimals of a euro, as price sheets have them. */
function roundPrice(price: Micros): Micros {
  return (Math.round(price / 100) * 100) as Micros;
}

/** Full until the last day of the planned year, falling to 0 over the horizon after it. */
function nearness(deadline: CalendarDate, last: CalendarDate, horizonYears: number): number {
  const horizon = daysBetween(last, addMonths(last, 12 * horizonYears));
  return falling(daysBetween(last, deadline), horizon);
}

/** Full in the planned year, falling to 0 over the horizon before it: what went live long ago works without the paper. */
function backwardNearness(
  goLive: CalendarDate,
  { first, last }: { readonly first: CalendarDate; readonly last: CalendarDate },
  horizonYears: number,
): number {
  if (goLive > last) return nearness(goLive, last, horizonYears);
  return falling(daysBetween(goLive, first), daysBetween(addMonths(first, -12 * horizonYears), first));
}

function falling(days: number, horizon: number): number {
  if (days <= 0) return fullScore;
  return days >= horizon ? 0 : Math.floor((fullScore * (horizon - days)) / horizon);
}
