import type { Decision } from '../acceptance/decide.ts';
import type { DeliveryFileRow } from '../acceptance/delivery-store.ts';
import { text } from '../shared/language.ts';
import type { Printer } from './printer.ts';

/** What the documents of accept and reject hold. */
export const decisionMembers = {
  batch: 'key of the batch',
  round: 'round decided on',
  accepted: 'accepted: files, pages',
  rejected: 'rejected: files, pages',
  settled: 'files that an earlier round had settled',
  defectList: 'path of the defect list, or null',
} as const;

export function decisionData(decision: Decision) {
  return {
    batch: decision.batch.key,
    round: decision.delivery.round,
    accepted: { files: decision.accepted.length, pages: pagesOf(decision.accepted) },
    rejected: { files: decision.rejected.length, pages: pagesOf(decision.rejected) },
    settled: decision.settled.length,
    defectList: decision.defects,
  };
}

export function printDecision(printer: Printer, decision: Decision): void {
  const { accepted, rejected, batch, delivery, defects } = decision;
  printer.line(
    text({
      de: (f) =>
        `Charge ${batch.key}, Lieferung ${delivery.round}: ${f.number(accepted.length)} Akten mit ${f.number(pagesOf(accepted))} Seiten abgenommen, ${f.number(rejected.length)} Akten zurückgewiesen.`,
      en: (f) =>
        `Batch ${batch.key}, round ${delivery.round}: ${f.number(accepted.length)} files with ${f.number(pagesOf(accepted))} pages accepted, ${f.number(rejected.length)} files rejected.`,
    }),
    accepted.length > 0 ? 'good' : 'warn',
  );
  if (defects) printer.line(text({ de: `Mängelliste: ${defects}`, en: `Defect list: ${defects}` }));
  if (accepted.length > 0) {
    printer.line(text({ de: 'Weiter mit: scanlot import plan', en: 'Go on with: scanlot import plan' }));
  }
}

function pagesOf(files: readonly DeliveryFileRow[]): number {
  return files.reduce((sum, { received_pages }) => sum + (received_pages ?? 0), 0);
}
