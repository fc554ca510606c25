import { isBudgetColumn } from '../../finance/budget-columns.ts';
import { importBudget } from '../../finance/budget-import.ts';
import { budgetFields, budgetName, budgetRecord } from '../../finance/budget-line.ts';
import { text, verbatim } from '../../shared/language.ts';
import { ignoredColumnsText } from '../../shared/tables/columns.ts';
import { defineCommand } from '../command.ts';
import { readHeading } from '../headings.ts';
import { argument, repeated, value } from '../options.ts';
import { readYear } from '../year.ts';

export default defineCommand({
  name: 'budget import',
  summary: text({
    de: 'Haushaltsansätze übernehmen (JSON, YAML, CSV, XLSX)',
    en: 'take over budget lines (JSON, YAML, CSV, XLSX)',
  }),
  details: text({
    de: 'Spalten werden an deutschen oder englischen Überschriften erkannt: Haushaltsjahr, Produktsachkonto, Kostenstelle, Amt, Ansatz (Pflicht); Bezeichnung, Ermächtigungsübertragung. Andere Überschriften nennt --column FELD=ÜBERSCHRIFT (Felder: fiscalYear, account, costCentre, department, title, appropriation, carryOver, section, transferable). JSON und YAML nach schemas/budget-1.schema.json, auch mit Nachträgen, Umbuchungen, Verpflichtungsermächtigungen, Förderungen und Umlageschlüsseln. Bekannte Ansätze (Jahr, Konto, Kostenstelle) werden aktualisiert, keiner wird gelöscht. Bei einem Fehler wird nichts übernommen; alle Fehler werden genannt.',
    en: 'Columns are recognised by German or English headings: fiscal year, account, cost centre, department, appropriation (required); title, carry-over. Other headings are named by --column FIELD=HEADING (fields: fiscalYear, account, costCentre, department, title, appropriation, carryOver, section, transferable). JSON and YAML by schemas/budget-1.schema.json, with supplements, transfers, commitment authorities, funding and keys of sharing as well. Known lines (year, account, cost centre) are updated, none is deleted. With a mistake nothing is taken over; all mistakes are told.',
  }),
  examples: [
    'scanlot budget import budget.json',
    'scanlot budget import haushalt.xlsx --sheet "Ansätze 2021"',
    'scanlot budget import export.csv --column appropriation="Plan EUR" --year 2021',
  ],
  workspace: 'write',
  arguments: { file: argument('FILE', text({ de: 'Liste oder Dokument', en: 'the list or document' })) },
  options: {
    sheet: value('NAME', text({ de: 'Tabellenblatt (sonst das erste)', en: 'worksheet (default: the first)' })),
    column: repeated(
      'FIELD=HEADING',
      text({ de: 'Überschrift einer Spalte, mehrfach möglich', en: 'heading of a column, repeatable' }),
      readHeading(isBudgetColumn),
    ),
    year: value(
      'YEAR',
      text({
        de: 'Haushaltsjahr, wo die Liste keine Spalte dafür hat',
        en: 'fiscal year, where the list has no column',
      }),
      readYear,
    ),
  },
  output: {
    schema: 'budget-import-1',
    members: {
      added:
        'new lines: fiscalYear, account, costCentre, department, title, appropriation, carryOver (decimal EUR, gross)',
      changed: 'changed lines: before, after, fields (names of the members that differ)',
      unchanged: 'lines that stayed as they were',
      absent: 'recorded lines of these years that the file does not have; they are kept',
      entries:
        'supplements, transfers, authorities, funding, keys of sharing: kind, name, state (added, changed, unchanged)',
      ignored: 'headings of columns that were not used',
      table: 'how a table was read: format, and encoding with delimiter, or sheet and sheets; null for JSON and YAML',
    },
  },
  run: async (context, { file, sheet, column, year }) => {
    const headings = new Map(column);
    const told = await importBudget(context.workspace, context.path(file), { sheet, headings, year });
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
        entries: told.entries,
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
        for (const { kind, name, state } of told.entries) {
          const words = `${entryNames[kind][printer.language]} ${name}: ${entryStates[state][printer.language]}`;
          printer.line(verbatim(`  ${words}`));
        }
        const ignored = ignoredColumnsText(told.ignored);
        if (ignored) printer.line(ignored, 'warn');
      },
    };
  },
});

const entryNames = {
  supplement: text({ de: 'Nachtrag', en: 'supplement' }),
  transfer: text({ de: 'Umbuchung', en: 'transfer' }),
  authority: text({ de: 'Verpflichtungsermächtigung', en: 'commitment authority' }),
  funding: text({ de: 'Förderung', en: 'funding' }),
  sharing: text({ de: 'Umlageschlüssel', en: 'key of sharing' }),
};
const entryStates = {
  added: text({ de: 'neu', en: 'new' }),
  changed: text({ de: 'geändert', en: 'changed' }),
  unchanged: text({ de: 'unverändert', en: 'unchanged' }),
};
