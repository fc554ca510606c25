import type { Format } from '../shared/format.ts';
import { type Text, text } from '../shared/language.ts';
import type { ArchiveOffer, Holding } from './holding.ts';

/** How a member of a holding is called and shown to people. */
export interface HoldingField {
  readonly title: Text;
  show(holding: Holding, format: Format): string;
}

const yesNo = (value: boolean, { language }: Format) =>
  ({ de: value ? 'ja' : 'nein', en: value ? 'yes' : 'no' })[language];
const count = (value: number | null, format: Format) => (value === null ? none : format.number(value));
const none = '–';

const offers: Readonly<Record<ArchiveOffer, Text>> = {
  none: text({ de: 'keine', en: 'none' }),
  open: text({ de: 'offen', en: 'open' }),
  done: text({ de: 'erledigt', en: 'done' }),
};

export const holdingFields: Readonly<Record<keyof Holding, HoldingField>> = {
  key: { title: text({ de: 'Kürzel', en: 'key' }), show: ({ key }) => key },
  title: { title: text({ de: 'Bezeichnung', en: 'title' }), show: ({ title }) => title },
  department: { title: text({ de: 'Amt', en: 'department' }), show: ({ department }) => department },
  lot: { title: text({ de: 'Los', en: 'lot' }), show: ({ lot }) => lot ?? none },
  millimetres: {
    title: text({ de: 'Länge', en: 'length' }),
    show: ({ millimetres }, format) => format.metres(millimetres),
  },
  files: { title: text({ de: 'Akten', en: 'files' }), show: ({ files }, format) => count(files, format) },
  sheets: { title: text({ de: 'Blatt', en: 'sheets' }), show: ({ sheets }, format) => count(sheets, format) },
  pages: {
    title: text({ de: 'Seiten', en: 'pages' }),
    show: ({ pages, pagesEstimated }, format) => `${pagesEstimated ? '≈ ' : ''}${format.number(pages)}`,
  },
  pagesEstimated: {
    title: text({ de: 'Seiten geschätzt', en: 'pages estimated' }),
    show: ({ pagesEstimated }, format) => yesNo(pagesEstimated, format),
  },
  retentionUntil: {
    title: text({ de: 'Aufbewahrung bis', en: 'retention until' }),
    show: ({ retentionUntil }, format) => (retentionUntil ? format.date(retentionUntil) : none),
  },
  originalMustStay: {
    title: text({ de: 'Original verbleibt', en: 'original must stay' }),
    show: ({ originalMustStay }, format) => yesNo(originalMustStay, format),
  },
  archiveOffer: {
    title: text({ de: 'Anbietung an das Archiv', en: 'archive offer' }),
    show: ({ archiveOffer }, { language }) => offers[archiveOffer][language],
  },
  dmsGoLive: {
    title: text({ de: 'DMS-Einführung', en: 'DMS go-live' }),
    show: ({ dmsGoLive }, format) => (dmsGoLive ? format.date(dmsGoLive) : none),
  },
  hardDeadline: {
    title: text({ de: 'fester Termin', en: 'hard deadline' }),
    show: ({ hardDeadline }, format) => (hardDeadline ? format.date(hardDeadline) : none),
  },
  usage: {
    title: text({ de: 'Zugriffe im Jahr', en: 'accesses a year' }),
    show: ({ usage }, format) => format.number(usage),
  },
  risk: { title: text({ de: 'Gefährdung (0–3)', en: 'risk (0–3)' }), show: ({ risk }) => String(risk) },
  note: { title: text({ de: 'Bemerkung', en: 'note' }), show: ({ note }) => note || none },
};

/** Names of members as JSON documents have them, where they differ. */
const documentNames: Readonly<Partial<Record<keyof Holding, string>>> = { millimetres: 'runningMetres' };

/** The name of a member in the JSON documents of commands. */
export function documentName(field: keyof Holding): string {
  return documentNames[field] ?? field;
}

/** A holding in the JSON documents of commands: its length is in metres, as a decimal. */
export function holdingDocument({ millimetres, ...holding }: Holding): Record<string, unknown> {
  return { ...holding, runningMetres: metresDecimal(millimetres) };
}

/** A length of shelf as machines read it, in metres: "12.5", "330". */
export function metresDecimal(millimetres: number): string {
  const digits = String(millimetres).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`.replace(/\.?0+$/, '') || '0';
}
