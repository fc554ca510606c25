import { createBatch } from '../../custody/create-batch.ts';
import { readPickList } from '../../custody/pick-list-import.ts';
import { text } from '../../shared/language.ts';
import { ignoredColumnsText } from '../../shared/tables/columns.ts';
import { defineCommand } from '../command.ts';
import { findingData, printFinding } from '../finding-output.ts';
import { readDate, readMetres, requiredValue, value } from '../options.ts';

export default defineCommand({
  name: 'batch create',
  summary: text({
    de: 'Charge mit Abholliste anlegen: was das Haus verlässt',
    en: 'record a batch with its pick list: what leaves the house',
  }),
  details: text({
    de: 'Die Abholliste ist CSV oder XLSX mit den Spalten Aktenzeichen, Band, Karton, Blatt, Betreff; nur das Aktenzeichen muss sein. Eine Akte der Dienststelle, die schon auf einer anderen Abholliste steht, wird abgelehnt, außer sie wird mit --rescan neu beauftragt: Dann wird sie neu abgenommen und vergütet, und ihr Objekt im DMS erhält den neuen Inhalt.',
    en: 'The pick list is CSV or XLSX with the columns file reference, volume, box, sheets, subject; only the reference must be there. A file of the department that is on another pick list already is refused, unless it is ordered anew with --rescan: then it is accepted and paid anew, and its object in the DMS gets the new content.',
  }),
  examples: [
    'scanlot batch create --order A-2021-001 --pick-list abholliste.csv --handed-over 2021-03-01',
    'scanlot batch create --order A-2021-001 --pick-list list.xlsx --sheet "Fuhre 2" --key B-2021-007 --running-metres 12,5',
  ],
  workspace: 'write',
  options: {
    order: requiredValue('NUMBER', text({ de: 'der Abruf', en: 'the call-off' })),
    pickList: requiredValue('FILE', text({ de: 'die Abholliste (CSV, XLSX)', en: 'the pick list (CSV, XLSX)' })),
    sheet: value(
      'NAME',
      text({ de: 'Blatt der Arbeitsmappe (sonst das erste)', en: 'sheet of the workbook (default: the first)' }),
    ),
    key: value('KEY', text({ de: 'Schlüssel (sonst der nächste freie)', en: 'key (default: the next free one)' })),
    handedOver: value(
      'DATE',
      text({ de: 'Tag der Übergabe (sonst noch im Haus)', en: 'day of the hand-over (default: still in the house)' }),
      readDate,
    ),
    runningMetres: value(
      'METRES',
      text({ de: 'gemessene laufende Meter', en: 'running metres, measured' }),
      readMetres,
    ),
    rescan: value(
      'REASON',
      text({
        de: 'warum schon gescannte Akten vergütet neu gescannt werden',
        en: 'why files scanned before are scanned anew, and paid',
      }),
    ),
    note: value('TEXT', text({ de: 'Vermerk', en: 'note' })),
  },
  output: {
    schema: 'batch-create-1',
    members: {
      key: 'key of the batch',
      order: 'number of the call-off',
      lot: 'key of the lot',
      handedOverOn: 'date, or null',
      files: 'files on the pick list',
      boxes: 'boxes',
      expectedSheets: 'sheets of the files whose sheets are known',
      filesWithoutSheets: 'files whose sheets are not known',
      rescannedFiles: 'files that were scanned before',
      ignoredColumns: 'headings of columns that were not used',
      findings: 'what should be looked at: code, severity, path, args, message, remedy',
    },
  },
  run: async (context, values) => {
    const pickList = await readPickList(context.path(values.pickList), values.sheet);
    const created = await createBatch(context.workspace, {
      order: values.order,
      pickList,
      key: values.key,
      handedOverOn: values.handedOver,
      millimetres: values.runningMetres,
      note: values.note,
      rescan: values.rescan,
    });
    const { callOff, findings, ...figures } = created;
    return {
      data: {
        ...figures,
        order: callOff.number,
        lot: callOff.lot.key,
        ignoredColumns: pickList.ignored.filter((heading) => heading !== ''),
        findings: findings.map((finding) => findingData(finding, context.language)),
      },
      render: (printer) => {
        printer.line(
          text({
            de: (f) =>
              `Charge ${created.key} zu Abruf ${callOff.number} angelegt. Akten: ${f.number(created.files)}, Kartons: ${f.number(created.boxes)}, Blatt: ${f.number(created.expectedSheets)}`,
            en: (f) =>
              `Batch ${created.key} of call-off ${callOff.number} recorded. Files: ${f.number(created.files)}, boxes: ${f.number(created.boxes)}, sheets: ${f.number(created.expectedSheets)}`,
          }),
          'good',
        );
        if (created.rescannedFiles > 0) {
          printer.line(
            text({
              de: (f) => `Neu gescannt und neu vergütet: ${f.number(created.rescannedFiles)} Akten.`,
              en: (f) => `Scanned and paid anew: ${f.number(created.rescannedFiles)} files.`,
            }),
            'warn',
          );
        }
        if (created.filesWithoutSheets > 0) {
          printer.line(
            text({
              de: (f) =>
                `Akten ohne Blattzahl: ${f.number(created.filesWithoutSheets)}; fehlende Seiten fallen dort nicht auf.`,
              en: (f) =>
                `Files without sheets: ${f.number(created.filesWithoutSheets)}; missing pages will not show there.`,
            }),
            'warn',
          );
        }
        const ignored = ignoredColumnsText(pickList.ignored);
        if (ignored) printer.line(ignored, 'quiet');
        for (const finding of findings) printFinding(printer, finding);
        printer.line(
          text({
            de: `Abholliste drucken: scanlot batch pick-list ${created.key}`,
            en: `Print the pick list: scanlot batch pick-list ${created.key}`,
          }),
        );
      },
    };
  },
});
