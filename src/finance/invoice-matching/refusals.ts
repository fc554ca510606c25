import { type Finding, messageOf } from '../../findings/finding.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { GateError, UsageError } from '../../shared/errors.ts';
import { type Text, text } from '../../shared/language.ts';
import type { Cents } from '../../shared/money.ts';
import { didYouMean } from '../../shared/suggest.ts';
import type { GrantedDiscount } from './cash-discount.ts';
import type { InvoiceRow } from './store.ts';

const MOST_TOLD = 20;

function told(findings: readonly Finding[]): Text[] {
  return findings.slice(0, MOST_TOLD).map((finding) => ({
    de: `${finding.code}: ${messageOf(finding, 'de')}`,
    en: `${finding.code}: ${messageOf(finding, 'en')}`,
  }));
}

export function openErrors(number: string | null, findings: readonly Finding[]): GateError {
  return new GateError(
    'invoice.open-errors',
    text({
      de: (f) =>
        `Die Rechnung ${number ?? '?'} hat ${f.number(findings.length)} Fehler und kann so nicht freigegeben werden.`,
      en: (f) =>
        `Invoice ${number ?? '?'} has ${f.counted(findings.length, 'error', 'errors')} and cannot be approved as it is.`,
    }),
    text({
      de: 'Zurückweisen (scanlot invoice reject), oder nur die richtigen Positionen freigeben, wo einzelne falsch sind (--partial).',
      en: 'Reject it (scanlot invoice reject), or approve the right lines only where single ones are wrong (--partial).',
    }),
    told(findings),
  );
}

export function nothingToApprove(number: string | null, findings: readonly Finding[]): GateError {
  return new GateError(
    'invoice.nothing-to-approve',
    text({
      de: `Keine Position der Rechnung ${number ?? '?'} ist richtig.`,
      en: `No line of invoice ${number ?? '?'} is right.`,
    }),
    text({ de: 'Zurückweisen: scanlot invoice reject', en: 'Reject it: scanlot invoice reject' }),
    told(findings),
  );
}

/** An allowance or a payment on account belongs to the whole: how much of it falls on a part, nobody knows. */
export function notAsAPart(number: string | null): GateError {
  return new GateError(
    'invoice.not-as-a-part',
    text({
      de: `Die Rechnung ${number ?? '?'} hat Nachlässe, Anzahlungen oder Rundungen auf das Ganze; ein Teil von ihr lässt sich nicht freigeben.`,
      en: `Invoice ${number ?? '?'} has allowances, payments on account or rounding on the whole; no part of it can be approved.`,
    }),
    text({ de: 'Zurückweisen: scanlot invoice reject', en: 'Reject it: scanlot invoice reject' }),
  );
}

export function samePerson(number: string, actor: string): GateError {
  return new GateError(
    'invoice.same-person',
    text({
      de: `Die Rechnung ${number} hat ${actor} geprüft; freigeben muss sie jemand anderes (Vier-Augen-Prinzip).`,
      en: `Invoice ${number} was checked by ${actor}; somebody else has to approve it (four-eyes rule).`,
    }),
    text({
      de: 'Eine zweite Person führt denselben Befehl aus.',
      en: 'A second person runs the same command.',
    }),
  );
}

export function otherExtent(number: string, isPartial: boolean): GateError {
  return new GateError(
    'invoice.other-extent',
    text({
      de: `Die Rechnung ${number} wurde ${isPartial ? 'nur zum Teil' : 'als Ganzes'} geprüft.`,
      en: `Invoice ${number} was checked ${isPartial ? 'in part only' : 'as a whole'}.`,
    }),
    isPartial
      ? text({ de: 'Mit --partial freigeben, oder zurückweisen.', en: 'Approve it with --partial, or reject it.' })
      : text({ de: 'Ohne --partial freigeben, oder zurückweisen.', en: 'Approve it without --partial, or reject it.' }),
  );
}

export function alreadyApproved({ number, state }: InvoiceRow): GateError {
  return new GateError(
    'invoice.approved-already',
    text({
      de: `Die Rechnung ${number} ist schon ${state === 'paid' ? 'bezahlt' : 'freigegeben'}.`,
      en: `Invoice ${number} is ${state} already.`,
    }),
    text({
      de: 'Eine Gutschrift verlangen; sie wird wie eine Rechnung geprüft und freigegeben.',
      en: 'Ask for a credit note; it is checked and approved like an invoice.',
    }),
  );
}

export function notPayable({ number, state }: InvoiceRow): GateError {
  const why: Readonly<Record<InvoiceRow['state'], Text>> = {
    checked: text({ de: 'geprüft, aber noch nicht freigegeben', en: 'checked, but not approved yet' }),
    rejected: text({ de: 'zurückgewiesen', en: 'rejected' }),
    paid: text({ de: 'schon bezahlt', en: 'paid already' }),
    approved: text({ de: 'freigegeben', en: 'approved' }),
  };
  return new GateError(
    'invoice.not-payable',
    text({ de: `Die Rechnung ${number} ist ${why[state].de}.`, en: `Invoice ${number} is ${why[state].en}.` }),
    text({ de: 'Den Stand zeigt: scanlot invoice list', en: 'To see where it stands: scanlot invoice list' }),
  );
}

/** Another amount than is due on the day of payment. */
export function otherAmount(
  { number }: InvoiceRow,
  payment: {
    readonly amount: Cents;
    readonly due: Cents;
    readonly on: CalendarDate;
    readonly discounts: readonly GrantedDiscount[];
  },
): GateError {
  const { amount, due, on, discounts } = payment;
  return new GateError(
    'invoice.other-amount',
    text({
      de: (f) => `Zur Rechnung ${number} sind am ${f.date(on)} ${f.money(due)} zu zahlen, nicht ${f.money(amount)}.`,
      en: (f) => `On ${f.date(on)} ${f.money(due)} is due for invoice ${number}, not ${f.money(amount)}.`,
    }),
    text({
      de: 'Den fälligen Betrag zahlen, oder den Grund nennen: --reason "GRUND".',
      en: 'Pay what is due, or state why not: --reason "REASON".',
    }),
    discounts.map(({ lastDay, amount: less }) =>
      text({
        de: (f) => `Skonto ${f.money(less)} bis ${f.date(lastDay)}`,
        en: (f) => `Cash discount ${f.money(less)} until ${f.date(lastDay)}`,
      }),
    ),
  );
}

export function reasonMissing(): UsageError {
  return new UsageError(
    'invoice.reason-missing',
    text({ de: 'Eine Zurückweisung braucht einen Grund.', en: 'To reject needs a reason.' }),
    text({ de: 'Mit --reason "GRUND" angeben.', en: 'State it with --reason "REASON".' }),
  );
}

export function unknownInvoice(number: string, known: readonly string[]): UsageError {
  return new UsageError(
    'invoice.unknown',
    text({ de: `Die Rechnung „${number}“ ist nicht erfasst.`, en: `Invoice "${number}" is not recorded.` }),
    didYouMean(number, known, 'scanlot invoice list'),
  );
}

export function severalSellers(number: string, sellers: readonly string[]): UsageError {
  return new UsageError(
    'invoice.ambiguous',
    text({
      de: `Eine Rechnung ${number} gibt es von mehreren Rechnungsstellern.`,
      en: `Several sellers have an invoice ${number}.`,
    }),
    text({ de: 'Mit --seller NAME angeben.', en: 'Name the seller with --seller NAME.' }),
    sellers.map((seller) => ({ de: seller, en: seller })),
  );
}
