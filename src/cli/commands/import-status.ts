import { readImportPlan } from '../../dms/import/run.ts';
import { type Text, text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';

const states: Readonly<Record<string, Text>> = {
  waiting: text({ de: 'wartet', en: 'waiting' }),
  intended: text({ de: 'begonnen', en: 'begun' }),
  sent: text({ de: 'gesendet, nicht rückgelesen', en: 'sent, not read back' }),
  confirmed: text({ de: 'importiert und rückgelesen', en: 'imported and read back' }),
  failed: text({ de: 'fehlgeschlagen', en: 'failed' }),
};

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
    const plan = await readImportPlan(workspace);
    const rows = Object.keys(states).map((state) => {
      const own = plan.filter(({ object }) => (object?.state ?? 'waiting') === state);
      return { state, files: own.length, pages: own.reduce((sum, { file }) => sum + file.pages, 0) };
    });
    const failed = plan.flatMap(({ object }) =>
      object?.state === 'failed'
        ? [{ objectKey: object.object_key, attempts: object.attempts, error: object.error }]
        : [],
    );
    return {
      data: { states: rows, failed },
      render: (printer) => {
        printer.table(rows, [
          { title: text({ de: 'Stand', en: 'state' }), value: (row) => states[row.state]?.[language] ?? row.state },
          { title: text({ de: 'Akten', en: 'files' }), value: (row, f) => f.number(row.files), align: 'right' },
          { title: text({ de: 'Seiten', en: 'pages' }), value: (row, f) => f.number(row.pages), align: 'right' },
        ]);
        for (const row of failed) printer.line(`${row.objectKey}: ${row.error}`, 'bad');
      },
    };
  },
});
