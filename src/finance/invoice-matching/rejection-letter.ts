import type { Vendor } from '../../contract/contract-document.ts';
import { type Finding, messageOf, titleOf } from '../../findings/finding.ts';
import { letterheadOf } from '../../reporting/document/letterhead.ts';
import type { Block, DocumentTable, WrittenDocument } from '../../reporting/document/model.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { formats } from '../../shared/format.ts';
import type { Cents } from '../../shared/money.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { type Amounts, type InvoiceCheck, isError } from './check.ts';
import type { CheckedLine } from './check-line.ts';
import type { Causes } from './line-causes.ts';

export interface RejectionFacts {
  readonly check: InvoiceCheck;
  readonly vendor: Vendor;
  readonly reason: string;
  readonly on: CalendarDate;
}

const { date, money, number } = formats.de;

/**
 * The letter that returns an invoice and names each deviation, in German: the language of proceedings of German authorities
 * (section 23 (1) VwVfG).
 */
export function rejectionLetter(
  { config, now }: Pick<Workspace, 'config' | 'now'>,
  facts: RejectionFacts,
): WrittenDocument {
  const { invoice, scope } = facts.check;
  const title = `Zurückweisung der Rechnung ${invoice.number ?? ''}`.trim();
  const office = scope.lots.length === 1 ? (scope.lots[0]?.department ?? '') : '';
  return {
    language: 'de',
    title,
    createdAt: now().toISOString(),
    footer: `${title} · ${date(facts.on)}`,
    blocks: [
      letterheadOf(config, office, facts.vendor, [
        ['Datum', date(facts.on)],
        ['Rechnung', invoice.number ?? undefined],
        ['Vertrag', scope.contract?.number],
        ['Abruf', invoice.references.order ?? undefined],
      ]),
      { kind: 'subject', words: subjectOf(facts.check) },
      ...bodyOf(facts),
    ],
  };
}

function subjectOf({ invoice }: InvoiceCheck): string {
  const from = invoice.issueDate === null ? '' : ` vom ${date(invoice.issueDate)}`;
  return `Ihre Rechnung ${invoice.number ?? ''}${from} – Zurückweisung`;
}

function bodyOf({ check, reason }: RejectionFacts): Block[] {
  const errors = check.findings.filter(isError);
  const some = (words: string): Block => ({ kind: 'paragraph', words });
  return [
    some('Sehr geehrte Damen und Herren,'),
    some(
      `Ihre oben genannte Rechnung über ${money(check.billed.gross)} brutto haben wir geprüft. Wir können sie nicht anerkennen und geben sie Ihnen zurück.`,
    ),
    { kind: 'paragraph', words: `Grund: ${reason}`, style: 'bold' },
    ...deviations(errors),
    ...comparison(check),
    some(
      'Bitte übersenden Sie uns eine berichtigte Rechnung, die die abgenommenen Mengen, die vereinbarten Preise und den am Leistungstag geltenden Steuersatz ausweist und Vertrag und Abruf nennt.',
    ),
    some('Bis zum Eingang der berichtigten Rechnung sehen wir von einer Zahlung ab.'),
    { kind: 'signature', closing: 'Mit freundlichen Grüßen', lines: ['Im Auftrag', 'Name, Funktion'] },
  ];
}

function deviations(errors: readonly Finding[]): Block[] {
  if (errors.length === 0) return [];
  const table: DocumentTable = {
    kind: 'table',
    columns: [
      { title: 'Nr.', share: 6, align: 'right' },
      { title: 'Abweichung', share: 30 },
      { title: 'Im Einzelnen', share: 64 },
    ],
    rows: errors.map((finding, index) => [String(index + 1), titleOf(finding.code, 'de'), messageOf(finding, 'de')]),
  };
  const words =
    errors.length === 1
      ? 'Wir haben folgende Abweichung festgestellt:'
      : `Wir haben folgende ${number(errors.length)} Abweichungen festgestellt:`;
  return [{ kind: 'paragraph', words }, table];
}

/** Line by line what was billed, what would have been right, and why they differ; the sums below. */
function comparison({ lines, billed, expected }: InvoiceCheck): Block[] {
  if (lines.length === 0) return [];
  const table: DocumentTable = {
    kind: 'table',
    columns: [
      { title: 'Pos.', share: 7 },
      { title: 'Leistung', share: 27 },
      { title: 'berechnet', share: 16, align: 'right' },
      { title: 'richtig', share: 16, align: 'right' },
      { title: 'Unterschied', share: 16, align: 'right' },
      { title: 'wegen', share: 24 },
    ],
    rows: [
      ...lines.map(lineRow),
      ...(['net', 'vat', 'gross'] as const).map((member) => sumRow(member, billed, expected)),
    ],
  };
  return [
    {
      kind: 'paragraph',
      words: 'Dem Berechneten stellen wir gegenüber, was nach Vertrag und Abnahme richtig gewesen wäre:',
    },
    table,
  ];
}

function lineRow({ id, line, net, expected, causes }: CheckedLine): string[] {
  return [id, line.name ?? '', ...compared(net, expected), causeWords(causes)];
}

const sumNames: Readonly<Record<keyof Amounts, string>> = {
  net: 'Summe netto',
  vat: 'Umsatzsteuer',
  gross: 'Summe brutto',
};

function sumRow(member: keyof Amounts, billed: Amounts, expected: Amounts): string[] {
  return ['', sumNames[member], ...compared(billed[member], expected[member]), ''];
}

function compared(billed: Cents, expected: Cents): string[] {
  return [money(billed), money(expected), money((billed - expected) as Cents)];
}

const causeNames: Readonly<Record<keyof Causes, string>> = {
  quantity: 'Menge',
  price: 'Preis',
  allowances: 'Nachlass oder Zuschlag',
  notAgreed: 'nicht vereinbart',
  rounding: 'Rundung',
};

function causeWords(causes: Causes): string {
  const parts = Object.entries(causes).filter(([, cents]) => cents !== 0);
  return parts.map(([cause, cents]) => `${causeNames[cause as keyof Causes]} ${money(cents)}`).join(', ');
}
