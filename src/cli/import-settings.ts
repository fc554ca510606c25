import type { FileImport } from '../dms/import/import-file.ts';
import { addNote, sweepNotes } from '../dms/transfer-note/add-note.ts';
import { noteForms } from '../dms/transfer-note/note-form.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { WorkspaceContext } from './command.ts';
import { flag, value } from './options.ts';

/** Options that say otherwise than `import` in scanlot.json. */
export const paceOptions = {
  parallel: value(
    'N',
    text({ de: 'höchstens so viele Akten zugleich (sonst 4)', en: 'so many files at once, at the most (default: 4)' }),
    readParallel,
  ),
  now: flag(text({ de: 'auch außerhalb der Importzeiten', en: 'outside the import window, too' })),
} as const;

interface Pace {
  readonly parallel: number | undefined;
  readonly now: boolean;
}

/** The conduct of an import, as scanlot.json and the command line have it. */
export async function importConduct({ workspace }: WorkspaceContext, { parallel, now }: Pace) {
  const { window, transferNote: _, ...settings } = workspace.config.import ?? {};
  const formOf = await noteForms(workspace);
  await sweepNotes(workspace);
  const addTo: FileImport['addTo'] = (planned, documents) =>
    addNote(workspace, formOf(planned.file))(planned, documents);
  return {
    settings: {
      ...settings,
      ...(window && !now ? { window } : {}),
      ...(parallel === undefined ? {} : { parallel }),
    },
    addTo,
  };
}

function readParallel(raw: string, name: string): number {
  const parallel = Number(raw);
  if (Number.isInteger(parallel) && parallel >= 1 && parallel <= 64) return parallel;
  throw new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({ de: 'Erwartet: eine ganze Zahl von 1 bis 64.', en: 'Expected: a whole number from 1 to 64.' }),
  );
}
