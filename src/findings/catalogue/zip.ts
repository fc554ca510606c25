import { finding } from '../definition.ts';

/** Name of the zip file: a delivery may consist of several. */
interface In {
  readonly archive: string;
}

const packAgain = {
  de: 'Paket mit einem üblichen Packprogramm neu packen und erneut liefern.',
  en: 'Pack the package again with a usual program and redeliver it.',
} as const;

const packTruly = {
  de: 'Das Paket nicht entpacken oder übernehmen; beim Dienstleister klären, wie es entstand, und neu packen lassen.',
  en: 'Neither unpack nor accept the package; find out from the vendor how it was made, and have it packed again.',
} as const;

const damages = {
  size: { de: 'die entpackte Größe weicht von der angegebenen ab', en: 'its unpacked size is not the stated one' },
  crc: { de: 'die Prüfsumme CRC-32 weicht von der angegebenen ab', en: 'its CRC-32 is not the stated one' },
  stream: { de: 'die komprimierten Daten sind beschädigt', en: 'its compressed data is damaged' },
} as const;

const contradictions = {
  header: { de: 'der lokale Kopf fehlt', en: 'there is no local header' },
  name: { de: 'der Name', en: 'the name' },
  method: { de: 'das Packverfahren', en: 'the compression method' },
  encryption: { de: 'die Angabe zur Verschlüsselung', en: 'whether it is encrypted' },
  size: { de: 'die Größe', en: 'the size' },
  checksum: { de: 'die Prüfsumme CRC-32', en: 'the CRC-32' },
  descriptor: { de: 'die Angaben hinter dem Inhalt', en: 'what stands behind the content' },
} as const;

const places = {
  before: { de: 'vor dem ersten Eintrag', en: 'before the first entry' },
  between: { de: 'zwischen den Einträgen', en: 'between the entries' },
  after: { de: 'hinter dem Ende', en: 'behind the end' },
} as const;

const dangers = {
  absolute: { de: 'ist absolut', en: 'is absolute' },
  drive: { de: 'nennt ein Laufwerk', en: 'names a drive' },
  parent: { de: 'führt mit „..“ aus dem Paket heraus', en: 'leads out of the package by ".."' },
  control: { de: 'enthält ein Nullzeichen', en: 'holds a zero character' },
  empty: { de: 'ist leer oder enthält leere Ordnernamen', en: 'is empty or holds empty folder names' },
} as const;

const encodings = {
  cp437: { de: 'in der alten Kodierung CP437', en: 'in the old encoding CP437' },
  'assumed-utf-8': { de: 'in UTF-8, ohne dass das ZIP es angibt', en: 'in UTF-8, which the zip file does not say' },
} as const;

