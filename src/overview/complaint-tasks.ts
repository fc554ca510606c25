import { isPending } from '../acceptance/complaint/notice.ts';
import { type ComplainedFile, complainedFiles } from '../acceptance/complaint/store.ts';
import { localDate } from '../shared/dates.ts';
import { text } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import type { Waiting } from './waiting.ts';

/** Complaints that are not settled: with the vendor, overdue, or disputed. Their originals are needed. */
export async function complaintTasks({ db, now }: Pick<Workspace, 'db' | 'now'>): Promise<Waiting[]> {
  const today = localDate(now());
  const pending = (await complainedFiles(db)).filter(isPending);
  const disputed = pending.filter(({ state }) => state === 'disputed');
  const overdue = pending.filter(({ state, deadline }) => state === 'open' && deadline < today);
  const running = pending.filter(({ state, deadline }) => state === 'open' && deadline >= today);
  const list = (files: readonly ComplainedFile[]) => `scanlot complaint list ${files[0]?.batch} --open`;
  return [
    {
      task: 'correct',
      who: 'vendor',
      what: text({
        de: 'gerügte Akten nachzuerfüllen (Originale aufbewahren)',
        en: 'files to correct (keep originals)',
      }),
      count: running.length,
      command: list(running),
    },
    {
      task: 'correction-overdue',
      who: 'validation',
      what: text({
        de: 'gerügte Akten ohne Nacherfüllung nach Ablauf der Frist',
        en: 'files not corrected by the deadline',
      }),
      count: overdue.length,
      command: `scanlot complaint notice ${overdue[0]?.batch} --out ruege.docx`,
    },
    {
      task: 'settle-dispute',
      who: 'validation',
      what: text({ de: 'bestrittene Rügen zu entscheiden', en: 'disputed complaints to decide' }),
      count: disputed.length,
      command: list(disputed),
    },
  ];
}
