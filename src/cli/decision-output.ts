import type { Decision } from '../acceptance/decision.ts';
import type { DeliveryFileRow } from '../acceptance/delivery-store.ts';
import { text } from '../shared/language.ts';
import type { Printer } from './printer.ts';

/** What the documents of accept and reject hold. */
export const decisionMembers = {
  batch: 'key of the batch',
  round: 'round decided on',
  accepted: 'accepted for the first time, and to be paid: files, pages',
  corrected:
    'accepted in the place of what was accepted before, not paid: files, pages, difference (pages more than are paid; negative: fewer)',
  rejected: 'rejected: files, pages',
  settled: 'files that an earlier round had settled',
  defectList: 'path of the defect list, or null',
} as const;

export function decisionData(decision: Decision) {
  return {
    batch: decision.batch.key,
    round: decision.delivery.round,
    accepted: { files: decision.accepted.length, pages: pagesOf(decision.accepted) },
    corrected: correctedSums(decision),
    rejected: { files: decision.rejected.length, pages: pagesOf(decision.rejected) },
    settled: decision.settled.length,
    defectList: decision.defects,
  };
}

export function printDecision(printer: Printer, decision: Decision): void {
  const { accepted, corrected, rejected, batch, delivery, defects } = decision;
  printer.line(
    text({
      de: (f) =>
        `Charge ${batch.key}, Lieferung ${delivery.round}: ${f.counted(accepted.length, 'Akte', 'Akten')} mit ${f.counted(pagesOf(accepted), 'Seite', 'Seiten')} abgenommen, ${f.counted(rejected.length, 'Akte', 'Akten')} zurückgewiesen.`,
      en: (f) =>
        `Batch ${batch.key}, round ${delivery.round}: ${f.counted(accepted.length, 'file', 'files')} with ${f.counted(pagesOf(accepted), 'page', 'pages')} accepted, ${f.counted(rejected.length, 'file', 'files')} rejected.`,
    }),
    accepted.length + corrected.length > 0 ? 'good' : 'warn',
  );
  if (corrected.length > 0) printCorrected(printer, decision);
  if (defects) printer.line(text({ de: `Mängelliste: ${defects}`, en: `Defect list: ${defects}` }));
  if (accepted.length + corrected.length > 0) {
    printer.line(text({ de: 'Weiter mit: scanlot import plan', en: 'Go on with: scanlot import plan' }));
  }
}

function correctedSums({ corrected }: Decision) {
  const pages = pagesOf(corrected.map(({ file }) => file));
  const paid = corrected.reduce((sum, { paidPages }) => sum + paidPages, 0);
  return { files: corrected.length, pages, difference: pages - paid };
}

function printCorrected(printer: Printer, decision: Decision): void {
  const { files, pages, difference } = correctedSums(decision);
  printer.line(
    text({
      de: (f) =>
        `Als Nacherfüllung angenommen, nicht erneut vergütet: ${f.counted(files, 'Akte', 'Akten')} mit ${f.counted(pages, 'Seite', 'Seiten')}.`,
      en: (f) =>
        `Accepted as corrections, not paid again: ${f.counted(files, 'file', 'files')} with ${f.counted(pages, 'page', 'pages')}.`,
    }),
    'good',
  );
  if (difference > 0) {
    printer.line(
      text({
        de: (f) =>
          `Das sind ${f.counted(difference, 'Seite mehr', 'Seiten mehr')} als vergütet; sie werden nicht berechnet, es sei denn, sie sind eigens beauftragt.`,
        en: (f) =>
          `That is ${f.counted(difference, 'page more', 'pages more')} than are paid; they are not billed unless they are ordered.`,
      }),
      'warn',
    );
  }
  if (difference < 0) {
    printer.line(
      text({
        de: (f) =>
          `Das sind ${f.counted(-difference, 'Seite weniger', 'Seiten weniger')} als vergütet: eine Gutschrift verlangen.`,
        en: (f) =>
          `That is ${f.counted(-difference, 'page fewer', 'pages fewer')} than are paid: ask for a credit note.`,
      }),
      'warn',
    );
  }
}

function pagesOf(files: readonly DeliveryFileRow[]): number {
  return files.reduce((sum, { received_pages }) => sum + (received_pages ?? 0), 0);
}
