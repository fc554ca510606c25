import { datasetReport } from '../../finance/dataset-report.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { value } from '../options.ts';
import { tableOptions, tableOutcome } from '../table-file.ts';
import { readYear } from '../year.ts';

export default defineCommand({
  name: 'budget export',
  summary: text({
    de: 'Haushaltsansätze mit allen Stufen für das Finanzverfahren ausgeben (CSV, XLSX)',
    en: 'write budget lines with all stages for the finance system (CSV, XLSX)',
  }),
  details: text({
    de: 'Ohne --column stehen alle Felder da: year, account, costCentre, department, title, appropriation, carryOver, changes, funds, committed, accrued, invoiced, paid, used, available, cause. Mit --column nur die genannten, in dieser Reihenfolge und unter diesen Überschriften. Beträge brutto; die CSV-Form folgt der Sprache (deutsch: Semikolon und Komma).',
    en: 'Without --column all fields are there: year, account, costCentre, department, title, appropriation, carryOver, changes, funds, committed, accrued, invoiced, paid, used, available, cause. With --column those named only, in this order and under these headings. Amounts are gross; the form of the CSV follows the language (German: semicolon and comma).',
  }),
  examples: [
    'scanlot budget export --year 2021',
    'scanlot budget export --column year=HHJ --column account=PSK --column accrued=Ist --format xlsx --out ist.xlsx',
  ],
  workspace: 'read',
  options: {
    year: value('YEAR', text({ de: 'nur dieses Haushaltsjahr', en: 'this fiscal year only' }), readYear),
    ...tableOptions,
  },
  output: {
    schema: 'budget-export-1',
    members: {
      format: 'csv or xlsx',
      file: 'absolute path; null for stdout',
      rows: 'number of budget lines',
      content: 'the text, only for stdout; else null',
    },
  },
  run: async (context, { year, format, out, column }) => {
    const report = await datasetReport(context.workspace, {
      name: 'budget-lines',
      title: text({ de: 'Haushaltsansätze', en: 'Budget lines' }),
      dataset: 'budget-lines',
      columns: new Map(column),
      year,
    });
    return tableOutcome(context, report, { format, out }, text({ de: 'Ansätze', en: 'budget lines' }));
  },
});
