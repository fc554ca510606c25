import type { ReportTable } from '../../reporting/model.ts';
import { text } from '../../shared/language.ts';
import type { Costs } from './costs.ts';
import { sumOf, sumOfKnown } from './sums.ts';
import { knownFiles } from './unit-cost-tables.ts';

/** What each department has received, and what is still to come. */
export function departmentTable({ services, commitments }: Costs): ReportTable {
  const departments = [
    ...new Set([
      ...services.map(({ department }) => department),
      ...commitments.filter(({ open }) => open !== 0).map(({ callOff }) => callOff.department),
    ]),
  ].sort();
  return {
    key: 'departments',
    title: text({ de: 'Kosten nach Ämtern', en: 'Cost by department' }),
    shortTitle: text({ de: 'Ämter', en: 'Departments' }),
    columns: [
      { key: 'department', title: text({ de: 'Amt', en: 'Department' }), type: 'text' },
      { key: 'pages', title: text({ de: 'Seiten', en: 'Pages' }), type: 'count' },
      { key: 'files', title: text({ de: 'Akten', en: 'Files' }), type: 'count' },
      { key: 'net', title: text({ de: 'Abgenommen netto', en: 'Accepted net' }), type: 'money' },
      { key: 'vat', title: text({ de: 'USt', en: 'VAT' }), type: 'money' },
      { key: 'gross', title: text({ de: 'Abgenommen brutto', en: 'Accepted gross' }), type: 'money' },
      { key: 'committed', title: text({ de: 'Gebunden', en: 'Committed' }), type: 'money' },
    ],
    rows: departments.map((department) => {
      const accepted = services.filter((service) => service.department === department);
      const ordered = commitments.filter(({ callOff }) => callOff.department === department);
      return {
        department,
        pages: sumOf(accepted, ({ pages }) => pages),
        files: sumOfKnown(accepted, knownFiles),
        net: sumOf(accepted, ({ net }) => net),
        vat: sumOf(accepted, ({ vat }) => vat),
        gross: sumOf(accepted, ({ gross }) => gross),
        committed: sumOf(ordered, ({ open }) => open),
      };
    }),
  };
}
