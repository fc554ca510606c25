import { finding } from '../definition.ts';

type None = Record<never, never>;

const rename = {
  de: 'Datei oder Ordner umbenennen und Begleitliste und Prüfsummen anpassen.',
  en: 'Rename the file or folder, and adapt manifest and checksums.',
} as const;

/** Names of files and folders: what other systems cannot store, or mistake for another name. */
export const nameFindings = {
  'name.not-utf8': finding<None>({
    severity: 'error',
    title: { de: 'Name nicht in UTF-8', en: 'Name not in UTF-8' },
    message: {
      de: () => 'Der Name ist nicht in UTF-8 kodiert; die fraglichen Bytes sind hier als \\x… dargestellt.',
      en: () => 'The name is not encoded in UTF-8; the bytes in question are shown as \\x….',
    },
    remedy: {
      de: 'Paket so packen oder kopieren, dass Umlaute erhalten bleiben (UTF-8), oder die Datei umbenennen.',
      en: 'Pack or copy the package so that umlauts survive (UTF-8), or rename the file.',
    },
  }),
  'name.decomposed': finding<{ composed: string }>({
    severity: 'note',
    title: { de: 'Umlaute zerlegt geschrieben', en: 'Umlauts written decomposed' },
    message: {
      de: ({ composed }) =>
        `Der Name steht nicht in der Unicode-Form NFC (üblich bei macOS); gelesen wird „${composed}“.`,
      en: ({ composed }) => `The name is not in Unicode form NFC (usual on macOS); it is read as "${composed}".`,
    },
    remedy: {
      de: 'Nichts zu tun; für andere Programme ist die Form NFC sicherer.',
      en: 'Nothing to do; the form NFC is safer for other programs.',
    },
    reference: 'Unicode Standard Annex #15',
  }),
  'name.unicode-collision': finding<{ other: string }>({
    severity: 'error',
    title: { de: 'Name doppelt in zwei Unicode-Formen', en: 'Same name in two Unicode forms' },
    message: {
      de: ({ other }) => `Der Name unterscheidet sich von „${other}“ nur in der Unicode-Form; beide sehen gleich aus.`,
      en: ({ other }) => `The name differs from "${other}" in its Unicode form only; both look the same.`,
    },
    remedy: rename,
    reference: 'Unicode Standard Annex #15',
  }),
  'name.case-collision': finding<{ other: string }>({
    severity: 'error',
    title: { de: 'Namen nur in Groß-/Kleinschreibung verschieden', en: 'Names differ in letter case only' },
    message: {
      de: ({ other }) => `Der Name unterscheidet sich von „${other}“ nur in der Groß- und Kleinschreibung.`,
      en: ({ other }) => `The name differs from "${other}" in letter case only.`,
    },
    remedy: rename,
  }),
  'name.case-differs': finding<{ listed: string; source: string }>({
    severity: 'warning',
    title: { de: 'Groß-/Kleinschreibung weicht ab', en: 'Letter case differs' },
    message: {
      de: ({ listed, source }) => `In „${source}“ steht der Name anders geschrieben: „${listed}“.`,
      en: ({ listed, source }) => `"${source}" writes the name differently: "${listed}".`,
    },
    remedy: {
      de: 'Namen in Begleitliste und Prüfsummen genau so schreiben, wie die Datei heißt.',
      en: 'Write names in manifest and checksums exactly as the file is called.',
    },
  }),
  'name.reserved': finding<{ name: string }>({
    severity: 'error',
    title: { de: 'Unter Windows reservierter Name', en: 'Name reserved by Windows' },
    message: {
      de: ({ name }) => `„${name}“ ist unter Windows ein Gerätename und kann dort nicht gespeichert werden.`,
      en: ({ name }) => `"${name}" is the name of a device in Windows and cannot be stored there.`,
    },
    remedy: rename,
    reference: 'Microsoft: Naming Files, Paths, and Namespaces',
  }),
  'name.trailing-dot-or-space': finding<{ name: string }>({
    severity: 'error',
    title: { de: 'Punkt oder Leerzeichen am Namensende', en: 'Dot or space at the end of the name' },
    message: {
      de: ({ name }) => `„${name}“ endet mit Punkt oder Leerzeichen; Windows entfernt es stillschweigend.`,
      en: ({ name }) => `"${name}" ends with a dot or a space, which Windows silently removes.`,
    },
    remedy: rename,
    reference: 'Microsoft: Naming Files, Paths, and Namespaces',
  }),
  'name.control-character': finding<{ characters: readonly string[] }>({
    severity: 'error',
    title: { de: 'Steuerzeichen im Namen', en: 'Control character in the name' },
    message: {
      de: ({ characters }) => `Der Name enthält unsichtbare Steuerzeichen: ${characters.join(', ')}.`,
      en: ({ characters }) => `The name holds invisible control characters: ${characters.join(', ')}.`,
    },
    remedy: rename,
  }),
  'name.forbidden-character': finding<{ characters: readonly string[] }>({
    severity: 'error',
    title: { de: 'Unter Windows unzulässiges Zeichen', en: 'Character that Windows refuses' },
    message: {
      de: ({ characters }) => `Der Name enthält Zeichen, die Windows nicht zulässt: ${characters.join(' ')}`,
      en: ({ characters }) => `The name holds characters that Windows refuses: ${characters.join(' ')}`,
    },
    remedy: rename,
    reference: 'Microsoft: Naming Files, Paths, and Namespaces',
  }),
  'name.too-long': finding<{ length: number; limit: number; unit: 'bytes' | 'characters' }>({
    severity: 'error',
    title: { de: 'Name oder Pfad zu lang', en: 'Name or path too long' },
    message: {
      de: ({ length, limit, unit }) =>
        unit === 'bytes'
          ? `Der Name hat ${length} Bytes; gängige Dateisysteme erlauben ${limit}.`
          : `Der Pfad hat ${length} Zeichen; Windows erlaubt ${limit}.`,
      en: ({ length, limit, unit }) =>
        unit === 'bytes'
          ? `The name has ${length} bytes; usual file systems allow ${limit}.`
          : `The path has ${length} characters; Windows allows ${limit}.`,
    },
    remedy: {
      de: 'Name oder Ordnertiefe kürzen und Begleitliste und Prüfsummen anpassen.',
      en: 'Shorten the name or the folders above it, and adapt manifest and checksums.',
    },
  }),
  'name.extension-misleads': finding<{ format: string }>({
    severity: 'warning',
    title: { de: 'Dateiendung passt nicht zum Inhalt', en: 'Extension does not fit the content' },
    message: {
      de: ({ format }) => `Die Endung passt nicht zum Inhalt; er hat das Format ${format}.`,
      en: ({ format }) => `The extension does not fit the content, which is ${format}.`,
    },
    remedy: {
      de: 'Datei mit der Endung ihres Formats benennen oder im vereinbarten Format liefern.',
      en: 'Name the file by its format, or deliver it in the agreed format.',
    },
  }),
} as const;
