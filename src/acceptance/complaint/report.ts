import type { Column, Report } from '../../reporting/model.ts';
import { localDate } from '../../shared/dates.ts';
import { type Text, text } from '../../shared/language.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { isPending } from './notice.ts';
import type { ComplainedFile, ComplaintState } from './store.ts';

export const complaintStates: Readonly<Record<ComplaintState, Text>> = {
  open: text({ de: 'offen', en: 'open' }),
  disputed: text({ de: 'bestritten', en: 'disputed' }),
  corrected: text({ de: 'nacherfüllt', en: 'corrected' }),
  withdrawn: text({ de: 'zurückgenommen', en: 'withdrawn' }),
};

const columns: readonly Column[] = [
  { key: 'batch', title: text({ de: 'Charge', en: 'Batch' }), type: 'text' },
  { key: 'number', title: text({ de: 'Rüge', en: 'Complaint' }), type: 'year' },
  { key: 'reference', title: text({ de: 'Aktenzeichen', en: 'Reference' }), type: 'text' },
  { key: 'volume', title: text({ de: 'Band', en: 'Volume' }), type: 'text' },
  { key: 'state', title: text({ de: 'Stand', en: 'State' }), type: 'text' },
  { key: 'raisedOn', title: text({ de: 'Gerügt am', en: 'Raised on' }), type: 'date' },
  { key: 'deadline', title: text({ de: 'Frist', en: 'Deadline' }), type: 'date' },
  { key: 'pages', title: text({ de: 'Seiten', en: 'Pages' }), type: 'count' },
  { key: 'correctedPages', title: text({ de: 'Seiten neu', en: 'New pages' }), type: 'count' },
  { key: 'reason', title: text({ de: 'Mangel', en: 'Defect' }), type: 'text' },
  { key: 'statement', title: text({ de: 'Erklärung', en: 'Statement' }), type: 'text' },
];

/** Complaints as a list for people and other programs. */
export function complaintReport(workspace: Workspace, files: readonly ComplainedFile[]): Report {
  const at = workspace.now();
  const today = localDate(at);
  const pending = files.filter(isPending);
  const overdue = pending.filter(({ deadline }) => deadline < today);
  const count = (key: string, title: Text, value: number) => ({ key, title, type: 'count' as const, value });
  return {
    name: 'complaints',
    title: text({ de: 'Mängelrügen nach Abnahme', en: 'Complaints after acceptance' }),
    asOf: today,
    source: text({
      de: `Arbeitsbereich ${workspace.config.county}`,
      en: `workspace of ${workspace.config.county}`,
    }),
    generatedAt: at.toISOString(),
    facts: [
      count('pending', text({ de: 'nicht erledigte Akten', en: 'files not settled' }), pending.length),
      count('overdue', text({ de: 'davon Frist abgelaufen', en: 'past the deadline' }), overdue.length),
    ],
    tables: [
      { key: 'files', title: text({ de: 'Akten', en: 'Files' }), columns, rows: files.map(rowOf), totals: false },
    ],
    charts: [],
    notes: [
      text({
        de: 'Die Originale nicht erledigter Akten dürfen nicht vernichtet werden.',
        en: 'The originals of files that are not settled must not be destroyed.',
      }),
    ],
  };
}

function rowOf({ state, correction, ...file }: ComplainedFile) {
  const { batch, number, reference, volume, raisedOn, deadline, pages, reason, statement } = file;
  return {
    ...{ batch, number, reference, volume, raisedOn, deadline, pages, reason, statement },
    state: complaintStates[state],
    correctedPages: correction?.pages ?? null,
  };
}
