import { join } from 'node:path';
import { type Text, text } from '../shared/language.ts';
import { sampleFile } from './sample-county.ts';

/** One command of the demo, as a reader can type it herself. */
export interface DemoStep {
  readonly why: Text;
  readonly argv: readonly string[];
  /** 1 where the demo shows a gate or a faulty delivery. */
  readonly exitCode: 0 | 1;
}

/** The main job on the sample county, in the order of the work. */
export function demoSteps(folder: string): DemoStep[] {
  const batch = 'B-2021-001';
  const step = (de: string, en: string, argv: readonly string[], exitCode: 0 | 1 = 0): DemoStep => ({
    why: text({ de, en }),
    argv,
    exitCode,
  });
  const inside = (...argv: string[]) => [...argv, '--workspace', folder];
  const round = (number: number) => sampleFile('deliveries', `round-${number}`);
  return [
    step(
      'Arbeitsbereich mit Vertrag, Beständen und Haushalt anlegen',
      'make a workspace with contract, holdings and budget',
      ['init', folder, '--sample'],
    ),
    step('Was als Nächstes digitalisieren?', 'what to digitise next?', inside('plan', '--year', '2021')),
    step(
      'Leistung abrufen',
      'call off',
      inside(
        'order',
        'create',
        '--lot',
        'L5',
        '--pages',
        '600000',
        '--files',
        '2400',
        '--running-metres',
        '66',
        '--quantity',
        'trip=2',
        '--date',
        '2021-03-01',
      ),
    ),
    step(
      'Akten übergeben',
      'hand over files',
      inside(
        'batch',
        'create',
        '--order',
        'A-2021-001',
        '--pick-list',
        sampleFile('pick-list.csv'),
        '--handed-over',
        '2021-03-08',
      ),
    ),
    step('Abholliste drucken', 'print the pick list', inside('batch', 'pick-list', batch)),
    step(
      'Der Dienstleister prüft vorab – und findet Mängel',
      'the vendor checks beforehand – and finds defects',
      ['check', round(1), '--profile', sampleFile('profile-files.json')],
      1,
    ),
    step(
      'Erste Lieferung übernehmen',
      'take in the first delivery',
      inside('delivery', 'receive', round(1), '--batch', batch, '--date', '2021-03-20'),
      1,
    ),
    step('Seiten abgleichen', 'reconcile the pages', inside('reconcile', batch)),
    step('Ganz abnehmen? Die Schranke sagt nein', 'accept as a whole? The gate says no', inside('accept', batch), 1),
    step(
      'Nur die fehlerfreien Akten abnehmen',
      'accept the faultless files only',
      inside('accept', batch, '--partial', '--date', '2021-03-25'),
    ),
    step(
      'Nachlieferung übernehmen',
      'take in the redelivery',
      inside('delivery', 'receive', round(2), '--batch', batch, '--date', '2021-04-02'),
    ),
    step('Was hat sich geändert?', 'what has changed?', inside('delivery', 'show', batch)),
    step('Abgleichen', 'reconcile', inside('reconcile', batch)),
    step('Abnehmen', 'accept', inside('accept', batch, '--date', '2021-04-06')),
    step('Importieren und rücklesen', 'import and read back', inside('import', 'run')),
    step('Später noch einmal rücklesen', 'read back once more, later', inside('import', 'verify')),
    step(
      'Kosten gegen Haushalt',
      'cost against budget',
      inside(
        'report',
        'cost-against-budget',
        '--format',
        'xlsx',
        '--format',
        'pdf',
        '--format',
        'html',
        '--as-of',
        '2021-04-30',
      ),
    ),
    step('Ist alles unverändert?', 'is everything unchanged?', inside('audit', 'verify')),
    step('Was wartet auf wen?', 'what waits for whom?', inside('status')),
  ];
}

/** What to open after the demo. */
export function demoResults(folder: string): { readonly what: Text; readonly path: string }[] {
  return [
    {
      what: text({ de: 'Kostenbericht, Mängelliste, Abholliste', en: 'cost report, defect list, pick list' }),
      path: join(folder, 'outputs'),
    },
    { what: text({ de: 'Dokumentenspeicher (OCFL)', en: 'document store (OCFL)' }), path: join(folder, 'store') },
    { what: text({ de: 'Lieferungen', en: 'deliveries' }), path: join(folder, 'deliveries') },
  ];
}
