import type { IdentityName } from '../findings/catalogue/ledger-sums.ts';
import { identities as identityWords } from '../findings/catalogue/ledger-sums.ts';
import { kindOf } from '../findings/finding.ts';
import type { Counts } from '../reconciliation/counts.ts';
import type { Identity } from '../reconciliation/identities.ts';
import type { FileLine, FileState } from '../reconciliation/line.ts';
import type { BoxTotals } from '../reconciliation/reconcile.ts';
import type { BatchLedger, JudgedBreak } from '../reconciliation/reconcile-delivery.ts';
import { type Language, type Text, text } from '../shared/language.ts';
import { pendingWords } from './complaint-words.ts';
import { findingData, printFinding } from './finding-output.ts';
import type { Printer, TableColumn } from './printer.ts';

/** Documents the members of a batch's ledger in --json. */
export const ledgerMembers = {
  batch: 'key, order, lot, contract, handedOverOn',
  orderedPages: 'pages of the call-off; it may have several batches',
  rounds: 'round, receivedOn, verdict, reconciledAt',
  counts:
    'the six counts and what lies between: pickedUp, delivered, outstanding, accepted, rejected, open, imported, unlisted (Files, Pages); declaredPages, removedBlanks, receivedPages; filesWithoutSheets, uncountedFiles; complainedFiles (accepted, and a complaint not settled), correctionPages (pages that corrections hold more than is accepted and paid)',
  boxes: 'barcode, kind (box, no-box, unlisted), counts',
  files:
    'each file once: reference, volume, box, state, complaint (open, disputed, or null), round, expectedSheets, receivedPages, counts',
  identities: 'identity, relation (equal, at-most), left, right, difference, holds',
  breaks: 'owner (vendor, county), waived, and the finding: code, severity, path, reference, args, message, remedy',
} as const;

/** A batch's ledger as --json shows it. */
export function ledgerData(ledger: BatchLedger, language: Language) {
  const { batch, order, rounds, totals, boxes, files, identities, breaks } = ledger;
  return {
    batch: {
      key: batch.key,
      order: batch.order.number,
      lot: batch.lot.key,
      contract: batch.lot.contract,
      handedOverOn: batch.handed_over_on,
    },
    orderedPages: order.orderedPages,
    rounds: rounds.map((row) => ({
      round: row.round,
      receivedOn: row.received_on,
      verdict: row.verdict,
      reconciledAt: row.reconciled_at,
    })),
    counts: totals,
    boxes,
    files,
    identities,
    breaks: breaks.map((one) => breakData(one, language)),
  };
}

export function breakData({ finding, owner, waived }: JudgedBreak, language: Language) {
  return { owner, waived, kind: kindOf(finding.code), ...findingData(finding, language) };
}

/** The six counts of a batch, files beside pages. */
export function printCounts(printer: Printer, counts: Counts, order: BatchLedger['order']): void {
  const { format } = printer;
  const rows: readonly (readonly [Text, string, string])[] = [
    [text({ de: 'bestellt', en: 'ordered' }), '', `${format.number(order.orderedPages)} *`],
    [
      text({ de: 'abgeholt', en: 'picked up' }),
      format.number(counts.pickedUpFiles),
      `${counts.filesWithoutSheets > 0 ? '≥ ' : ''}${format.number(counts.pickedUpPages)}`,
    ],
    [
      text({ de: 'gemeldet', en: 'declared' }),
      format.number(counts.deliveredFiles + counts.unlistedFiles),
      `${format.number(counts.declaredPages)} + ${format.number(counts.removedBlanks)}`,
    ],
    [
      text({ de: 'erhalten', en: 'received' }),
      format.number(counts.deliveredFiles + counts.unlistedFiles),
      `${counts.uncountedFiles > 0 ? '≥ ' : ''}${format.number(counts.receivedPages)}`,
    ],
    [
      text({ de: 'abgenommen', en: 'accepted' }),
      format.number(counts.acceptedFiles),
      format.number(counts.acceptedPages),
    ],
    ...(counts.correctionPages === 0
      ? []
      : [
          [
            text({ de: 'mehr durch Nacherfüllung', en: 'more by corrections' }),
            '',
            format.number(counts.correctionPages),
          ] as const,
        ]),
    [
      text({ de: 'importiert', en: 'imported' }),
      format.number(counts.importedFiles),
      format.number(counts.importedPages),
    ],
  ];
  printer.table(rows, [
    { title: text({ de: 'Zählung', en: 'count' }), value: ([name]) => name[printer.language] },
    { title: text({ de: 'Akten', en: 'files' }), value: ([, files]) => files, align: 'right' },
    {
      title: text({ de: 'Seiten (+ Leerseiten)', en: 'pages (+ blanks)' }),
      value: ([, , pages]) => pages,
      align: 'right',
    },
  ]);
  printer.line(
    text({
      de: `* mit Abruf ${order.number}, für alle seine Chargen zusammen`,
      en: `* by call-off ${order.number}, for all its batches together`,
    }),
    'quiet',
  );
}

