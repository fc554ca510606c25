import { ofRecord } from '../../dms/import/recorded-error.ts';
import { type AcceptedFile, acceptedFiles, type ImportObjectRow, importObjects } from '../../dms/import/store.ts';
import { type Text, text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';

const states: Readonly<Record<string, Text>> = {
  waiting: text({ de: 'wartet', en: 'waiting' }),
  intended: text({ de: 'begonnen', en: 'begun' }),
  sent: text({ de: 'gesendet, nicht rückgelesen', en: 'sent, not read back' }),
  confirmed: text({ de: 'importiert und rückgelesen', en: 'imported and read back' }),
  failed: text({ de: 'fehlgeschlagen', en: 'failed' }),
};
/** Shown only where there are such files. */
const rareStates: Readonly<Record<string, Text>> = {
  rescanned: text({
    de: 'neu gescannt, im DMS ist der spätere Scan',
    en: 'scanned anew, the DMS takes the later scan',
  }),
  outdated: text({ de: 'importiert, Nacherfüllung noch nicht', en: 'imported, its correction not yet' }),
  updating: text({ de: 'Berichtigung begonnen', en: 'update begun' }),
  'update-failed': text({ de: 'Berichtigung fehlgeschlagen', en: 'update failed' }),
  withdrawing: text({ de: 'Zurückziehen begonnen', en: 'withdrawal begun' }),
  withdrawn: text({ de: 'zurückgezogen', en: 'withdrawn' }),
};
const words = { ...states, ...rareStates };

export default defineCommand({
  name: 'import status',
  summary: text({ de: 'wie weit der Import ist', en: 'how far the import is' }),
  examples: ['scanlot import status'],
  workspace: 'read',
  output: {
    schema: 'import-status-1',
    members: { states: 'state, files, pages', failed: 'failed objects: objectKey, attempts, error' },
  },
  run: async ({ workspace, language }) => {
    const objects = await importObjects(workspace.db);
    const files = (await acceptedFiles(workspace.db)).map((file) => ({ file, object: objects.get(file.fileId) }));
    const rows = Object.keys(words).flatMap((state) => {
      const own = files.filter((one) => stateOf(one) === state);
      const row = { state, files: own.length, pages: own.reduce((sum, { file }) => sum + file.pages, 0) };
      return own.length > 0 || state in states ? [row] : [];
    });
    const failed = files.flatMap(({ object }) =>
      object?.error == null
        ? []
        : [{ objectKey: object.object_key, attempts: object.attempts, error: ofRecord(object.error) }],
    );
    return {
      data: { states: rows, failed: failed.map((row) => ({ ...row, error: row.error.en })) },
      render: (printer) => {
        printer.table(rows, [
          { title: text({ de: 'Stand', en: 'state' }), value: (row) => words[row.state]?.[language] ?? row.state },
          { title: text({ de: 'Akten', en: 'files' }), value: (row, f) => f.number(row.files), align: 'right' },
          { title: text({ de: 'Seiten', en: 'pages' }), value: (row, f) => f.number(row.pages), align: 'right' },
        ]);
        for (const row of failed) printer.line(`${row.objectKey}: ${row.error[language]}`, 'bad');
      },
    };
  },
});

/** "outdated": the system holds what a correction was accepted in the place of. */
function stateOf({
  file,
  object,
}: {
  readonly file: AcceptedFile;
  readonly object?: ImportObjectRow | undefined;
}): string {
  if (file.scans?.isSuperseded) return 'rescanned';
  if (!object) return 'waiting';
  const isOutdated = object.state === 'confirmed' && object.delivery_file_id !== file.deliveryFileId;
  return isOutdated ? 'outdated' : object.state;
}
