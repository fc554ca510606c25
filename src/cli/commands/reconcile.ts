import { isFindingCode, titleOf } from '../../findings/finding.ts';
import type { Identity } from '../../reconciliation/identities.ts';
import { type BatchLedger, openBreaks, reconcileDelivery } from '../../reconciliation/reconcile-delivery.ts';
import {
  type BatchTotals,
  type LedgerTotals,
  type LotTotals,
  ledgerTotals,
  type OpenBreaks,
} from '../../reconciliation/totals.ts';
import { UsageError } from '../../shared/errors.ts';
import { type Language, type Text, text } from '../../shared/language.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { defineCommand, type Outcome } from '../command.ts';
import {
  countColumns,
  ledgerData,
  ledgerMembers,
  printBoxes,
  printBreaks,
  printCounts,
  printFiles,
  printIdentities,
} from '../ledger-output.ts';
import { flag, optionalArgument, readCount, value } from '../options.ts';
import type { Printer } from '../printer.ts';

export default defineCommand({
  name: 'reconcile',
  summary: text({
    de: 'Seiten abgleichen: bestellt, abgeholt, gemeldet, erhalten, abgenommen, importiert',
    en: 'compare pages: ordered, picked up, declared, received, accepted, imported',
  }),
  details: text({
    de: 'Mit einer Charge wird deren neueste Lieferung (oder --round) gegen Abholliste und alle früheren Lieferungen abgeglichen und das Ergebnis bei ihr vermerkt. Ohne Charge zeigt der Befehl den Stand aller Lose und Chargen und ändert nichts.',
    en: 'With a batch, its newest delivery (or --round) is held against the pick list and all earlier deliveries, and the result is recorded with it. Without a batch, the command shows where all lots and batches stand, and changes nothing.',
  }),
  examples: ['scanlot reconcile', 'scanlot reconcile B-2021-001', 'scanlot reconcile B-2021-001 --round 1 --files'],
  workspace: 'write',
  readsOnly: ({ batch }) => batch === undefined,
  arguments: { batch: optionalArgument('BATCH', text({ de: 'Schlüssel der Charge', en: 'key of the batch' })) },
  options: {
    round: value(
      'N',
      text({ de: 'diese Lieferung (sonst die neueste)', en: 'this round (default: the newest)' }),
      readCount,
    ),
    files: flag(text({ de: 'auch jede Akte zeigen', en: 'show each file too' })),
  },
  output: {
    schema: 'reconcile-1',
    members: {
      ...ledgerMembers,
      files: `with a batch: ${ledgerMembers.files}`,
      lots: 'without a batch: key, contract, title, department, orderedPages, counts, identities, openBreaks (code, severity, count)',
      orders:
        'without a batch: number, lot, contract, batches (how many), orderedPages, counts, identities, openBreaks',
      batches: 'without a batch: key, order, lot, state, rounds, newest, counts, identities, openBreaks',
    },
  },
  run: async ({ workspace, language }, { batch, round, files }) => {
    if (batch !== undefined) return reconcileBatch(workspace, language, batch, { round, files });
    if (round !== undefined || files) throw batchMissing();
    return showTotals(await ledgerTotals(workspace.db));
  },
});

async function reconcileBatch(
  workspace: Workspace,
  language: Language,
  key: string,
  { round, files }: { readonly round: number | undefined; readonly files: boolean },
): Promise<Outcome> {
  const ledger = await reconcileDelivery(workspace, key, round);
  const open = openBreaks(ledger);
  return {
    data: ledgerData(ledger, language),
    exitCode: open.some(({ finding }) => finding.severity === 'error') ? 1 : 0,
    render: (printer) => {
      printer.heading(
        text({
          de: `Charge ${key}, Lieferung ${ledger.rounds.at(-1)?.round}`,
          en: `Batch ${key}, round ${ledger.rounds.at(-1)?.round}`,
        }),
      );
      printLedger(printer, ledger, files);
      if (open.length > 0) return printBreaks(printer, open);
      printer.line();
      printer.line(ledger.totals.openFiles > 0 ? goOn(key) : allDecided, 'good');
    },
  };
}

function goOn(key: string): Text {
  return text({
    de: `Keine offene Abweichung. Weiter mit der Abnahme: scanlot accept ${key}`,
    en: `No open break. Go on with: scanlot accept ${key}`,
  });
}

const allDecided = text({
  de: 'Keine offene Abweichung; über alle gelieferten Akten ist entschieden.',
  en: 'No open break; all files delivered are decided on.',
});

