import { text } from '../shared/language.ts';
import {
  type CellParser,
  choiceCell,
  dateCell,
  metresCell,
  textCell,
  wholeNumberCell,
  yesNoCell,
} from '../shared/tables/cell-parsers.ts';
import { optional, required, type ValuesOf } from '../shared/tables/columns.ts';
import type { ArchiveOffer } from './holding.ts';

/** A key that can be typed: letters, digits, full stop, hyphen and underscore. */
const keyCell: CellParser<string> = (cell) => {
  const parsed = textCell(cell);
  if (!('value' in parsed) || /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u.test(parsed.value)) return parsed;
  return {
    expected: text({
      de: 'ein Kürzel aus höchstens 40 Buchstaben, Ziffern, Punkt, Binde- oder Unterstrich',
      en: 'a key of at most 40 letters, digits, full stops, hyphens or underscores',
    }),
  };
};

const archiveOfferCell = choiceCell<ArchiveOffer>({
  none: ['keine', 'nicht nötig', 'nicht erforderlich', 'not needed'],
  open: ['offen', 'ausstehend'],
  done: ['erledigt', 'abgeschlossen', 'angeboten'],
});

/** The columns of a list of holdings, as a survey of the shelves gives it. */
export const holdingColumns = {
  key: required(['Kürzel', 'Bestand-Nr.', 'Bestandsnummer', 'Schlüssel', 'key', 'holding key', 'id'], keyCell),
  title: required(['Bezeichnung', 'Titel', 'Bestand', 'Aktenbestand', 'title', 'name', 'holding'], textCell),
  department: required(
    ['Amt', 'Fachamt', 'Fachbereich', 'Dienststelle', 'Abteilung', 'department', 'office'],
    textCell,
  ),
  lot: optional(['Los', 'Los-Nr.', 'Losnummer', 'lot', 'lot key'], textCell),
  millimetres: required(
    [
      'laufende Meter',
      'lfm',
      'lfd. Meter',
      'lfd. m',
      'Regalmeter',
      'Aktenmeter',
      'Umfang',
      'running metres',
      'running meters',
      'shelf metres',
      'metres',
      'meters',
    ],
    metresCell,
  ),
  files: optional(
    ['Akten', 'Anzahl Akten', 'Aktenzahl', 'Akten geschätzt', 'files', 'estimated files'],
    wholeNumberCell(),
  ),
  sheets: optional(['Blatt', 'Blätter', 'Anzahl Blatt', 'Blattzahl', 'sheets', 'estimated sheets'], wholeNumberCell()),
  pages: optional(
    ['Seiten', 'Anzahl Seiten', 'Seitenzahl', 'Seiten geschätzt', 'geschätzte Seiten', 'pages', 'estimated pages'],
    wholeNumberCell({ min: 1 }),
  ),
  retentionUntil: optional(
    [
      'Aufbewahrung bis',
      'Aufbewahrungsfrist',
      'Aufbewahrungsfrist bis',
      'Aufbewahrungsende',
      'retention until',
      'retention',
    ],
    dateCell,
  ),
  originalMustStay: optional(
    [
      'Original verbleibt',
      'Original bleibt',
      'Original aufbewahren',
      'Originale aufbewahren',
      'original must stay',
      'keep original',
    ],
    yesNoCell,
  ),
  archiveOffer: optional(
    ['Anbietung', 'Archivanbietung', 'Anbietung an Archiv', 'Anbietung Archiv', 'archive offer', 'offer to archive'],
    archiveOfferCell,
  ),
  dmsGoLive: optional(
    ['DMS-Start', 'DMS-Einführung', 'DMS ab', 'DMS produktiv ab', 'Produktivstart DMS', 'DMS go-live', 'go-live'],
    dateCell,
  ),
  hardDeadline: optional(
    ['Frist', 'Stichtag', 'fester Termin', 'Termin', 'gesetzliche Frist', 'hard deadline', 'deadline'],
    dateCell,
  ),
  usage: optional(
    [
      'Zugriffe',
      'Zugriffe pro Jahr',
      'Zugriffe je Jahr',
      'Zugriffe im Jahr',
      'Zugriffe/Jahr',
      'usage',
      'accesses',
      'accesses a year',
      'accesses per year',
    ],
    wholeNumberCell(),
  ),
  risk: optional(
    ['Risiko', 'Zustand', 'Erhaltungszustand', 'Schadensrisiko', 'Gefährdung', 'risk', 'condition'],
    wholeNumberCell({ min: 0, max: 3 }),
  ),
  note: optional(
    ['Bemerkung', 'Bemerkungen', 'Vermerk', 'Anmerkung', 'Hinweis', 'Priorität', 'note', 'remark', 'comment'],
    textCell,
  ),
};

export type HoldingRowValues = ValuesOf<typeof holdingColumns>;
