import { toFinding } from '../../acceptance/delivery-store.ts';
import { showDelivery } from '../../acceptance/overview.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { deliveryStates, roundChanges } from '../delivery-words.ts';
import { findingData, printFinding } from '../finding-output.ts';
import { argument, readCount, value } from '../options.ts';

export default defineCommand({
  name: 'delivery show',
  summary: text({
    de: 'eine Lieferung: Befunde, und was sich seit der vorigen Runde geändert hat',
    en: 'one delivery: findings, and what changed since the round before',
  }),
  examples: ['scanlot delivery show B-2021-001', 'scanlot delivery show B-2021-001 --round 1 --json'],
  workspace: 'read',
  arguments: { batch: argument('BATCH', text({ de: 'die Charge', en: 'the batch' })) },
  options: {
    round: value('N', text({ de: 'Runde (sonst die neueste)', en: 'round (default: the newest)' }), readCount),
  },
  output: {
    schema: 'delivery-show-1',
    members: {
      delivery:
        'as in delivery-list-1, with path, profile, profileHash, packageHash, toolVersion, checkedAt, reconciledAt',
      changes: 'files against the rounds before: reference, volume, change',
      findings: 'code, severity, path, page, row, args, message, remedy, waived',
    },
  },
  run: async ({ workspace, language }, { batch, round }) => {
    const { overview, delivery, findings, changes } = await showDelivery(workspace, batch, round);
    return {
      data: {
        delivery: {
          ...overview,
          path: delivery.package_path,
          profile: delivery.profile,
          profileHash: delivery.profile_hash,
          packageHash: delivery.package_hash,
          toolVersion: delivery.tool_version,
          checkedAt: delivery.checked_at,
          reconciledAt: delivery.reconciled_at,
        },
        changes,
        findings: findings.map((row) => ({ ...findingData(toFinding(row), language), waived: row.waiver_id !== null })),
      },
      render: (printer) => {
        const { format } = printer;
        printer.heading(
          text({
            de: `Charge ${overview.batch}, Lieferung ${overview.round}: ${deliveryStates[overview.state].de}`,
            en: `Batch ${overview.batch}, round ${overview.round}: ${deliveryStates[overview.state].en}`,
          }),
        );
        printer.pairs([
          [text({ de: 'Eingang', en: 'received' }), format.date(overview.receivedOn as CalendarDate)],
          [text({ de: 'Akten', en: 'files' }), format.number(overview.files)],
          [text({ de: 'Seiten', en: 'pages' }), format.number(overview.pages)],
          [text({ de: 'offene Fehler', en: 'open errors' }), format.number(overview.openErrors)],
          [text({ de: 'Paket', en: 'package' }), delivery.package_path],
          [text({ de: 'Paket-Prüfsumme', en: 'package hash' }), delivery.package_hash],
          [text({ de: 'Profil-Prüfsumme', en: 'profile hash' }), delivery.profile_hash],
        ]);
        const told = changes.filter(({ change }) => change !== 'unchanged');
        if (changes.length > 0) {
          printer.heading(text({ de: 'Gegenüber den Runden davor', en: 'Against the rounds before' }));
          printer.table(told, [
            {
              title: text({ de: 'Akte', en: 'file' }),
              value: (row) => [row.reference, row.volume].filter(Boolean).join(' # '),
              shrinks: true,
            },
            { title: text({ de: 'Änderung', en: 'change' }), value: (row) => roundChanges[row.change][language] },
          ]);
        }
        printer.heading(text({ de: 'Befunde', en: 'Findings' }));
        if (findings.length === 0) printer.line(text({ de: 'keine', en: 'none' }), 'good');
        for (const row of findings) {
          if (row.waiver_id !== null) printer.line(text({ de: '(freigegeben)', en: '(waived)' }), 'quiet');
          printFinding(printer, toFinding(row));
        }
      },
    };
  },
});