/** Zip files: their directories, their entries, and what hostile ones do. */
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
      de: ({ archive, cause }) => `„${archive}“ lässt sich nicht lesen (${cause}); der Inhalt ist ungeprüft.`,
      en: ({ archive, cause }) => `"${archive}" cannot be read (${cause}); its content is unchecked.`,
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
  'zip.path-unsafe': finding<In & { reason: keyof typeof dangers }>({
    severity: 'error',
    title: { de: 'Gefährlicher Pfad im ZIP', en: 'Unsafe path in the zip file' },
    message: {
      de: ({ archive, reason }) => `Der Pfad dieses Eintrags in „${archive}“ ${dangers[reason].de}.`,
      en: ({ archive, reason }) => `The path of this entry in "${archive}" ${dangers[reason].en}.`,
    },
    remedy: packTruly,
    reference: 'PKWARE APPNOTE 6.3.10, 4.4.17',
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
  'zip.name-ambiguous': finding<In & { rival: string }>({
    severity: 'error',
    title: { de: 'Eintrag mit zwei Namen', en: 'Entry with two names' },
    message: {
      de: ({ archive, rival }) => `Der Eintrag in „${archive}“ hat einen zweiten, anderen Namen: „${rival}“.`,
      en: ({ archive, rival }) => `The entry in "${archive}" has a second, different name: "${rival}".`,
    },
    remedy: packTruly,
    reference: 'PKWARE APPNOTE 6.3.10, 4.6.9',
  }),
  'zip.duplicate-entry': finding<In>({
    severity: 'error',
    title: { de: 'Eintrag doppelt', en: 'Entry stored twice' },
    message: {
      de: ({ archive }) =>
        `Unter diesem Pfad gibt es mehrere Einträge (einer davon in „${archive}“); welcher gilt, ist nicht zu erkennen.`,
      en: ({ archive }) =>
        `There are several entries of this path (one of them in "${archive}"); which of them counts cannot be told.`,
    },
    remedy: packAgain,
  }),
  'zip.directories-disagree': finding<In & { about: keyof typeof contradictions }>({
    severity: 'error',
    title: { de: 'Angaben im ZIP widersprechen sich', en: 'Zip file contradicts itself' },
    message: {
      de: ({ archive, about }) =>
        `Verzeichnis und Eintrag in „${archive}“ stimmen nicht überein: ${contradictions[about].de}.`,
      en: ({ archive, about }) => `Directory and entry in "${archive}" disagree: ${contradictions[about].en}.`,
    },
    remedy: packTruly,
    reference: 'PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.9, 4.3.12',
  }),
  'zip.overlap': finding<In & { other: string }>({
    severity: 'error',
    title: { de: 'Einträge überlappen sich', en: 'Entries overlap' },
    message: {
      de: ({ archive, other }) =>
        `Der Eintrag teilt sich in „${archive}“ Bytes mit „${other}“, wie in einer ZIP-Bombe.`,
      en: ({ archive, other }) => `In "${archive}", the entry shares bytes with "${other}", as in a zip bomb.`,
    },
    remedy: packTruly,
  }),
  'zip.entry-cut-off': finding<In>({
    severity: 'error',
    title: { de: 'Eintrag reicht über das ZIP hinaus', en: 'Entry exceeds the zip file' },
    message: {
      de: ({ archive }) => `Der Inhalt reicht in das Verzeichnis oder über das Ende von „${archive}“ hinaus.`,
      en: ({ archive }) => `The content reaches into the directory or beyond the end of "${archive}".`,
    },
    remedy: packAgain,
  }),
  'zip.encrypted': finding<In>({
    severity: 'error',
    title: { de: 'Eintrag verschlüsselt', en: 'Entry encrypted' },
    message: {
      de: ({ archive }) => `Der Eintrag in „${archive}“ ist mit einem Kennwort verschlüsselt und wurde nicht geprüft.`,
      en: ({ archive }) => `The entry in "${archive}" is encrypted with a password and was not checked.`,
    },
    remedy: {
      de: 'Ohne Verschlüsselung packen; für den Transport stattdessen Datenträger oder Übertragungsweg verschlüsseln.',
      en: 'Pack without encryption; for the transport, encrypt the medium or the connection instead.',
    },
  }),
  'zip.method-unsupported': finding<In & { method: string }>({
    severity: 'error',
    title: { de: 'Packverfahren nicht unterstützt', en: 'Compression method not supported' },
    message: {
      de: ({ archive, method }) =>
        `Der Eintrag in „${archive}“ ist mit dem Verfahren ${method} gepackt und wurde nicht geprüft.`,
      en: ({ archive, method }) => `The entry in "${archive}" is packed by the method ${method} and was not checked.`,
    },
    remedy: {
      de: 'Unkomprimiert (Store) oder mit Deflate packen.',
      en: 'Pack without compression (store), or with deflate.',
    },
  }),
  'zip.bomb': finding<In & { packed: number; size: number; limit: number }>({
    severity: 'error',
    title: { de: 'Eintrag übermäßig gepackt', en: 'Entry packed beyond measure' },
    message: {
      de: ({ packed, size, limit }, format) =>
        `Aus ${format.bytes(packed)} werden entpackt ${format.bytes(size)}; erlaubt ist das ${format.number(limit)}-Fache. Der Eintrag wurde nicht entpackt.`,
      en: ({ packed, size, limit }, format) =>
        `${format.bytes(packed)} unpack to ${format.bytes(size)}; allowed is ${format.number(limit)} times the size. The entry was not unpacked.`,
    },
    remedy: packTruly,
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
  'zip.folder-with-content': finding<In & { size: number }>({
    severity: 'error',
    title: { de: 'Ordner mit Inhalt', en: 'Folder with content' },
    message: {
      de: ({ archive, size }, format) =>
        `Der Eintrag in „${archive}“ heißt wie ein Ordner, hat aber ${format.bytes(size)} Inhalt.`,
      en: ({ archive, size }, format) =>
        `The entry in "${archive}" is named like a folder, but has ${format.bytes(size)} of content.`,
    },
    remedy: packAgain,
    reference: 'PKWARE APPNOTE 6.3.10, 4.3.8',
  }),
  'zip.content-damaged': finding<{ damage: keyof typeof damages }>({
    severity: 'error',
    title: { de: 'Inhalt im ZIP beschädigt', en: 'Content damaged in the zip file' },
    message: {
      de: ({ damage }) => `Die Datei lässt sich nicht fehlerfrei entpacken: ${damages[damage].de}.`,
      en: ({ damage }) => `The file cannot be unpacked without error: ${damages[damage].en}.`,
    },
    remedy: packAgain,
    reference: 'PKWARE APPNOTE 6.3.10, 4.4.7–4.4.9',
  }),
} as const;
