import type { Kysely } from 'kysely';
import { budgetLineUse } from '../finance/budget.ts';
import { type BudgetKey, budgetName } from '../finance/budget-line.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { type Cents, centsToDecimal, zero } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';

/** For the audit log: a budget line was knowingly burdened with more than it had left. Amounts are decimal EUR, gross. */
export interface OverBudget {
  readonly reason: string;
  /** Left before the call-off; negative when the line was overdrawn already. */
  readonly available: string;
}

const SHORTEST_REASON = 3;

/**
 * The budget line's gate: a call-off takes no more than is left of appropriation and carry-over.
 * @param gross what the call-off commits
 * @param reason why it may take more
 * @returns what to record, when it takes more for that reason
 * @throws GateError that tells what is left, when there is no reason; UsageError for a reason that says nothing
 */
export async function requireWithinBudget(
  db: Kysely<Database>,
  budget: BudgetKey,
  gross: Cents,
  reason: string | undefined,
): Promise<OverBudget | undefined> {
  if (reason !== undefined && reason.trim().length < SHORTEST_REASON) throw reasonMissing();
  const use = await budgetLineUse(db, budget);
  const available = use?.available ?? zero;
  if (use && use.appropriation !== null && gross <= available) return undefined;
  if (reason !== undefined) return { reason: reason.trim(), available: centsToDecimal(available) };
  throw use && use.appropriation !== null ? exceeded(budget, gross, available) : noLine(budget, gross);
}

function exceeded(budget: BudgetKey, gross: Cents, available: Cents): GateError {
  return new GateError(
    'call-off.budget-exceeded',
    text({
      de: (f) =>
        `Der Abruf über ${f.money(gross)} brutto übersteigt den Haushaltsansatz ${budgetName(budget)}: verfügbar sind noch ${f.money(available)}.`,
      en: (f) =>
        `The call-off of ${f.money(gross)} gross exceeds budget line ${budgetName(budget)}: ${f.money(available)} is left.`,
    }),
    whatToDo,
  );
}

function noLine(budget: BudgetKey, gross: Cents): GateError {
  return new GateError(
    'call-off.no-appropriation',
    text({
      de: (f) =>
        `Für den Abruf über ${f.money(gross)} brutto gibt es keinen Haushaltsansatz ${budgetName(budget)}: verfügbar sind ${f.money(zero)}.`,
      en: (f) =>
        `There is no budget line ${budgetName(budget)} for the call-off of ${f.money(gross)} gross: ${f.money(zero)} is left.`,
    }),
    whatToDo,
  );
}

const whatToDo = text({
  de: 'Weniger abrufen, einen anderen Ansatz nennen (vorhandene zeigt: scanlot budget show), den Haushalt mit „scanlot budget import“ fortschreiben, oder mit --over-budget "GRUND" bewusst überschreiten.',
  en: 'Order less, name another line (to see them: scanlot budget show), update the budget with "scanlot budget import", or exceed it knowingly with --over-budget "REASON".',
});

function reasonMissing(): UsageError {
  return new UsageError(
    'call-off.reason-missing',
    text({ de: 'Eine Überschreitung braucht einen Grund.', en: 'To exceed the budget needs a reason.' }),
    text({ de: 'Mit --over-budget "GRUND" angeben.', en: 'State it with --over-budget "REASON".' }),
  );
}
