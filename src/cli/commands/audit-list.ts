import { listAudit } from '../../audit/list.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { readCount, value } from '../options.ts';

export default defineCommand({
  name: 'audit list',
  summary: text({ de: 'wer wann was geändert hat', en: 'who changed what, and when' }),
  examples: ['scanlot audit list', 'scanlot audit list --subject call-off/A-2021-001 --json'],
  workspace: 'read',
  options: {
    subject: value(
      'SUBJECT',
      text({ de: 'nur zu diesem Gegenstand (Anfang genügt)', en: 'only of this subject (its beginning is enough)' }),
    ),
    limit: value(
      'COUNT',
      text({ de: 'höchstens so viele, die neuesten (sonst 50)', en: 'at most so many, the newest (default: 50)' }),
      readCount,
    ),
  },
  output: {
    schema: 'audit-list-1',
    members: { entries: 'newest first: seq, at, actor, action, subject, before, after, hash' },
  },
  run: async ({ workspace }, { subject, limit }) => {
    const entries = await listAudit(workspace, { subject, limit: limit ?? 50 });
    return {
      data: { entries },
      render: (printer) =>
        printer.table(entries, [
          { title: text({ de: 'Nr.', en: 'no.' }), value: (row, f) => f.number(row.seq), align: 'right' },
          { title: text({ de: 'Zeit', en: 'time' }), value: (row, f) => f.instant(row.at) },
          { title: text({ de: 'Wer', en: 'who' }), value: (row) => row.actor },
          { title: text({ de: 'Was', en: 'what' }), value: (row) => row.action },
          { title: text({ de: 'Gegenstand', en: 'subject' }), value: (row) => row.subject, shrinks: true },
        ]),
    };
  },
});
