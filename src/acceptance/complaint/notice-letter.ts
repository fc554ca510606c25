import { letterheadOf } from '../../reporting/document/letterhead.ts';
import type { Block, WrittenDocument } from '../../reporting/document/model.ts';
import { formats } from '../../shared/format.ts';
import type { Workspace } from '../../storage/workspace.ts';
import type { ComplaintNotice } from './notice.ts';

const { date, number } = formats.de;

/** The letter with its list of files, in German: the language of proceedings of German authorities (section 23 (1) VwVfG). */
export function complaintDocument(notice: ComplaintNotice, workspace: Workspace): WrittenDocument {
  const { batch } = notice;
  const title = `Mängelrüge ${notice.number} zur Charge ${batch.key}`;
  return {
    language: 'de',
    title,
    createdAt: workspace.now().toISOString(),
    footer: `${title} · ${date(notice.date)} · Vertrag ${batch.lot.contract}, Los ${batch.lot.key}`,
    blocks: [
      letterheadOf(workspace.config, batch.lot.department, notice.vendor, [
        ['Datum', date(notice.date)],
        ['Vertrag', batch.lot.contract],
        ['Los', batch.lot.key],
        ['Abruf', batch.order.number],
        ['Charge', batch.key],
        ['Rüge', String(notice.number)],
      ]),
      { kind: 'subject', words: `${title} nach Abnahme – Aufforderung zur Nacherfüllung` },
      ...body(notice),
      { kind: 'annex' },
      ...annex(notice),
    ],
  };
}

function body(notice: ComplaintNotice): Block[] {
  const { batch, files, lotTitle } = notice;
  const isOne = files.length === 1;
  const some = (words: string): Block => ({ kind: 'paragraph', words });
  return [
    some('Sehr geehrte Damen und Herren,'),
    some(
      `an ${isOne ? 'einer Akte' : `${number(files.length)} Akten`} der Charge ${batch.key} (Abruf ${batch.order.number}, Vertrag ${batch.lot.contract}, Los ${batch.lot.key} „${lotTitle}“), die wir abgenommen haben, haben wir folgenden Mangel festgestellt:`,
    ),
    { kind: 'paragraph', words: notice.reason, style: 'bold' },
    some(
      `Wir rügen diesen Mangel und fordern Sie auf, ihn zu beseitigen und ${isOne ? 'die in der Anlage genannte Akte' : 'die in der Anlage aufgeführten Akten'} vollständig und mangelfrei nachzuliefern (Nacherfüllung, §§ 634 Nr. 1, 635 BGB).`,
    ),
    ...deadline(notice),
    some(
      'Bitte liefern Sie als weitere Lieferung der Charge mit dem vereinbarten Lieferprofil, und darin keine anderen abgenommenen Akten. Die Nachlieferung tritt mit ihrer Abnahme an die Stelle des bisherigen Inhalts. Die Kosten der Nacherfüllung tragen Sie (§ 635 Abs. 2 BGB); eine weitere Vergütung erfolgt nicht. Bis zur Erledigung dürfen die Originale nicht vernichtet werden.',
    ),
    {
      kind: 'signature',
      closing: 'Mit freundlichen Grüßen',
      lines: [
        'Im Auftrag',
        'Name, Funktion',
        '',
        `Anlage: Verzeichnis der betroffenen Akten (${number(files.length)})`,
      ],
    },
  ];
}

function deadline(notice: ComplaintNotice): Block[] {
  const isPast = notice.deadline < notice.date;
  const rights =
    'die weiteren vertraglichen und gesetzlichen Rechte (§ 634 BGB) geltend zu machen, insbesondere den Mangel auf Ihre Kosten selbst zu beseitigen oder die Vergütung zu mindern.';
  return [
    {
      kind: 'paragraph',
      words: `Frist zur Nacherfüllung: ${date(notice.deadline)} (Eingang bei uns)${isPast ? ' – abgelaufen' : ''}`,
      style: 'bold',
    },
    {
      kind: 'paragraph',
      words: isPast
        ? `Diese Frist ist ohne Nacherfüllung verstrichen. Wir behalten uns vor, ${rights}`
        : `Nach fruchtlosem Ablauf der Frist behalten wir uns vor, ${rights}`,
    },
  ];
}

function annex({ batch, files }: ComplaintNotice): Block[] {
  return [
    { kind: 'title', words: 'Anlage: Verzeichnis der betroffenen Akten' },
    {
      kind: 'table',
      columns: [
        { title: 'Nr.', share: 6 },
        { title: 'Aktenzeichen', share: 40 },
        { title: 'Band', share: 10 },
        { title: 'Lieferung', share: 16 },
        { title: 'abgenommen am', share: 18 },
        { title: 'Seiten', share: 14, align: 'right' },
      ],
      rows: files.map((file, index) => [
        String(index + 1),
        file.reference,
        file.volume,
        `${batch.key}/${file.round}`,
        date(file.acceptedOn),
        number(file.pages),
      ]),
    },
  ];
}
