import { join } from 'node:path';
import { renderPickListTable } from '../../custody/pick-list-export.ts';
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
    de: 'Die Tabelle hat die Spalten, die „batch create“ liest; der Auftragnehmer kann mit ihr weiterarbeiten.',
    en: 'The table has the columns that "batch create" reads; the vendor can work on it.',
  }),
  examples: [
    'scanlot batch pick-list B-2021-001',
    'scanlot batch pick-list B-2021-001 --format csv --out abholliste.csv',
  ],
  workspace: 'read',
  arguments: { batch: argument('BATCH', text({ de: 'Schlüssel der Charge', en: 'key of the batch' })) },
  options: {
    format: choice(['csv', 'xlsx'], text({ de: 'Form (sonst xlsx)', en: 'form (default: xlsx)' })),
    out: value(
      'FILE',
      text({ de: 'Zieldatei (sonst im Ordner outputs)', en: 'target file (default: in the folder outputs)' }),
    ),
  },
  output: {
    schema: 'batch-pick-list-1',
    members: {
      batch: 'key of the batch',
      format: 'csv or xlsx',
      path: 'absolute path of the file',
      files: 'files on the list',
    },
  },
  run: async ({ workspace, language, io, path }, { batch: key, format = 'xlsx', out }) => {
    const batch = await requireBatch(workspace.db, key);
    const files = await listFiles(workspace.db, batch.id);
    const target =
      out === undefined
        ? join(workspace.paths.outputs, `${language === 'de' ? 'Abholliste' : 'pick-list'}-${batch.key}.${format}`)
        : path(out);
    await writeFileAtomically(target, await renderPickListTable(batch, files, { format, language, at: io.now() }));
    return {
      data: { batch: batch.key, format, path: target, files: files.length },
      render: (printer) =>
        printer.line(
          text({
            de: (f) => `Abholliste der Charge ${batch.key} (${f.number(files.length)} Akten): ${target}`,
            en: (f) => `Pick list of batch ${batch.key} (${f.number(files.length)} files): ${target}`,
          }),
          'good',
        ),
    };
  },
});
