import { join } from 'node:path';
import { pickListFormats, renderPickList } from '../../custody/pick-list-export.ts';
import { listFiles, requireBatch } from '../../custody/store.ts';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument, choice, value } from '../options.ts';

export default defineCommand({
  name: 'batch pick-list',
  summary: text({
    de: 'Abholliste einer Charge ausgeben',
    en: 'write the pick list of a batch',
  }),
  details: text({
    de: 'PDF zum Drucken, Abhaken und Unterschreiben, mit Barcodes; XLSX und CSV mit den Spalten, die „batch create“ liest, zum Weiterarbeiten auch für den Auftragnehmer.',
    en: 'PDF to print, tick off and sign, with barcodes; XLSX and CSV with the columns that "batch create" reads, to work on, also for the vendor.',
  }),
  examples: [
    'scanlot batch pick-list B-2021-001',
    'scanlot batch pick-list B-2021-001 --format csv --out abholliste.csv',
  ],
  workspace: 'read',
  arguments: { batch: argument('BATCH', text({ de: 'Schlüssel der Charge', en: 'key of the batch' })) },
  options: {
    format: choice(pickListFormats, text({ de: 'Form (sonst pdf)', en: 'form (default: pdf)' })),
    out: value(
      'FILE',
      text({ de: 'Zieldatei (sonst im Ordner outputs)', en: 'target file (default: in the folder outputs)' }),
    ),
  },
  output: {
    schema: 'batch-pick-list-1',
    members: {
      batch: 'key of the batch',
      format: 'pdf, xlsx or csv',
      path: 'absolute path of the file',
      files: 'files on the list',
    },
  },
  run: async ({ workspace, language, io, path }, { batch: key, format = 'pdf', out }) => {
    const batch = await requireBatch(workspace.db, key);
    const files = await listFiles(workspace.db, batch.id);
    const target =
      out === undefined
        ? join(workspace.paths.outputs, `${language === 'de' ? 'Abholliste' : 'pick-list'}-${batch.key}.${format}`)
        : path(out);
    await writeFileAtomically(target, await renderPickList(batch, files, { format, language, at: io.now() }));
    return {
      data: { batch: batch.key, format, path: target, files: files.length },
      render: (printer) =>
        printer.line(
          text({
            de: (f) => `Abholliste der Charge ${batch.key} (${f.counted(files.length, 'Akte', 'Akten')}): ${target}`,
            en: (f) => `Pick list of batch ${batch.key} (${f.counted(files.length, 'file', 'files')}): ${target}`,
          }),
          'good',
        ),
    };
  },
});