/** The columns of pages that boxes, files, batches and lots have in common. */
export function countColumns<Row extends { readonly counts: Counts }>(): TableColumn<Row>[] {
  const column = (title: Text, value: (counts: Counts) => number): TableColumn<Row> => ({
    title,
    value: (row, f) => f.number(value(row.counts)),
    align: 'right',
  });
  return [
    column(text({ de: 'abgeholt', en: 'picked up' }), (counts) => counts.pickedUpPages),
    column(text({ de: 'gemeldet', en: 'declared' }), (counts) => counts.declaredPages),
    column(text({ de: 'erhalten', en: 'received' }), (counts) => counts.receivedPages),
    column(text({ de: 'abgenommen', en: 'accepted' }), (counts) => counts.acceptedPages),
    column(text({ de: 'importiert', en: 'imported' }), (counts) => counts.importedPages),
  ];
}

export function printBoxes(printer: Printer, boxes: readonly BoxTotals[]): void {
  printer.table(boxes, [
    { title: text({ de: 'Karton', en: 'box' }), value: (row) => boxName(row, printer.language), shrinks: true },
    {
      title: text({ de: 'Akten', en: 'files' }),
      value: ({ counts }, f) => f.number(counts.pickedUpFiles + counts.unlistedFiles),
      align: 'right',
    },
    ...countColumns<BoxTotals>(),
  ]);
}

function boxName({ barcode, kind }: BoxTotals, language: Language): string {
  if (kind === 'unlisted') return language === 'de' ? '(nicht auf der Abholliste)' : '(not on the pick list)';
  return barcode ?? (language === 'de' ? '(ohne Karton)' : '(no box)');
}

const fileStates: Readonly<Record<FileState, Text>> = {
  outstanding: text({ de: 'ausstehend', en: 'outstanding' }),
  open: text({ de: 'offen', en: 'open' }),
  rejected: text({ de: 'zurückgewiesen', en: 'rejected' }),
  accepted: text({ de: 'abgenommen', en: 'accepted' }),
  imported: text({ de: 'importiert', en: 'imported' }),
  unlisted: text({ de: 'nicht auf der Liste', en: 'not on the list' }),
};

export function printFiles(printer: Printer, files: readonly FileLine[]): void {
  const count = (value: number | null, f: Printer['format']) => (value === null ? '–' : f.number(value));
  printer.table(files, [
    { title: text({ de: 'Karton', en: 'box' }), value: (row) => row.box ?? '–', shrinks: true },
    { title: text({ de: 'Aktenzeichen', en: 'reference' }), value: (row) => row.reference, shrinks: true },
    { title: text({ de: 'Band', en: 'volume' }), value: (row) => row.volume, shrinks: true },
    { title: text({ de: 'Blatt', en: 'sheets' }), value: (row, f) => count(row.expectedSheets, f), align: 'right' },
    {
      title: text({ de: 'gemeldet', en: 'declared' }),
      value: ({ round, counts }, f) => (round === null ? '–' : f.number(counts.declaredPages)),
      align: 'right',
    },
    { title: text({ de: 'erhalten', en: 'received' }), value: (row, f) => count(row.receivedPages, f), align: 'right' },
    {
      title: text({ de: 'Lieferung', en: 'round' }),
      value: ({ round }) => (round === null ? '–' : String(round)),
      align: 'right',
    },
    { title: text({ de: 'Stand', en: 'state' }), value: (row) => stateOf(row, printer.language) },
  ]);
}

function stateOf({ state, complaint }: FileLine, language: Language): string {
  const words = fileStates[state][language];
  return complaint ? `${words}, ${pendingWords[complaint][language]}` : words;
}

/** Both sides of each identity and their difference. */
export function printIdentities(printer: Printer, identities: readonly Identity[]): void {
  const sign = { equal: '=', 'at-most': '≤' } as const;
  printer.table(identities, [
    {
      title: text({ de: 'Probe', en: 'identity' }),
      value: ({ identity }) => identityWords[identity satisfies IdentityName][printer.language],
      shrinks: true,
    },
    { title: text({ de: 'links', en: 'left' }), value: ({ left }, f) => f.number(left), align: 'right' },
    { title: text({ de: '', en: '' }), value: ({ relation }) => sign[relation] },
    { title: text({ de: 'rechts', en: 'right' }), value: ({ right }, f) => f.number(right), align: 'right' },
    {
      title: text({ de: 'Differenz', en: 'difference' }),
      value: ({ difference }, f) => f.number(difference),
      align: 'right',
    },
    {
      title: text({ de: 'stimmt', en: 'holds' }),
      value: ({ holds }) =>
        holds ? (printer.language === 'de' ? 'ja' : 'yes') : printer.language === 'de' ? 'NEIN' : 'NO',
    },
  ]);
}

const mostShown = 50;

/** The open breaks by owner, the first of them in full. */
export function printBreaks(printer: Printer, breaks: readonly JudgedBreak[]): void {
  const owners = [
    ['vendor', text({ de: 'Vom Auftragnehmer zu klären', en: 'For the vendor to mend' })],
    ['county', text({ de: 'Von uns zu klären', en: 'For us to clear up' })],
  ] as const;
  for (const [owner, title] of owners) {
    const own = breaks.filter((one) => one.owner === owner);
    if (own.length === 0) continue;
    printer.heading(title);
    for (const { finding } of own.slice(0, mostShown)) printFinding(printer, finding);
    const rest = own.length - mostShown;
    if (rest > 0) {
      printer.line(
        text({
          de: (f) => `… und ${f.number(rest)} weitere; alle zeigt --json.`,
          en: (f) => `… and ${f.number(rest)} more; --json shows all.`,
        }),
      );
    }
  }
}
