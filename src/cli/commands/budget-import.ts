import { importBudget } from '../../finance/budget-import.ts';
import { budgetFields, budgetName, budgetRecord } from '../../finance/budget-line.ts';
import { text, verbatim } from '../../shared/language.ts';
import { ignoredColumnsText } from '../../shared/tables/columns.ts';
import { defineCommand } from '../command.ts';
import { argument, value } from '../options.ts';

export default defineCommand({
  name: 'budget import',
  summary: text({
    de: 'Haushaltsansätze übernehmen (JSON, YAML, CSV, XLSX)',
    en: 'take over budget lines (JSON, YAML, CSV, XLSX)',
  }),
  details: text({
    de: 'Spalten werden an deutschen oder englischen Überschriften erkannt: Haushaltsjahr, Produktsachkonto, Kostenstelle, Amt, Ansatz (Pflicht); Bezeichnung, Ermächtigungsübertragung. JSON nach schemas/budget-1.schema.json. Bekannte Ansätze (Jahr, Konto, Kostenstelle) werden aktualisiert, keiner wird gelöscht. Bei einem Fehler wird nichts übernommen; alle Fehler werden genannt.',
    en: 'Columns are recognised by German or English headings: fiscal year, account, cost centre, department, appropriation (required); title, carry-over. JSON by schemas/budget-1.schema.json. Known lines (year, account, cost centre) are updated, none is deleted. With a mistake nothing is taken over; all mistakes are told.',
  }),
  examples: ['scanlot budget import budget.json', 'scanlot budget import haushalt.xlsx --sheet "Ansätze 2021"'],
  workspace: 'write',
  arguments: { file: argument('FILE', text({ de: 'Liste oder Dokument', en: 'the list or document' })) },
  options: {
    sheet: value('NAME', text({ de: 'Tabellenblatt (sonst das erste)', en: 'worksheet (default: the first)' })),
  },
  output: {
    schema: 'budget-import-1',
    members: {
      added:
        'new lines: fiscalYear, account, costCentre, department, title, appropriation, carryOver (decimal EUR, gross)',
      changed: 'changed lines: before, after, fields (names of the members that differ)',
      unchanged: 'lines that stayed as they were',
      absent: 'recorded lines of these years that the file does not have; they are kept',
      ignored: 'headings of columns that were not used',
      table: 'how a table was read: format, and encoding with delimiter, or sheet and sheets; null for JSON and YAML',
    },
  },
  run: async (context, { file, sheet }) => {
    const told = await importBudget(context.workspace, context.path(file), { sheet });
    return {
      data: {
        added: told.added.map(budgetRecord),
        changed: told.changed.map(({ before, line, fields }) => ({
          before: budgetRecord(before),
          after: budgetRecord(line),
          fields,
        })),
        unchanged: told.unchanged.map(budgetRecord),
        absent: told.absent.map(budgetRecord),
        ignored: told.ignored,
        table: told.table ?? null,
      },
      render: (printer) => {
        const { added, changed, unchanged, absent } = told;
        printer.line(
          text({
            de: (f) =>
              `Haushaltsansätze: ${f.number(added.length)} neu, ${f.number(changed.length)} geändert, ${f.number(unchanged.length)} unverändert.`,
            en: (f) =>
              `Budget lines: ${f.number(added.length)} new, ${f.number(changed.length)} changed, ${f.number(unchanged.length)} unchanged.`,
          }),
          'good',
        );
        for (const { line, fields } of changed) {
          const names = fields.map((field) => budgetFields[field][printer.language]);
          printer.line(`  ${budgetName(line)}: ${names.join(', ')}`);
        }
        if (absent.length > 0) {
          const names = verbatim(absent.map(budgetName).join(', '));
          printer.line(
            text({ de: `Nicht in der Liste, bleiben erhalten: ${names.de}`, en: `Not in the list, kept: ${names.en}` }),
            'warn',
          );
        }
        const ignored = ignoredColumnsText(told.ignored);
        if (ignored) printer.line(ignored, 'warn');
      },
    };
  },
});
