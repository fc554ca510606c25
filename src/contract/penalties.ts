import { addDays, type CalendarDate, daysBetween } from '../shared/dates.ts';
import { type Cents, cents, divideHalfUp, parseCents, parseScaled, zero } from '../shared/money.ts';
import type { PenaltyDocument } from './contract-document.ts';

/** One round of a batch, as far as delays and defects are concerned. */
export interface DeliveredRound {
  readonly round: number;
  readonly receivedOn: CalendarDate;
  /** Null while nobody has decided. */
  readonly decidedOn: CalendarDate | null;
  readonly rejectedFiles: number;
  /** Net value of the files that were rejected, at the prices of the day of rejection. */
  readonly rejectedNet: Cents;
  /** Net value of what was accepted of this round. */
  readonly acceptedNet: Cents;
}

/** A batch with its rounds, oldest first. */
export interface DeliveredBatch {
  readonly batch: string;
  readonly lot: string;
  readonly handedOverOn: CalendarDate | null;
  /** Days to mend a rejected delivery, by the lot's terms. */
  readonly cureDays: number | null;
  readonly rounds: readonly DeliveredRound[];
}

/** What a rule of the contract entitles to; proposed, applied by nobody but a person. */
export interface PenaltyProposal {
  readonly rule: string;
  readonly title: string;
  readonly trigger: PenaltyDocument['trigger'];
  readonly batch: string;
  readonly lot: string;
  /** The late or defective round; null while it has not come. */
  readonly round: number | null;
  /** Last day in time; null for defects. */
  readonly dueOn: CalendarDate | null;
  /** Calendar days of delay; null for defects. */
  readonly daysLate: number | null;
  /** Completed days or weeks, or rejected files. */
  readonly count: number;
  /** Net value of what is late or defective. */
  readonly base: Cents;
  /** Net, in favour of the customer. */
  readonly amount: Cents;
  /** Whether the rule's maximum holds in place of what was computed. */
  readonly isCapped: boolean;
}

/** What the rules of a contract or lot propose for batches, by the end of a day. Pure. */
export function proposePenalties(
  rules: readonly PenaltyDocument[],
  batches: readonly DeliveredBatch[],
  today: CalendarDate,
): PenaltyProposal[] {
  return batches.flatMap((batch) => rules.flatMap((rule) => triggers[rule.trigger](rule, batch, today)));
}

type Trigger = (rule: PenaltyDocument, batch: DeliveredBatch, today: CalendarDate) => PenaltyProposal[];

const triggers: Readonly<Record<PenaltyDocument['trigger'], Trigger>> = {
  lateDelivery: (rule, batch, today) => {
    const { handedOverOn, rounds } = batch;
    if (handedOverOn === null || rule.days === undefined) return [];
    const base = sumOf(rounds, ({ acceptedNet }) => acceptedNet);
    return late(rule, batch, { since: handedOverOn, days: rule.days, came: rounds[0], base }, today);
  },
  lateRework: (rule, batch, today) =>
    batch.rounds.flatMap((rejected, index) => {
      const days = rule.days ?? batch.cureDays;
      if (rejected.decidedOn === null || rejected.rejectedFiles === 0 || days === null) return [];
      const came = batch.rounds[index + 1];
      const base = came?.acceptedNet ?? zero;
      return late(rule, batch, { since: rejected.decidedOn, days, came, base }, today);
    }),
  defectiveFile: (rule, batch) =>
    batch.rounds.flatMap(({ round, rejectedFiles, rejectedNet }) =>
      rejectedFiles === 0 ? [] : [proposal(rule, batch, round, null, null, rejectedFiles, rejectedNet)],
    ),
};

interface Delay {
  readonly since: CalendarDate;
  readonly days: number;
  /** The round that was due; undefined while it has not come. */
  readonly came: DeliveredRound | undefined;
  readonly base: Cents;
}

function late(rule: PenaltyDocument, batch: DeliveredBatch, { since, days, came, base }: Delay, today: CalendarDate) {
  const dueOn = addDays(since, days);
  const daysLate = daysBetween(dueOn, came?.receivedOn ?? today);
  if (daysLate <= 0) return [];
  const count = rule.per === 'week' ? Math.floor(daysLate / 7) : daysLate;
  return [proposal(rule, batch, came?.round ?? null, dueOn, daysLate, count, base)];
}

/**
 * Percent of the value, or the amount, for each period or file; at most the rule's share of the value. A percentage on a
 * defect is of the value of the defective files, whatever their number. Rounded to the cent.
 */
function proposal(
  rule: PenaltyDocument,
  { batch, lot }: DeliveredBatch,
  round: number | null,
  dueOn: CalendarDate | null,
  daysLate: number | null,
  count: number,
  base: Cents,
): PenaltyProposal {
  const times = rule.trigger === 'defectiveFile' && rule.percent !== undefined ? 1 : count;
  const computed =
    rule.percent === undefined
      ? cents((parseCents(rule.amount ?? '') ?? 0) * times)
      : shareOf(base, rule.percent, times);
  const most = rule.maximumPercent === undefined ? undefined : shareOf(base, rule.maximumPercent, 1);
  const isCapped = most !== undefined && computed > most;
  const amount = isCapped ? most : computed;
  const { key, title, trigger } = rule;
  return { rule: key, title, trigger, batch, lot, round, dueOn, daysLate, count, base, amount, isCapped };
}

/** Percent has at most four decimals. */
function shareOf(base: Cents, percent: string, times: number): Cents {
  const millionths = BigInt(parseScaled(percent, 4) ?? 0);
  return cents(Number(divideHalfUp(BigInt(base) * millionths * BigInt(times), 1_000_000n)));
}

function sumOf<T>(rows: readonly T[], pick: (row: T) => number): Cents {
  return cents(rows.reduce((sum, row) => sum + pick(row), 0));
}
