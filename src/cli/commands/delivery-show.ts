import { toFinding } from '../../acceptance/delivery-store.ts';
import { type DocumentBooks, documentBooks } from '../../acceptance/document-books.ts';
import { showDelivery } from '../../acceptance/overview.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { type Text, text } from '../../shared/language.ts';
import { filterFindings, readFilter } from '../../validation/finding-filter.ts';
import { filterOf, filterOptions, outputOptions } from '../check-options.ts';
import { printGroups } from '../check-output.ts';
import { defineCommand } from '../command.ts';
import { deliveryStates, roundChanges } from '../delivery-words.ts';
import { findingData } from '../finding-output.ts';
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
    ...filterOptions,
    groupBy: outputOptions.groupBy,
  },
  output: {
    schema: 'delivery-show-1',
    members: {
      delivery:
        'as in delivery-list-1, with path, profile, profileHash, packageHash, toolVersion, checkedAt, reconciledAt',
      documents: 'the books: documents = passed + failed + errored + waived (every error about them is waived)',
      changes: 'files against the rounds before: reference, volume, change',
      findings: 'code, severity, path, page, row, args, message, remedy, waived',
      filter: 'with a filter only: codes, severities, files, pages, shown (findings listed) of (all)',
    },
  },
  run: async ({ workspace, language }, { batch, round, groupBy, ...filters }) => {
    const filter = readFilter(filterOf(filters));
    const { overview, delivery, findings, changes } = await showDelivery(workspace, batch, round);
    const books = await documentBooks(workspace, delivery.id, findings);
    const told = findings.map((row) => ({ finding: toFinding(row), waived: row.waiver_id !== null }));
    const wanted = new Set(
      filterFindings(
        told.map(({ finding }) => finding),
        filter,
        [],
      ),
    );
    const shown = told.filter(({ finding }) => wanted.has(finding));
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
        documents: books,
        changes,
        ...(filter ? { filter: { ...filter, shown: shown.length, of: told.length } } : {}),
        findings: shown.map(({ finding, waived }) => ({ ...findingData(finding, language), waived })),
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
          [text({ de: 'Dokumente', en: 'documents' }), booksOf(books)[language]],
          [text({ de: 'offene Fehler', en: 'open errors' }), format.number(overview.openErrors)],
          [text({ de: 'Paket', en: 'package' }), delivery.package_path],
          [text({ de: 'Paket-Prüfsumme', en: 'package hash' }), delivery.package_hash],
          [text({ de: 'Profil-Prüfsumme', en: 'profile hash' }), delivery.profile_hash],
        ]);
        const changed = changes.filter(({ change }) => change !== 'unchanged');
        if (changes.length > 0) {
          printer.heading(text({ de: 'Gegenüber den Runden davor', en: 'Against the rounds before' }));
          printer.table(changed, [
            {
              title: text({ de: 'Akte', en: 'file' }),
              value: (row) => [row.reference, row.volume].filter(Boolean).join(' # '),
              shrinks: true,
            },
            { title: text({ de: 'Änderung', en: 'change' }), value: (row) => roundChanges[row.change][language] },
          ]);
        }
        printer.heading(text({ de: 'Befunde', en: 'Findings' }));
        const open = shown.filter(({ waived }) => !waived).map(({ finding }) => finding);
        const waived = shown.length - open.length;
        if (shown.length === 0) printer.line(text({ de: 'keine', en: 'none' }), 'good');
        printGroups(printer, open, groupBy);
        if (waived > 0) {
          printer.line(
            text({
              de: (f) => `Freigegebene Befunde: ${f.number(waived)}`,
              en: (f) => `Findings waived: ${f.number(waived)}`,
            }),
            'quiet',
          );
        }
        if (filter) {
          printer.line(
            text({
              de: (f) => `Gefiltert: ${f.number(shown.length)} von ${f.number(told.length)} Befunden.`,
              en: (f) => `Filtered: ${f.number(shown.length)} of ${f.number(told.length)} findings.`,
            }),
            'warn',
          );
        }
      },
    };
  },
});

function booksOf({ documents, passed, failed, errored, waived }: DocumentBooks): Text {
  return text({
    de: (f) =>
      `${f.number(passed)} bestanden + ${f.number(failed)} mangelhaft + ${f.number(errored)} nicht prüfbar + ${f.number(waived)} freigegeben = ${f.number(documents)}`,
    en: (f) =>
      `${f.number(passed)} passed + ${f.number(failed)} failed + ${f.number(errored)} errored + ${f.number(waived)} waived = ${f.number(documents)}`,
  });
}
