import type { Column, ReportTable } from '../../reporting/model.ts';
import { text } from '../../shared/language.ts';
import { budgetFields } from '../budget-line.ts';
import type { ChargedLine, Costs } from './costs.ts';
import { groupBy, sumOf, sumOfKnown } from './sums.ts';

const yearColumn: Column = { key: 'year', title: text({ de: 'Jahr', en: 'Year' }), type: 'year' };
const accountColumn: Column = { key: 'account', title: text({ de: 'Konto', en: 'Account' }), type: 'text' };
const committedColumn: Column = { key: 'committed', title: text({ de: 'Gebunden', en: 'Committed' }), type: 'money' };
const accruedColumn: Column = { key: 'accrued', title: text({ de: 'Abgenommen', en: 'Accepted' }), type: 'money' };
const othersColumn: Column = {
  key: 'others',
  title: text({ de: 'Übrige Belastung', en: 'Charged by others' }),
  type: 'money',
};
const changesColumn: Column = {
  key: 'changes',
  title: text({ de: 'Nachträge, Umbuchungen', en: 'Supplements, transfers' }),
  type: 'money',
};
const availableTitle = text({ de: 'Verfügbar', en: 'Available' });

/** The main table: fiscal year × account, cost centres added up. */
export function overviewTable({ lines, isPart }: Costs): ReportTable {
  return {
    key: 'overview',
    title: text({ de: 'Haushalt nach Jahren und Konten', en: 'Budget by year and account' }),
    shortTitle: text({ de: 'Haushalt', en: 'Budget' }),
    columns: [
      yearColumn,
      accountColumn,
      { key: 'appropriation', title: text({ de: 'Ansatz', en: 'Appropriation' }), type: 'money' },
      { key: 'carryOver', title: text({ de: 'Übertragung', en: 'Carry-over' }), type: 'money' },
      ...(hasChanges(lines) ? [changesColumn] : []),
      { key: 'funds', title: text({ de: 'Mittel', en: 'Funds' }), type: 'money' },
      accruedColumn,
      committedColumn,
      ...(isPart ? [othersColumn] : []),
      { key: 'used', title: text({ de: 'Belastung', en: 'Charged' }), type: 'money' },
      { key: 'available', title: availableTitle, type: 'money', formula: { difference: ['funds', 'used'] } },
      {
        key: 'share',
        title: text({ de: 'Belastet', en: 'Used' }),
        type: 'percent',
        formula: { ratio: ['used', 'funds'] },
      },
    ],
    rows: yearsAndAccounts(lines).map(([{ fiscalYear, account }, parts]) => {
      const [accrued, committed, others] = charges(parts);
      return {
        year: fiscalYear,
        account,
        appropriation: sumOfKnown(parts, (line) => line.appropriation),
        carryOver: sumOfKnown(parts, (line) => line.carryOver),
        ...(hasChanges(lines) ? { changes: sumOf(parts, (line) => line.changes) } : {}),
        funds: sumOf(parts, (line) => line.funds),
        accrued,
        committed,
        ...(isPart ? { others } : {}),
        used: accrued + committed + others,
      };
    }),
  };
}

function hasChanges(lines: readonly ChargedLine[]): boolean {
  return lines.some(({ changes }) => changes !== 0);
}

/** Every budget line, and every charge without one. */
export function accountTable({ lines, isPart }: Costs): ReportTable {
  return {
    key: 'accounts',
    title: text({ de: 'Haushaltsansätze im Einzelnen', en: 'Single budget lines' }),
    shortTitle: text({ de: 'Ansätze', en: 'Budget lines' }),
    columns: [
      yearColumn,
      accountColumn,
      { key: 'costCentre', title: budgetFields.costCentre, type: 'text' },
      { key: 'department', title: budgetFields.department, type: 'text' },
      { key: 'title', title: budgetFields.title, type: 'text' },
      { key: 'funds', title: text({ de: 'Mittel', en: 'Funds' }), type: 'money' },
      { key: 'carryOver', title: text({ de: 'davon übertragen', en: 'of it carried over' }), type: 'money' },
      accruedColumn,
      committedColumn,
      ...(isPart ? [othersColumn] : []),
      {
        key: 'available',
        title: availableTitle,
        type: 'money',
        formula: { difference: ['funds', 'accrued', 'committed', ...(isPart ? ['others'] : [])] },
      },
    ],
    rows: lines.map((line) => ({
      year: line.fiscalYear,
      account: line.account,
      costCentre: line.costCentre,
      department: line.department,
      title: line.appropriation === null ? text({ de: '(kein Ansatz)', en: '(no appropriation)' }) : line.title,
      funds: line.funds,
      carryOver: line.carryOver,
      accrued: line.accrued,
      committed: line.committed,
      ...(isPart ? { others: line.others } : {}),
    })),
  };
}

/** The lines of each year and account, ascending. */
export function yearsAndAccounts(lines: readonly ChargedLine[]): [ChargedLine, ChargedLine[]][] {
  return groupBy(lines, ({ fiscalYear, account }) => `${fiscalYear} ${account}`).flatMap(([, parts]) => {
    const [first] = parts;
    return first ? [[first, parts]] : [];
  });
}

/** Accrued, committed and what others charge, added up. */
export function charges(lines: readonly ChargedLine[]): [accrued: number, committed: number, others: number] {
  return [
    sumOf(lines, ({ accrued }) => accrued),
    sumOf(lines, ({ committed }) => committed),
    sumOf(lines, ({ others }) => others),
  ];
}
