import { systemWords } from '../../shared/system-words.ts';
import { finding } from '../definition.ts';
import { type In, packAgain, packTruly } from './zip-words.ts';

const places = {
  before: { de: 'vor dem ersten Eintrag', en: 'before the first entry' },
  between: { de: 'zwischen den Einträgen', en: 'between the entries' },
  after: { de: 'hinter dem Ende', en: 'behind the end' },
} as const;

const encodings = {
  cp437: { de: 'in der alten Kodierung CP437', en: 'in the old encoding CP437' },
  'assumed-utf-8': { de: 'in UTF-8, ohne dass das ZIP es angibt', en: 'in UTF-8, which the zip file does not say' },
} as const;

/** Zip files as a whole: their ends, their directories, and what they hold beside their entries. */
export const zipFindings = {
  'zip.no-directory': finding<In & { size: number }>({
    severity: 'error',
    title: { de: 'ZIP unvollständig', en: 'Zip file incomplete' },
    message: {
      de: ({ archive, size }, format) =>
        `„${archive}“ (${format.bytes(size)}) hat kein Verzeichnis am Ende: das ZIP ist abgeschnitten oder keines.`,
      en: ({ archive, size }, format) =>
        `"${archive}" (${format.bytes(size)}) has no directory at its end: the zip file is cut off, or is none.`,
    },
    remedy: {
      de: 'Warten, bis die Übertragung abgeschlossen ist, oder das ZIP erneut übertragen.',
      en: 'Wait for the transfer to end, or transfer the zip file again.',
    },
    reference: 'PKWARE APPNOTE 6.3.10, 4.3.16',
  }),
  'zip.unreadable': finding<In & { cause: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'ZIP nicht lesbar', en: 'Zip file not readable' },
    message: {
      de: ({ archive, cause }) =>
        `„${archive}“ lässt sich nicht lesen: ${systemWords(cause).de}. Der Inhalt ist ungeprüft.`,
      en: ({ archive, cause }) => `"${archive}" cannot be read: ${systemWords(cause).en}. Its content is unchecked.`,
    },
    remedy: {
      de: 'Leserechte, Datenträger und Netzlaufwerk prüfen, dann die Prüfung wiederholen.',
      en: 'Check permissions, medium and network drive, then repeat the check.',
    },
  }),
  'zip.directory-damaged': finding<In & { offset: number }>({
    severity: 'error',
    title: { de: 'Verzeichnis des ZIP beschädigt', en: 'Directory of the zip file damaged' },
    message: {
      de: ({ archive, offset }, format) =>
        `Das Verzeichnis von „${archive}“ stimmt ab Byte ${format.number(offset)} nicht mit der Angabe am Ende überein.`,
      en: ({ archive, offset }, format) =>
        `From byte ${format.number(offset)}, the directory of "${archive}" is not what its end record says.`,
    },
    remedy: packAgain,
    reference: 'PKWARE APPNOTE 6.3.10, 4.3.12, 4.3.16',
  }),
  'zip.ambiguous-end': finding<In>({
    severity: 'error',
    title: { de: 'ZIP mit mehreren Enden', en: 'Zip file with several ends' },
    message: {
      de: ({ archive }) =>
        `„${archive}“ hat mehrere Stellen, die als Ende gelten können; Programme lesen daraus verschiedene Inhalte.`,
      en: ({ archive }) =>
        `"${archive}" has several places that may be its end; programs will read different contents from it.`,
    },
    remedy: packTruly,
    reference: 'PKWARE APPNOTE 6.3.10, 4.3.16',
  }),
  'zip.multi-part': finding<In>({
    severity: 'error',
    title: { de: 'Geteiltes ZIP', en: 'Split zip file' },
    message: {
      de: ({ archive }) => `„${archive}“ ist ein Teil eines Archivs, das auf mehrere Dateien verteilt ist.`,
      en: ({ archive }) => `"${archive}" is a part of an archive that is split over several files.`,
    },
    remedy: {
      de: 'Mehrere für sich vollständige ZIP-Dateien liefern, kein geteiltes Archiv (.z01, .z02 …).',
      en: 'Deliver several zip files that are complete by themselves, no split archive (.z01, .z02 …).',
    },
    reference: 'PKWARE APPNOTE 6.3.10, 8',
  }),
  'zip.entry-hidden': finding<In & { offset: number; count: number }>({
    severity: 'error',
    title: { de: 'Eintrag fehlt im Verzeichnis des ZIP', en: 'Entry missing from the zip directory' },
    message: {
      de: ({ archive, offset, count }, format) =>
        `„${archive}“ enthält ${format.counted(count, 'Eintrag, den', 'Einträge, die')} das Verzeichnis nicht nennt, der erste ab Byte ${format.number(offset)}.`,
      en: ({ archive, offset, count }, format) =>
        `"${archive}" holds ${format.counted(count, 'entry', 'entries')} that its directory does not name, the first at byte ${format.number(offset)}.`,
    },
    remedy: packTruly,
    reference: 'PKWARE APPNOTE 6.3.10, 4.3.1',
  }),
  'zip.foreign-bytes': finding<In & { where: keyof typeof places; bytes: number; offset: number }>({
    severity: 'error',
    title: { de: 'Fremde Bytes im ZIP', en: 'Foreign bytes in the zip file' },
    message: {
      de: ({ archive, where, bytes }, format) =>
        `„${archive}“ enthält ${places[where].de} ${format.number(bytes)} Bytes, die zu keinem Eintrag gehören.`,
      en: ({ archive, where, bytes }, format) =>
        `"${archive}" holds ${format.number(bytes)} bytes ${places[where].en} that belong to no entry.`,
    },
    remedy: packAgain,
    reference: 'PKWARE APPNOTE 6.3.10, 4.3.6',
  }),
  'zip.backslashes': finding<In & { count: number; example: string }>({
    severity: 'error',
    title: { de: 'Umgekehrte Schrägstriche im ZIP', en: 'Backslashes in the zip file' },
    message: {
      de: ({ archive, count, example }, format) =>
        `In „${archive}“ ${count === 1 ? 'trennt ein Pfad' : `trennen ${format.number(count)} Pfade`} Ordner mit „\\“, zum Beispiel „${example}“; viele Programme machen daraus falsche Namen.`,
      en: ({ archive, count, example }, format) =>
        `In "${archive}", ${format.counted(count, 'path separates', 'paths separate')} folders by "\\", for example "${example}"; many programs make wrong names of them.`,
    },
    remedy: packAgain,
    reference: 'PKWARE APPNOTE 6.3.10, 4.4.17.1',
  }),
  'zip.name-encoding': finding<In & { encoding: keyof typeof encodings; count: number; example: string }>({
    severity: 'note',
    title: { de: 'Kodierung der Namen im ZIP nicht angegeben', en: 'Encoding of names not stated in the zip file' },
    message: {
      de: ({ archive, encoding, count, example }, format) =>
        `„${archive}“ enthält ${format.number(count)} Namen ${encodings[encoding].de}; gelesen wird zum Beispiel „${example}“.`,
      en: ({ archive, encoding, count, example }, format) =>
        `"${archive}" holds ${format.counted(count, 'name', 'names')} ${encodings[encoding].en}; read for example as "${example}".`,
    },
    remedy: {
      de: 'Umlaute stichprobenweise ansehen; künftig mit einem Programm packen, das Namen als UTF-8 kennzeichnet.',
      en: 'Look at some umlauts; in future, pack with a program that marks names as UTF-8.',
    },
    reference: 'PKWARE APPNOTE 6.3.10, appendix D',
  }),
  'zip.too-large': finding<{ size: number; limit: number }>({
    severity: 'error',
    title: { de: 'Entpackt zu groß', en: 'Too large when unpacked' },
    message: {
      de: ({ size, limit }, format) =>
        `Entpackt hätte das Paket ${format.bytes(size)}; erlaubt sind ${format.bytes(limit)}. Nichts wurde entpackt.`,
      en: ({ size, limit }, format) =>
        `Unpacked, the package would have ${format.bytes(size)}; allowed are ${format.bytes(limit)}. Nothing was unpacked.`,
    },
    remedy: {
      de: 'Bei einer ehrlichen Lieferung auf mehrere Pakete aufteilen; sonst das Paket zurückweisen.',
      en: 'Split an honest delivery into several packages; reject the package otherwise.',
    },
  }),
} as const;