function printLedger(printer: Printer, ledger: BatchLedger, files: boolean): void {
  printCounts(printer, ledger.totals, ledger.order);
  printer.heading(text({ de: 'Kartons (Seiten)', en: 'Boxes (pages)' }));
  printBoxes(printer, ledger.boxes);
  if (files) {
    printer.heading(text({ de: 'Akten', en: 'Files' }));
    printFiles(printer, ledger.files);
  }
  printer.heading(text({ de: 'Proben', en: 'Identities' }));
  printIdentities(printer, ledger.identities);
}

function showTotals(totals: LedgerTotals): Outcome {
  const { lots, orders, batches } = totals;
  const broken = [...lots, ...batches].some(({ identities }) => identities.some(({ holds }) => !holds));
  const errors = totals.openBreaks.some(({ severity }) => severity === 'error');
  return {
    data: {
      counts: totals.counts,
      orderedPages: totals.orderedPages,
      identities: totals.identities,
      lots,
      orders,
      batches,
    },
    exitCode: broken || errors ? 1 : 0,
    render: (printer) => {
      printer.heading(text({ de: 'Lose (Seiten)', en: 'Lots (pages)' }));
      printer.table(lots, [
        { title: text({ de: 'Los', en: 'lot' }), value: (row) => row.key },
        { title: text({ de: 'Gegenstand', en: 'title' }), value: (row) => row.title, shrinks: true },
        {
          title: text({ de: 'bestellt', en: 'ordered' }),
          value: (row, f) => f.number(row.orderedPages),
          align: 'right',
        },
        ...countColumns<LotTotals>(),
      ]);
      printer.heading(text({ de: 'Chargen (Seiten)', en: 'Batches (pages)' }));
      printer.table(batches, [
        { title: text({ de: 'Charge', en: 'batch' }), value: (row) => row.key },
        { title: text({ de: 'Los', en: 'lot' }), value: (row) => row.lot, shrinks: true },
        ...countColumns<BatchTotals>(),
        { title: text({ de: 'abgeglichen', en: 'reconciled' }), value: (row) => reconciledWord(row, printer.language) },
        {
          title: text({ de: 'Fehler', en: 'errors' }),
          value: (row, f) => f.number(errorsOf(row.openBreaks)),
          align: 'right',
        },
      ]);
      printer.heading(text({ de: 'Proben über alle Lose', en: 'Identities over all lots' }));
      printIdentities(printer, totals.identities);
      printBroken(printer, batches);
      printer.heading(text({ de: 'Offene Abweichungen', en: 'Open breaks' }));
      printOpenBreaks(printer, totals.openBreaks);
      printUnreconciled(printer, batches);
    },
  };
}

function printBroken(printer: Printer, batches: readonly BatchTotals[]): void {
  for (const { key, identities } of batches) {
    const broken = identities.filter(({ holds }: Identity) => !holds);
    if (broken.length === 0) continue;
    printer.heading(text({ de: `Charge ${key}: Summen gehen nicht auf`, en: `Batch ${key}: the sums do not agree` }));
    printIdentities(printer, broken);
  }
}

function printOpenBreaks(printer: Printer, breaks: readonly OpenBreaks[]): void {
  printer.table(breaks, [
    { title: text({ de: 'Anzahl', en: 'count' }), value: (row, f) => f.number(row.count), align: 'right' },
    {
      title: text({ de: 'Abweichung', en: 'break' }),
      value: ({ code }) => (isFindingCode(code) ? titleOf(code, printer.language) : code),
      shrinks: true,
    },
    { title: text({ de: 'Code', en: 'code' }), value: ({ code }) => code },
  ]);
}

/** Without a comparison, no break is no good news. */
function printUnreconciled(printer: Printer, batches: readonly BatchTotals[]): void {
  const keys = batches.filter(({ newest }) => newest && newest.reconciledAt === null).map(({ key }) => key);
  if (keys.length === 0) return;
  printer.line();
  printer.line(
    text({
      de: (f) => `Noch nicht abgeglichen (${f.number(keys.length)}): ${keys.join(', ')}`,
      en: (f) => `Not reconciled so far (${f.number(keys.length)}): ${keys.join(', ')}`,
    }),
    'warn',
  );
}

function errorsOf(breaks: readonly OpenBreaks[]): number {
  return breaks.filter(({ severity }) => severity === 'error').reduce((sum, { count }) => sum + count, 0);
}

function reconciledWord({ newest }: BatchTotals, language: Language): string {
  if (!newest) return '–';
  if (newest.reconciledAt) return language === 'de' ? 'ja' : 'yes';
  return language === 'de' ? 'nein' : 'no';
}

function batchMissing(): UsageError {
  return new UsageError(
    'reconcile.batch-missing',
    text({
      de: '--round und --files gelten für eine Charge; es ist keine genannt.',
      en: '--round and --files are about a batch; none is named.',
    }),
    text({ de: 'Vorhandene zeigt: scanlot batch list', en: 'To see what there is: scanlot batch list' }),
  );
}
