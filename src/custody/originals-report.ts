import type { Column, Report } from '../reporting/model.ts';
import { localDate } from '../shared/dates.ts';
import { type Text, text } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { boxesOf, type Obstacle, type Original } from './originals.ts';
import type { Batch } from './store.ts';

export const obstacleWords: Readonly<Record<Obstacle, Text>> = {
  'on-later-list': text({
    de: 'neu beauftragt: dort bei der späteren Charge',
    en: 'ordered anew: judged with the later batch',
  }),
  'not-accepted': text({ de: 'nicht abgenommen', en: 'not accepted' }),
  complained: text({ de: 'gerügt, nicht erledigt', en: 'complained about, not settled' }),
  'round-undecided': text({ de: 'über eine Lieferung ist nicht entschieden', en: 'a delivery is not decided' }),
  'not-imported': text({ de: 'nicht importiert und rückgelesen', en: 'not imported and read back' }),
  'import-outdated': text({ de: 'Nacherfüllung nicht importiert', en: 'its correction is not imported' }),
  'handed-over-only': text({
    de: 'nur als Ordner übergeben, im DMS nicht rückgelesen',
    en: 'handed over as folders only, not read back from the DMS',
  }),
  'hold-unset': text({
    de: 'keine Aufbewahrungsfrist eingestellt (originals.holdDays in scanlot.json)',
    en: 'no hold period is set (originals.holdDays in scanlot.json)',
  }),
  'hold-running': text({ de: 'Aufbewahrungsfrist läuft', en: 'hold period runs' }),
  'original-must-stay': text({
    de: 'ein Bestand des Loses muss im Original bleiben',
    en: 'originals of a holding of the lot must stay',
  }),
  'archive-undecided': text({
    de: 'Anbietung an das Archiv nicht für alle Bestände des Loses erledigt (scanlot holding import)',
    en: 'offer to the archive not done for all holdings of the lot (scanlot holding import)',
  }),
};

/** Nothing in the list is a permission. */
export const noRelease: Text = text({
  de: 'Keine Vernichtungsfreigabe: Diese erteilt die Dienststelle schriftlich. Kartons dürfen erst fort, wenn jede ihrer Akten freigegeben ist.',
  en: 'This is no release for destruction: the department gives that in writing. A box may go only when each of its files is released.',
});

const fileColumns: readonly Column[] = [
  { key: 'reference', title: text({ de: 'Aktenzeichen', en: 'Reference' }), type: 'text' },
  { key: 'volume', title: text({ de: 'Band', en: 'Volume' }), type: 'text' },
  { key: 'box', title: text({ de: 'Karton', en: 'Box' }), type: 'text' },
  { key: 'importedOn', title: text({ de: 'Rückgelesen am', en: 'Read back on' }), type: 'date' },
  { key: 'heldUntil', title: text({ de: 'Aufbewahren bis', en: 'Keep until' }), type: 'date' },
  { key: 'proposal', title: text({ de: 'Original', en: 'Original' }), type: 'text' },
  { key: 'obstacles', title: text({ de: 'Warum behalten', en: 'Why to keep' }), type: 'text' },
  { key: 'released', title: text({ de: 'Freigabe (Datum, Name)', en: 'Released (date, name)' }), type: 'text' },
];

const boxColumns: readonly Column[] = [
  { key: 'box', title: text({ de: 'Karton', en: 'Box' }), type: 'text' },
  { key: 'files', title: text({ de: 'Akten', en: 'Files' }), type: 'count' },
  { key: 'ready', title: text({ de: 'davon vorlegbar', en: 'may be proposed' }), type: 'count' },
];

export const proposals = {
  ready: text({ de: 'zur Freigabe vorlegen', en: 'propose for release' }),
  keep: text({ de: 'behalten', en: 'keep' }),
} as const;

/** The list for the department that is asked to release originals. */
export function originalsReport(workspace: Workspace, batch: Batch, originals: readonly Original[]): Report {
  const at = workspace.now();
  const ready = originals.filter((one) => one.obstacles.length === 0).length;
  const fact = (key: string, title: Text, value: number) => ({ key, title, type: 'count' as const, value });
  return {
    name: `originals-${batch.key}`,
    title: text({ de: `Originale der Charge ${batch.key}`, en: `Originals of batch ${batch.key}` }),
    asOf: localDate(at),
    source: text({ de: `Arbeitsbereich ${workspace.config.county}`, en: `workspace of ${workspace.config.county}` }),
    generatedAt: at.toISOString(),
    facts: [
      fact('ready', text({ de: 'zur Freigabe vorlegbar', en: 'may be proposed for release' }), ready),
      fact('keep', text({ de: 'zu behalten', en: 'to be kept' }), originals.length - ready),
    ],
    tables: [
      {
        key: 'files',
        title: text({ de: 'Akten', en: 'Files' }),
        columns: fileColumns,
        rows: originals.map(rowOf),
        totals: false,
      },
      {
        key: 'boxes',
        title: text({ de: 'Kartons', en: 'Boxes' }),
        columns: boxColumns,
        rows: boxesOf(originals).map((box) => ({ ...box })),
      },
    ],
    charts: [],
    notes: [noRelease],
  };
}

function rowOf({ obstacles, ...file }: Original) {
  return {
    ...file,
    proposal: obstacles.length === 0 ? proposals.ready : proposals.keep,
    obstacles: obstaclesText(obstacles),
    released: null,
  };
}

/** All obstacles in a sentence. */
export function obstaclesText(obstacles: readonly Obstacle[]): Text {
  const join = (language: 'de' | 'en') => obstacles.map((one) => obstacleWords[one][language]).join('; ');
  return text({ de: join('de'), en: join('en') });
}
