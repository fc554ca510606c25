import { documentName, holdingFields } from '../../holdings/fields.ts';
import { importHoldings } from '../../holdings/import.ts';
import { type Text, text } from '../../shared/language.ts';
import { ignoredColumnsText } from '../../shared/tables/columns.ts';
import { defineCommand } from '../command.ts';
import { argument, value } from '../options.ts';

const sources = {
  accepted: text({ de: 'nach abgenommenen Lieferungen', en: 'by what was accepted' }),
  configured: text({ de: 'wie eingestellt', en: 'as configured' }),
};

export default defineCommand({
  name: 'holding import',
  summary: text({
    de: 'Liste der Bestände übernehmen (CSV, XLSX)',
    en: 'take over a list of holdings (CSV, XLSX)',
  }),
  details: text({
    de: 'Spalten werden an deutschen oder englischen Überschriften erkannt: Kürzel, Bezeichnung, Amt, lfm (Pflicht); Los, Akten, Blatt, Seiten, Aufbewahrung bis, Original verbleibt, Anbietung, DMS-Start, Frist, Zugriffe, Risiko, Bemerkung. Bekannte Kürzel werden aktualisiert, keines wird gelöscht. Bei einem Fehler wird nichts übernommen; alle Fehler werden genannt.',
    en: 'Columns are recognised by German or English headings: key, title, department, running metres (required); lot, files, sheets, pages, retention until, original must stay, archive offer, DMS go-live, hard deadline, usage, risk, note. Known keys are updated, none is deleted. With a mistake nothing is taken over; all mistakes are told.',
  }),
  examples: ['scanlot holding import holdings.csv', 'scanlot holding import survey.xlsx --sheet Bestände'],
  workspace: 'write',
  arguments: { file: argument('FILE', text({ de: 'die Liste', en: 'the list' })) },
  options: {
    sheet: value('NAME', text({ de: 'Tabellenblatt (sonst das erste)', en: 'worksheet (default: the first)' })),
  },
  output: {
    schema: 'holding-import-1',
    members: {
      added: 'keys of new holdings',
      changed: 'changed holdings: key, fields',
      unchanged: 'keys of holdings that stayed as they were',
      absent: 'keys of recorded holdings that the list does not have; they are kept',
      estimated: 'holdings whose pages were estimated: key, pages (a running metre), source (accepted or configured)',
      ignored: 'headings of columns that were not used',
      table: 'how the file was read: format, and encoding with delimiter, or sheet and sheets',
    },
  },
  run: async (context, { file, sheet }) => {
    const told = await importHoldings(context.workspace, context.path(file), { sheet });
    return {
      data: { ...told, changed: told.changed.map(({ key, fields }) => ({ key, fields: fields.map(documentName) })) },
      render: (printer) => {
        const { added, changed, unchanged, absent, estimated, ignored } = told;
        const say = (words: Text | undefined, tone?: 'good' | 'warn') => words && printer.line(words, tone);
        say(
          text({
            de: (f) =>
              `Bestände: ${f.number(added.length)} neu, ${f.number(changed.length)} geändert, ${f.number(unchanged.length)} unverändert.`,
            en: (f) =>
              `Holdings: ${f.number(added.length)} new, ${f.number(changed.length)} changed, ${f.number(unchanged.length)} unchanged.`,
          }),
          'good',
        );
        for (const { key, fields } of changed) {
          const names = fields.map((field) => holdingFields[field].title[printer.language]);
          printer.line(`  ${key}: ${names.join(', ')}`);
        }
        if (absent.length > 0) {
          say(
            text({
              de: `Nicht in der Liste, bleiben erhalten: ${absent.join(', ')}`,
              en: `Not in the list, kept: ${absent.join(', ')}`,
            }),
            'warn',
          );
        }
        for (const { key, pages, source } of estimated) {
          say(
            text({
              de: (f) => `  ${key}: Seiten geschätzt mit ${f.number(pages)} je Meter (${sources[source].de})`,
              en: (f) => `  ${key}: pages estimated at ${f.number(pages)} a metre (${sources[source].en})`,
            }),
          );
        }
        say(ignoredColumnsText(ignored), 'warn');
      },
    };
  },
});
