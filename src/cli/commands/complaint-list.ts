import { isPending } from '../../acceptance/complaint/notice.ts';
import { complaintReport, complaintStates } from '../../acceptance/complaint/report.ts';
import { complainedFiles } from '../../acceptance/complaint/store.ts';
import { requireBatch } from '../../custody/store.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { listOptions, writeList } from '../import-output.ts';
import { flag, optionalArgument } from '../options.ts';

export default defineCommand({
  name: 'complaint list',
  summary: text({
    de: 'Rügen nach der Abnahme: was offen, bestritten, nacherfüllt ist',
    en: 'complaints after acceptance: what is open, disputed, corrected',
  }),
  examples: [
    'scanlot complaint list',
    'scanlot complaint list B-2021-001 --open --json',
    'scanlot complaint list --out ruegen.xlsx',
  ],
  workspace: 'read',
  arguments: { batch: optionalArgument('BATCH', text({ de: 'nur diese Charge', en: 'this batch only' })) },
  options: { open: flag(text({ de: 'nur nicht erledigte', en: 'only those that are not settled' })), ...listOptions },
  output: {
    schema: 'complaint-list-1',
    members: {
      files:
        'batch, number (of the complaint), reference, volume, state (open, disputed, corrected, withdrawn), overdue, raisedOn, raisedBy, deadline, reason, round, acceptedOn, pages (as accepted), statedOn, statedBy, statement (of dispute or withdrawal), correction (round, pages; null)',
      file: 'the list that was written; null where none was asked for',
    },
  },
  run: async (context, { batch, open, ...target }) => {
    const { workspace, io, language } = context;
    const today = localDate(io.now());
    const id = batch === undefined ? undefined : (await requireBatch(workspace.db, batch)).id;
    const complained = (await complainedFiles(workspace.db, id)).filter((file) => !open || isPending(file));
    const written = await writeList(context, target, () => complaintReport(workspace, complained));
    const files = complained.map((file) => ({ ...file, overdue: isPending(file) && file.deadline < today }));
    return {
      data: { files, file: written },
      render: (printer) => {
        if (written)
          return printer.line(
            text({ de: `Liste der Rügen: ${written}`, en: `List of complaints: ${written}` }),
            'good',
          );
        if (files.length === 0) return printer.line(text({ de: 'Keine Rügen.', en: 'No complaints.' }), 'good');
        printer.table(files, [
          { title: text({ de: 'Rüge', en: 'complaint' }), value: (row) => `${row.batch}/${row.number}` },
          {
            title: text({ de: 'Akte', en: 'file' }),
            value: (row) => [row.reference, row.volume].filter(Boolean).join(' # '),
            shrinks: true,
          },
          { title: text({ de: 'Stand', en: 'state' }), value: (row) => complaintStates[row.state][language] },
          { title: text({ de: 'Frist', en: 'deadline' }), value: (row, f) => f.date(row.deadline) },
          {
            title: text({ de: 'überfällig', en: 'overdue' }),
            value: ({ overdue }) => (overdue ? text({ de: 'ja', en: 'yes' })[language] : ''),
          },
          { title: text({ de: 'Mangel', en: 'defect' }), value: (row) => row.reason, shrinks: true },
          { title: text({ de: 'Erklärung', en: 'statement' }), value: (row) => row.statement, shrinks: true },
        ]);
      },
    };
  },
});
