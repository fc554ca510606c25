import { batchLedger, openBreaks } from '../../reconciliation/reconcile-delivery.ts';
import { type Language, type Text, text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { ledgerData, ledgerMembers, printBoxes, printCounts, printFiles } from '../ledger-output.ts';
import { argument } from '../options.ts';

const verdicts: Readonly<Record<string, Text>> = {
  pass: text({ de: 'bestanden', en: 'passed' }),
  fail: text({ de: 'nicht bestanden', en: 'failed' }),
  error: text({ de: 'nicht prüfbar', en: 'not checkable' }),
};

function verdictWord(verdict: string, language: Language): string {
  return verdicts[verdict]?.[language] ?? verdict;
}

export default defineCommand({
  name: 'batch show',
  summary: text({
    de: 'eine Charge: Kartons, Akten, Lieferungen, Zählungen',
    en: 'one batch: boxes, files, rounds, counts',
  }),
  examples: ['scanlot batch show B-2021-001', 'scanlot batch show B-2021-001 --json'],
  workspace: 'read',
  arguments: { batch: argument('BATCH', text({ de: 'Schlüssel der Charge', en: 'key of the batch' })) },
  output: { schema: 'batch-show-1', members: { ...ledgerMembers, note: 'note', runningMetres: 'metres, or null' } },
  run: async ({ workspace, language }, { batch: key }) => {
    const ledger = await batchLedger(workspace, key);
    const { batch, rounds, files, boxes, totals } = ledger;
    const open = openBreaks(ledger);
    return {
      data: {
        ...ledgerData(ledger, language),
        note: batch.note,
        runningMetres: batch.millimetres === null ? null : batch.millimetres / 1000,
      },
      render: (printer) => {
        const { format } = printer;
        printer.heading(text({ de: `Charge ${batch.key}`, en: `Batch ${batch.key}` }));
        printer.pairs([
          [text({ de: 'Abruf', en: 'call-off' }), `${batch.order.number} (${batch.lot.key}, ${batch.lot.department})`],
          [text({ de: 'Auftragnehmer', en: 'vendor' }), batch.lot.vendor],
          [
            text({ de: 'übergeben', en: 'handed over' }),
            batch.handed_over_on ? format.date(batch.handed_over_on) : '–',
          ],
          [
            text({ de: 'Laufmeter', en: 'running metres' }),
            batch.millimetres === null ? '–' : format.metres(batch.millimetres),
          ],
          [text({ de: 'Vermerk', en: 'note' }), batch.note || '–'],
        ]);
        printer.heading(text({ de: 'Zählungen', en: 'Counts' }));
        printCounts(printer, totals, ledger.order);
        printer.heading(text({ de: 'Lieferungen', en: 'Rounds' }));
        printer.table(rounds, [
          { title: text({ de: 'Nr.', en: 'round' }), value: (row) => String(row.round), align: 'right' },
          { title: text({ de: 'eingegangen', en: 'received' }), value: (row, f) => f.date(row.received_on) },
          { title: text({ de: 'Prüfung', en: 'check' }), value: (row) => verdictWord(row.verdict, printer.language) },
          {
            title: text({ de: 'abgeglichen', en: 'reconciled' }),
            value: (row, f) => (row.reconciled_at ? f.instant(row.reconciled_at) : '–'),
          },
        ]);
        printer.heading(text({ de: 'Kartons', en: 'Boxes' }));
        printBoxes(printer, boxes);
        printer.heading(text({ de: 'Akten', en: 'Files' }));
        printFiles(printer, files);
        if (open.length > 0) {
          printer.line();
          printer.line(
            text({
              de: (f) => `${f.counted(open.length, 'Abweichung', 'Abweichungen')}: scanlot reconcile ${batch.key}`,
              en: (f) => `${f.counted(open.length, 'break', 'breaks')}: scanlot reconcile ${batch.key}`,
            }),
            'warn',
          );
        }
      },
    };
  },
});
