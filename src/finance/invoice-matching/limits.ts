import { createFinding, type Finding } from '../../findings/finding.ts';
import { yearOf } from '../../shared/dates.ts';
import { type Cents, centsToDecimal } from '../../shared/money.ts';
import { budgetKey, budgetName } from '../budget-line.ts';
import type { Amounts, Usage } from '../consumption.ts';
import type { FinanceLot } from '../store.ts';
import type { InvoiceBooks } from './books.ts';
import type { Use } from './pool.ts';

/** Whether what was accepted in all stays within the maxima and the budget lines that the uses are charged to. */
export function checkLimits(uses: readonly Use[], books: InvoiceBooks, path: string): Finding[] {
  const lots = [...new Set(uses.map(({ item }) => item.lot))];
  const contracts = [...new Map(lots.map(({ contract }) => [contract.id, contract])).values()];
  return [
    ...lots.flatMap((lot) => passed(lot.key, lot, books.consumption.lots.get(lot.id), path)),
    ...contracts.flatMap((contract) =>
      passed(contract.number, { contract }, books.consumption.contracts.get(contract.id), path),
    ),
    ...overdrawn(uses, books, path),
  ];
}

/** Accepted value and pages, with what was performed before the contract was tracked; open orders do not count here. */
function passed(
  of: string,
  { contract }: Pick<FinanceLot, 'contract'>,
  usage: Usage | undefined,
  path: string,
): Finding[] {
  if (!usage) return [];
  const sum = (member: keyof Amounts) => usage.accepted[member] + usage.opening[member];
  const { value, pages } = usage.maximum;
  const findings: Finding[] = [];
  const accepted = sum(contract.valueBasis);
  if (value !== null && accepted > value) {
    const args = { of, accepted: centsToDecimal(accepted as Cents), maximum: centsToDecimal(value) };
    findings.push(createFinding('invoice.maximum-exceeded', { path }, args));
  }
  if (pages !== null && sum('pages') > pages) {
    const args = { of, accepted: String(sum('pages')), maximum: String(pages) };
    findings.push(createFinding('invoice.maximum-exceeded', { path }, args));
  }
  return findings;
}

function overdrawn(uses: readonly Use[], { budget }: InvoiceBooks, path: string): Finding[] {
  const keys = new Set(
    uses.map(({ item: { callOff, performedOn } }) => budgetKey({ ...callOff, fiscalYear: yearOf(performedOn) })),
  );
  return budget
    .filter((line) => line.available < 0 && keys.has(budgetKey(line)))
    .map((line) => {
      const args = { budget: budgetName(line), overdrawn: centsToDecimal(-line.available as Cents) };
      return createFinding('invoice.budget-exceeded', { path }, args);
    });
}
