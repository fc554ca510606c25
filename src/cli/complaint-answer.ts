import type { AnsweredComplaint } from '../acceptance/complaint/answer.ts';
import { text } from '../shared/language.ts';
import { argument, readDate, requiredValue, severalArguments, value } from './options.ts';

/** What the commands that answer a complaint have in common. */
export const answerArguments = {
  batch: argument('BATCH', text({ de: 'die Charge', en: 'the batch' })),
  files: severalArguments(
    'REFERENCE',
    text({ de: 'gerügte Akte, mit #BAND für einen Band', en: 'file complained about, with #VOLUME for one volume' }),
  ),
} as const;

export const answerOptions = {
  reason: requiredValue('TEXT', text({ de: 'warum; steht im Protokoll', en: 'why; goes into the log' })),
  date: value('DATE', text({ de: 'Tag (sonst heute)', en: 'day (default: today)' }), readDate),
} as const;

export const answerMembers = { batch: 'key of the batch', files: 'complaint (its number), reference, volume' } as const;

export function answerData({ batch, files }: AnsweredComplaint) {
  return {
    batch: batch.key,
    files: files.map(({ complaint, reference, volume }) => ({ complaint: complaint.number, reference, volume })),
  };
}
