import { finding } from '../definition.ts';
import { type In, packAgain, packTruly } from './zip-words.ts';

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

const dangers = {
  absolute: { de: 'ist absolut', en: 'is absolute' },
  drive: { de: 'nennt ein Laufwerk', en: 'names a drive' },
  parent: { de: 'führt mit „..“ aus dem Paket heraus', en: 'leads out of the package by ".."' },
  control: { de: 'enthält ein Nullzeichen', en: 'holds a zero character' },
  empty: { de: 'ist leer oder enthält leere Ordnernamen', en: 'is empty or holds empty folder names' },
} as const;

/** Entries of zip files: their paths, their sizes, their content, and what hostile ones do. */
export const zipEntryFindings = {
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
