import { type Text, text } from '../shared/language.ts';
import type { Counts } from './counts.ts';

/** How far a batch has come, derived from what happened to its files. */
export const batchStates = {
  prepared: text({ de: 'vorbereitet', en: 'prepared' }),
  'handed-over': text({ de: 'übergeben', en: 'handed over' }),
  delivered: text({ de: 'geliefert', en: 'delivered' }),
  rejected: text({ de: 'zurückgewiesen', en: 'rejected' }),
  'partly-accepted': text({ de: 'teilweise abgenommen', en: 'partly accepted' }),
  accepted: text({ de: 'abgenommen', en: 'accepted' }),
  complained: text({ de: 'gerügt', en: 'complained about' }),
  imported: text({ de: 'importiert', en: 'imported' }),
} as const satisfies Readonly<Record<string, Text>>;
export type BatchState = keyof typeof batchStates;

/**
 * delivered: something waits for a decision; accepted and imported: all files of the pick list are, and no complaint about
 * one of them is left to be settled (complained).
 */
export function batchState(
  counts: Counts,
  happened: { readonly handedOver: boolean; readonly rounds: number },
): BatchState {
  if (happened.rounds === 0) return happened.handedOver ? 'handed-over' : 'prepared';
  if (counts.complainedFiles > 0 && counts.openFiles === 0) return 'complained';
  if (counts.importedFiles >= counts.pickedUpFiles) return 'imported';
  if (counts.acceptedFiles >= counts.pickedUpFiles) return 'accepted';
  if (counts.openFiles > 0) return 'delivered';
  if (counts.acceptedFiles > 0) return 'partly-accepted';
  return counts.rejectedFiles > 0 ? 'rejected' : 'delivered';
}
