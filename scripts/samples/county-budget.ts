import { lots } from './county-lots.ts';
import type { Cell } from './workbook.ts';

/** The county's budget of two years: one line a lot and year, with its heading. */
export function budgetRows(): Cell[][] {
  const rows = [2020, 2021].flatMap((year, index) =>
    lots.map((lot): Cell[] => [
      year,
      lot.account,
      lot.costCentre,
      lot.department,
      `Digitalisierung ${lot.department}`,
      euros(lot.budget[index] ?? '0.00'),
      euros(year === 2021 ? lot.budget[2] : '0.00'),
    ]),
  );
  return [['Haushaltsjahr', 'Konto', 'Kostenstelle', 'Amt', 'Bezeichnung', 'Ansatz', 'Übertrag'], ...rows];
}

function euros(amount: string): Cell {
  return { amount: Number(amount), decimals: 2 };
}
