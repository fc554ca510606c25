import { letterheadOf } from '../reporting/document/letterhead.ts';
import type { Block, DocumentTable } from '../reporting/document/model.ts';
import { formats } from '../shared/format.ts';
import type { WorkspaceConfig } from '../storage/workspace-config.ts';
import { periodWords } from './cure-period.ts';
import type { NoticeFacts } from './defect-notice.ts';

const { date, number } = formats.de;

/** Sender, recipient, references and subject of the defect notice. */
export function noticeHead(facts: NoticeFacts, config: WorkspaceConfig): Block[] {
  const { batch, delivery, vendor } = facts;
  return [
    letterheadOf(config, batch.lot.department, vendor, [
      ['Datum', date(facts.date)],
      ['Vertrag', batch.lot.contract],
      ['Los', batch.lot.key],
      ['Abruf', batch.order.number],
      ['Charge', batch.key],
      ['Lieferung', String(delivery.round)],
    ]),
    {
      kind: 'subject',
      words: `Mängelanzeige zur Lieferung ${delivery.round} der Charge ${batch.key} – Aufforderung zur Nacherfüllung`,
    },
  ];
}

/** The letter from salutation to signature; `summary` is the table of defects. */
export function letterBody(facts: NoticeFacts, summary: DocumentTable): Block[] {
  const { batch, delivery, lotTitle, defects, remarks, waived, deadline } = facts;
  const [one, some] = [defects.length === 1, (words: string): Block => ({ kind: 'paragraph', words })];
  return [
    some('Sehr geehrte Damen und Herren,'),
    some(
      `Ihre am ${date(delivery.received_on)} eingegangene Lieferung ${delivery.round} zur Charge ${batch.key} (Abruf ${batch.order.number}, Vertrag ${batch.lot.contract}, Los ${batch.lot.key} „${lotTitle}“) haben wir geprüft. Sie umfasst ${counted(facts.files, 'Akte', 'Akten')} mit ${counted(facts.pages, 'Seite', 'Seiten')}. Die Prüfung hat ${counted(defects.length, 'Mangel', 'Mängel')} ergeben${affectedWords(facts)}. ${consequence(facts)}`,
    ),
    some(
      one
        ? 'Der Mangel ist hier zusammengefasst und in der Anlage mit seiner Fundstelle aufgeführt:'
        : 'Die Mängel sind hier zusammengefasst und in der Anlage einzeln mit Fundstelle aufgeführt:',
    ),
    summary,
    some(
      `Wir fordern Sie auf, ${one ? 'den Mangel' : 'die Mängel'} zu beseitigen und die betroffenen Akten vollständig und mangelfrei nachzuliefern (Nacherfüllung). ${periodWords(deadline)}`,
    ),
    { kind: 'paragraph', words: `Frist zur Nacherfüllung: ${date(deadline.day)} (Eingang bei uns)`, style: 'bold' },
    some(
      'Bitte prüfen Sie die Nachlieferung vor der Abgabe mit dem vereinbarten Lieferprofil; mit demselben Profil prüfen wir sie bei Eingang. Akten, die nicht beanstandet sind, dürfen in der Nachlieferung nicht verändert sein.',
    ),
    ...(remarks.length === 0
      ? []
      : [
          some(
            `Außerdem haben wir ${counted(remarks.length, 'Auffälligkeit', 'Auffälligkeiten')} festgestellt, die der Abnahme für sich genommen nicht entgegenstehen. Bitte prüfen Sie auch diese; sie stehen am Ende der Anlage.`,
          ),
        ]),
    ...(waived === 0
      ? []
      : [
          some(
            `${waived === 1 ? 'Ein Befund, für den' : `${number(waived)} Befunde, für die`} wir eine Ausnahme zugelassen haben, ${waived === 1 ? 'ist' : 'sind'} nicht aufgeführt.`,
          ),
        ]),
    some(
      'Nach fruchtlosem Ablauf der Frist behalten wir uns vor, die uns vertraglich und gesetzlich zustehenden Rechte geltend zu machen.',
    ),
    {
      kind: 'signature',
      closing: 'Mit freundlichen Grüßen',
      lines: ['Im Auftrag', 'Name, Funktion', '', `Anlage: Verzeichnis der Mängel (${number(defects.length)})`],
    },
  ];
}

function affectedWords({ affectedFiles }: NoticeFacts): string {
  if (affectedFiles === 0) return '';
  return affectedFiles === 1 ? '; betroffen ist eine Akte' : `; betroffen sind ${number(affectedFiles)} Akten`;
}

/** What became of the delivery, as far as it is decided. */
function consequence({ state }: NoticeFacts): string {
  switch (state) {
    case 'rejected':
      return 'Wir haben die Lieferung daher zurückgewiesen.';
    case 'partly-accepted':
      return 'Die mangelfreien Akten haben wir abgenommen, die übrigen zurückgewiesen.';
    default:
      return 'In diesem Zustand können wir die Lieferung nicht abnehmen.';
  }
}

function counted(count: number, one: string, many: string): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}
