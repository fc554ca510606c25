import { finding } from '../definition.ts';

type None = Record<never, never>;

const unsafeReasons = {
  absolute: { de: 'ist absolut', en: 'is absolute' },
  drive: { de: 'nennt ein Laufwerk', en: 'names a drive' },
  parent: { de: 'führt mit „..“ aus dem Ordner hinaus', en: 'leads out of the folder with ".."' },
  control: { de: 'enthält Steuerzeichen', en: 'holds control characters' },
} as const;

/** Rows and files: which file a row names, and whether rows and files belong together. */
export const manifestPathFindings = {
  'manifest.path-missing': finding<{ column: string }>({
    severity: 'error',
    title: { de: 'Zeile ohne Dateiname', en: 'Row without a file name' },
    message: {
      de: ({ column }) => `Die Spalte „${column}“ ist leer; die Zeile gehört zu keiner Datei.`,
      en: ({ column }) => `The column "${column}" is empty; the row belongs to no file.`,
    },
    remedy: { de: 'Dateinamen ergänzen oder die Zeile entfernen.', en: 'Add the file name, or remove the row.' },
  }),
  'manifest.path-unsafe': finding<{ value: string; reason: keyof typeof unsafeReasons }>({
    severity: 'error',
    title: { de: 'Pfad außerhalb des Pakets', en: 'Path outside the package' },
    message: {
      de: ({ value, reason }) => `Der Pfad „${value}“ ${unsafeReasons[reason].de}.`,
      en: ({ value, reason }) => `The path "${value}" ${unsafeReasons[reason].en}.`,
    },
    remedy: {
      de: 'Pfad relativ zum Paket angeben, ohne Laufwerk und ohne „..“.',
      en: 'Give the path relative to the package, without a drive and without "..".',
    },
  }),
  'manifest.backslashes': finding<{ rows: number }>({
    severity: 'warning',
    title: { de: 'Pfade mit umgekehrtem Schrägstrich', en: 'Paths with backslashes' },
    message: {
      de: ({ rows }, format) =>
        `${format.counted(rows, 'Zeile trennt', 'Zeilen (die erste ist genannt) trennen')} Ordner mit „\\“; gelesen wird „/“.`,
      en: ({ rows }, format) =>
        `${format.counted(rows, 'row separates', 'rows (the first is named) separate')} folders by "\\"; it is read as "/".`,
    },
    remedy: { de: 'Ordner künftig mit „/“ trennen.', en: 'Separate folders by "/" in future.' },
  }),
  'manifest.path-duplicate': finding<{ firstRow: number; manifest: string; firstManifest: string }>({
    severity: 'error',
    title: { de: 'Datei mehrfach aufgeführt', en: 'File listed more than once' },
    message: {
      de: ({ firstRow, firstManifest }) => `Die Datei steht schon in Zeile ${firstRow} von „${firstManifest}“.`,
      en: ({ firstRow, firstManifest }) => `The file is already listed in row ${firstRow} of "${firstManifest}".`,
    },
    remedy: {
      de: 'Jede Datei genau einmal aufführen; prüfen, ob eine der Zeilen eine andere Datei meint.',
      en: 'List each file exactly once; check whether one of the rows means another file.',
    },
  }),
  'manifest.rows-overlap': finding<{ documents: number; firstRow: number; firstManifest: string }>({
    severity: 'error',
    title: { de: 'Zeilen für dieselben Dokumente', en: 'Rows for the same documents' },
    message: {
      de: ({ documents, firstRow, firstManifest }, format) =>
        `Dokumente dieser Akte, die schon zu Zeile ${firstRow} von „${firstManifest}“ gehören: ${format.number(documents)}.`,
      en: ({ documents, firstRow, firstManifest }, format) =>
        `Documents of this file that belong to row ${firstRow} of "${firstManifest}" already: ${format.number(documents)}.`,
    },
    remedy: {
      de: 'Jede Akte genau einmal aufführen, und keinen Ordner, der in einem anderen aufgeführten Ordner liegt.',
      en: 'List each file exactly once, and no folder that lies in another listed folder.',
    },
  }),
  'manifest.file-empty': finding<{ folder: string }>({
    severity: 'error',
    title: { de: 'Gemeldete Akte ohne Dokument', en: 'Listed file without a document' },
    message: {
      de: ({ folder }) =>
        folder === '' ? 'Das Paket enthält kein Dokument dieser Akte.' : `Im Ordner „${folder}“ liegt kein Dokument.`,
      en: ({ folder }) =>
        folder === ''
          ? 'The package holds no document of this file.'
          : `There is no document in the folder "${folder}".`,
    },
    remedy: {
      de: 'Dokumente der Akte nachliefern oder, wenn sie nicht zur Lieferung gehört, die Zeile entfernen.',
      en: 'Deliver the documents of the file, or remove the row when the file is no part of the delivery.',
    },
  }),
  'manifest.path-is-folder': finding<{ folder: string }>({
    severity: 'error',
    title: { de: 'Pfad nennt einen Ordner', en: 'Path names a folder' },
    message: {
      de: ({ folder }) => `Der Pfad „${folder}“ nennt einen Ordner; eine Zeile steht hier für ein Dokument.`,
      en: ({ folder }) => `The path "${folder}" names a folder; a row stands for one document here.`,
    },
    remedy: {
      de: 'Den Pfad des Dokuments angeben. Sollen Zeilen für ganze Akten stehen, muss das Lieferprofil es sagen (manifest.rows).',
      en: 'Give the path of the document. If rows are to stand for whole files, the profile has to say so (manifest.rows).',
    },
  }),
  'manifest.file-absent': finding<{ manifest: string }>({
    severity: 'error',
    title: { de: 'Gemeldete Datei fehlt', en: 'Listed file is absent' },
    message: {
      de: ({ manifest }) => `Die Datei ist in „${manifest}“ aufgeführt, fehlt aber im Paket.`,
      en: ({ manifest }) => `"${manifest}" lists the file, but the package lacks it.`,
    },
    remedy: {
      de: 'Datei nachliefern oder, wenn sie nicht zur Lieferung gehört, die Zeile entfernen.',
      en: 'Deliver the file, or remove the row when the file is no part of the delivery.',
    },
  }),
  'manifest.file-not-listed': finding<None>({
    severity: 'error',
    title: { de: 'Datei nicht gemeldet', en: 'File is not listed' },
    message: {
      de: () => 'Die Datei liegt im Paket, steht aber in keiner Begleitliste.',
      en: () => 'The package holds the file, but no manifest lists it.',
    },
    remedy: {
      de: 'Datei in die Begleitliste aufnehmen oder aus dem Paket entfernen.',
      en: 'List the file in the manifest, or remove it from the package.',
    },
  }),
} as const;
