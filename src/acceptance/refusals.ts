import type { Batch } from '../custody/store.ts';
import { type FindingCode, isFindingCode, titleOf } from '../findings/finding.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import type { DecisionRow, DeliveryFileRow, DeliveryRow, FindingRow } from './delivery-store.ts';
import type { Obstacles } from './open-findings.ts';

/** What a decision is about. */
interface Round {
  readonly batch: Batch;
  readonly delivery: DeliveryRow;
}

export function requireReconciled({ batch, delivery }: Round): void {
  if (delivery.reconciled_at) return;
  throw new GateError(
    'acceptance.not-reconciled',
    text({
      de: `Lieferung ${delivery.round} der Charge ${batch.key} ist noch nicht abgeglichen.`,
      en: `Round ${delivery.round} of batch ${batch.key} is not reconciled yet.`,
    }),
    text({ de: `Abgleichen: scanlot reconcile ${batch.key}`, en: `Reconcile it: scanlot reconcile ${batch.key}` }),
  );
}

const MOST_TOLD = 20;

export function openErrors({ batch, delivery }: Round, findings: readonly FindingRow[]): GateError {
  const byCode = new Map<string, FindingRow[]>();
  for (const finding of findings) byCode.set(finding.code, [...(byCode.get(finding.code) ?? []), finding]);
  const details = [...byCode].slice(0, MOST_TOLD).map(([code, rows]): Text => {
    const places = [...new Set(rows.map(({ reference, path }) => reference ?? path))].slice(0, 3).join(', ');
    const title = (language: 'de' | 'en') => (isFindingCode(code) ? titleOf(code as FindingCode, language) : code);
    return text({
      de: (format) => `${title('de')} (${code}): ${format.number(rows.length)} – ${places}`,
      en: (format) => `${title('en')} (${code}): ${format.number(rows.length)} – ${places}`,
    });
  });
  return new GateError(
    'acceptance.open-errors',
    text({
      de: (format) =>
        `Lieferung ${delivery.round} der Charge ${batch.key} hat ${format.number(findings.length)} offene Fehler.`,
      en: (format) =>
        `Round ${delivery.round} of batch ${batch.key} has ${format.counted(findings.length, 'open error', 'open errors')}.`,
    }),
    text({
      de: `Nur die fehlerfreien Akten annehmen (--partial), zurückweisen (scanlot reject ${batch.key}) oder einzelne Befunde freigeben (scanlot waive ${batch.key} CODE --reason "…").`,
      en: `Accept the faultless files only (--partial), reject (scanlot reject ${batch.key}), or waive single findings (scanlot waive ${batch.key} CODE --reason "…").`,
    }),
    details,
  );
}

export function nothingToAccept(
  { batch, delivery }: Round,
  open: Obstacles,
  files: readonly DeliveryFileRow[],
): GateError {
  return new GateError(
    'acceptance.nothing',
    text({
      de: `In Lieferung ${delivery.round} der Charge ${batch.key} kann keine Akte angenommen werden (${files.length} geliefert, ${open.byFile.size} mit offenen Fehlern).`,
      en: `No file of round ${delivery.round} of batch ${batch.key} can be accepted (${files.length} delivered, ${open.byFile.size} with open errors).`,
    }),
    text({
      de: `Zurückweisen: scanlot reject ${batch.key} --reason "…"`,
      en: `Reject it: scanlot reject ${batch.key} --reason "…"`,
    }),
  );
}

export function nothingToPay({ batch, delivery }: Round): UsageError {
  return new UsageError(
    'acceptance.nothing-to-pay',
    text({
      de: `Von Lieferung ${delivery.round} der Charge ${batch.key} wird nichts erstmals abgenommen; Nacherfüllung wird nicht vergütet, also auch keine Menge dazu.`,
      en: `Nothing of round ${delivery.round} of batch ${batch.key} is accepted for the first time; corrections are not paid, so neither is any quantity.`,
    }),
    text({ de: 'Ohne --quantity abnehmen.', en: 'Accept without --quantity.' }),
  );
}

export function alreadyDecided({ batch, delivery }: Round, { decided_on, decided_by }: DecisionRow): GateError {
  return new GateError(
    'acceptance.decided',
    text({
      de: (f) =>
        `Über Lieferung ${delivery.round} der Charge ${batch.key} ist schon entschieden (${f.date(decided_on)}, ${decided_by}).`,
      en: (f) =>
        `Round ${delivery.round} of batch ${batch.key} is decided already (${f.date(decided_on)}, ${decided_by}).`,
    }),
    text({
      de: 'Eine Nachlieferung ist eine weitere Runde: scanlot delivery receive',
      en: 'A redelivery is a further round: scanlot delivery receive',
    }),
  );
}

/** A waiver is for a decision to come; what is decided is changed by a complaint, or by a further round. */
export function decidedBeforeWaiver({ batch, delivery }: Round, { decided_on, decided_by }: DecisionRow): GateError {
  return new GateError(
    'waiver.decided',
    text({
      de: (f) =>
        `Über Lieferung ${delivery.round} der Charge ${batch.key} ist schon entschieden (${f.date(decided_on)}, ${decided_by}); ihre Befunde können nicht mehr freigegeben werden.`,
      en: (f) =>
        `Round ${delivery.round} of batch ${batch.key} is decided already (${f.date(decided_on)}, ${decided_by}); its findings can no longer be waived.`,
    }),
    text({
      de: `Abgenommenes rügen: scanlot complaint raise ${batch.key} AKTE --reason "…". Zurückgewiesenes als weitere Runde nachliefern lassen (scanlot delivery receive PFAD --batch ${batch.key}) und dort vor der Abnahme freigeben.`,
      en: `Complain about what was accepted: scanlot complaint raise ${batch.key} FILE --reason "…". Have what was rejected delivered again as a further round (scanlot delivery receive PATH --batch ${batch.key}), and waive there before acceptance.`,
    }),
  );
}

export function reasonMissing(): UsageError {
  return new UsageError(
    'acceptance.reason-missing',
    text({ de: 'Ein Grund fehlt.', en: 'A reason is missing.' }),
    text({ de: 'Mit --reason angeben.', en: 'State it with --reason.' }),
  );
}
