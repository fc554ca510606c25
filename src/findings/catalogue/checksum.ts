import { systemWords } from '../../shared/system-words.ts';
import { finding } from '../definition.ts';

type None = Record<never, never>;

/** Checksum files and checksum columns, and what comparing them with the bytes shows. */
export const checksumFindings = {
  'checksum.none': finding<None>({
    severity: 'error',
    title: { de: 'Keine Prüfsummen', en: 'No checksums' },
    message: {
      de: () => 'Das Paket enthält weder eine Prüfsummendatei noch Prüfsummen in der Begleitliste.',
      en: () => 'The package holds neither a checksum file nor checksums in its manifest.',
    },
    remedy: {
      de: 'Prüfsummen wie im Lieferprofil vereinbart mitliefern, am besten SHA-256.',
      en: 'Deliver checksums as agreed in the delivery profile, preferably SHA-256.',
    },
  }),
  'checksum.source-unreadable': finding<{ cause: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Prüfsummendatei nicht lesbar', en: 'Checksum file not readable' },
    message: {
      de: ({ cause }) => `Die Prüfsummendatei lässt sich nicht lesen: ${systemWords(cause).de}.`,
      en: ({ cause }) => `The checksum file cannot be read: ${systemWords(cause).en}.`,
    },
    remedy: {
      de: 'Leserechte, Datenträger und Netzlaufwerk prüfen, dann die Prüfung wiederholen.',
      en: 'Check permissions, medium and network drive, then repeat the check.',
    },
  }),
  'checksum.line-unusable': finding<{ text: string }>({
    severity: 'error',
    title: { de: 'Prüfsummenzeile nicht lesbar', en: 'Checksum line not usable' },
    message: {
      de: ({ text }) => `Aus dieser Zeile lässt sich keine Prüfsumme mit Dateinamen lesen: „${text}“`,
      en: ({ text }) => `This line yields no checksum with a file name: "${text}"`,
    },
    remedy: {
      de: 'Zeile in der Form „Prüfsumme, zwei Leerzeichen, Dateiname“ schreiben (wie sha256sum).',
      en: 'Write the line as "digest, two spaces, file name" (as sha256sum does).',
    },
  }),
  'checksum.xml-invalid': finding<{ cause: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Prüfsummen-XML nicht lesbar', en: 'Checksum XML not readable' },
    message: {
      de: ({ cause }) => `Die XML-Datei mit Prüfsummen ist kein zulässiges XML (${cause}).`,
      en: ({ cause }) => `The XML file with checksums is no XML that is allowed (${cause}).`,
    },
    remedy: {
      de: 'Wohlgeformtes XML ohne DOCTYPE liefern.',
      en: 'Deliver well-formed XML without a DOCTYPE.',
    },
    reference: 'METS 1.12',
  }),
  'checksum.no-usable-line': finding<None>({
    severity: 'error',
    title: { de: 'Prüfsummendatei ohne Prüfsumme', en: 'Checksum file without a checksum' },
    message: {
      de: () => 'Die Prüfsummendatei enthält keine einzige verwendbare Zeile.',
      en: () => 'The checksum file holds not a single usable line.',
    },
    remedy: {
      de: 'Prüfsummendatei neu erzeugen, zum Beispiel mit sha256sum.',
      en: 'Write the checksum file anew, for example with sha256sum.',
    },
  }),
  'checksum.listed-twice': finding<{ source: string; firstLine: number }>({
    severity: 'warning',
    title: { de: 'Datei in Prüfsummen doppelt', en: 'File listed twice in checksums' },
    message: {
      de: ({ source, firstLine }) =>
        `Die Datei steht schon in Zeile ${firstLine} von „${source}“, mit derselben Prüfsumme.`,
      en: ({ source, firstLine }) =>
        `The file is already listed in line ${firstLine} of "${source}", with the same checksum.`,
    },
    remedy: {
      de: 'Jede Datei nur einmal aufführen; prüfen, ob stattdessen eine andere fehlt.',
      en: 'List each file once; check whether another one is missing instead.',
    },
  }),
  'checksum.lists-itself': finding<None>({
    severity: 'warning',
    title: { de: 'Prüfsummendatei führt sich selbst auf', en: 'Checksum file lists itself' },
    message: {
      de: () =>
        'Eine Datei kann ihre eigene Prüfsumme nicht enthalten; die Zeile wurde übergangen. Meist wurde die Datei angelegt, bevor die Prüfsummen gerechnet wurden.',
      en: () =>
        'No file can hold its own checksum; the line was passed over. Mostly the file was made before the checksums were computed.',
    },
    remedy: {
      de: 'Die Prüfsummendatei beim Rechnen der Prüfsummen auslassen.',
      en: 'Leave the checksum file out when computing checksums.',
    },
  }),
  'checksum.contradictory': finding<{ source: string; firstLine: number }>({
    severity: 'error',
    title: { de: 'Widersprüchliche Prüfsummen', en: 'Contradictory checksums' },
    message: {
      de: ({ source, firstLine }) =>
        `Die Datei steht schon in Zeile ${firstLine} von „${source}“, mit einer anderen Prüfsumme.`,
      en: ({ source, firstLine }) =>
        `The file is already listed in line ${firstLine} of "${source}", with another checksum.`,
    },
    remedy: {
      de: 'Klären, welche Prüfsumme gilt, und jede Datei nur einmal aufführen.',
      en: 'Find out which checksum holds, and list each file once.',
    },
  }),
  'checksum.path-unsafe': finding<{ value: string }>({
    severity: 'error',
    title: { de: 'Prüfsumme für Pfad außerhalb des Pakets', en: 'Checksum for a path outside the package' },
    message: {
      de: ({ value }) => `Der Pfad „${value}“ führt aus dem Paket heraus oder ist absolut.`,
      en: ({ value }) => `The path "${value}" leads out of the package or is absolute.`,
    },
    remedy: {
      de: 'Pfade relativ zum Paket angeben, ohne Laufwerk und ohne „..“.',
      en: 'Give paths relative to the package, without a drive and without "..".',
    },
  }),
  'checksum.paths-absolute': finding<{ root: string }>({
    severity: 'note',
    title: { de: 'Prüfsummen mit absoluten Pfaden', en: 'Checksums with absolute paths' },
    message: {
      de: ({ root }) =>
        `Die Liste nennt die Dateien mit ihrem Ort auf dem Rechner, auf dem sie entstand; die Pfade wurden unterhalb von „${root}“ gelesen.`,
      en: ({ root }) =>
        `The list names the files by their place on the computer that it was made on; the paths were read from below "${root}".`,
    },
    remedy: {
      de: 'Nichts zu tun, wenn das der Ordner der Lieferung war. Künftig Pfade relativ zum Paket schreiben (hashdeep -l, md5deep -l).',
      en: 'Nothing to do when this was the folder of the delivery. Write paths relative to the package in future (hashdeep -l, md5deep -l).',
    },
  }),
  'checksum.file-absent': finding<{ source: string; line: number }>({
    severity: 'error',
    title: { de: 'Datei mit Prüfsumme fehlt', en: 'File with a checksum is absent' },
    message: {
      de: ({ source, line }) =>
        `Für die Datei steht eine Prüfsumme in „${source}“ (Zeile ${line}), sie fehlt aber im Paket.`,
      en: ({ source, line }) => `"${source}" (line ${line}) holds a checksum for the file, but the package lacks it.`,
    },
    remedy: {
      de: 'Datei nachliefern oder die Zeile entfernen, wenn sie nicht zur Lieferung gehört.',
      en: 'Deliver the file, or remove the line when the file is no part of the delivery.',
    },
  }),
  'checksum.not-listed': finding<None>({
    severity: 'error',
    title: { de: 'Datei ohne Prüfsumme', en: 'File without a checksum' },
    message: {
      de: () => 'Für diese Datei gibt es keine Prüfsumme.',
      en: () => 'There is no checksum for this file.',
    },
    remedy: {
      de: 'Prüfsumme ergänzen, wie im Lieferprofil vereinbart.',
      en: 'Add the checksum, as agreed in the delivery profile.',
    },
  }),
  'checksum.mismatch': finding<{ algorithm: string; expected: string; actual: string; source: string }>({
    severity: 'error',
    title: { de: 'Prüfsumme stimmt nicht', en: 'Checksum does not match' },
    message: {
      de: ({ algorithm, expected, actual, source }) =>
        `Die Datei hat ${algorithm} ${actual}; in „${source}“ steht ${expected}.`,
      en: ({ algorithm, expected, actual, source }) =>
        `The file has ${algorithm} ${actual}; "${source}" says ${expected}.`,
    },
    remedy: {
      de: 'Die Datei wurde nach der Berechnung verändert oder beschädigt: erneut übertragen und neu prüfen.',
      en: 'The file was changed or damaged after its checksum was made: transfer it again and repeat the check.',
    },
  }),
  'checksum.weak-algorithm': finding<{ algorithm: string }>({
    severity: 'warning',
    title: { de: 'Schwaches Prüfsummenverfahren', en: 'Weak checksum algorithm' },
    message: {
      de: ({ algorithm }) =>
        `Die Prüfsummen sind mit ${algorithm} berechnet; das erkennt Übertragungsfehler, aber keine absichtliche Änderung.`,
      en: ({ algorithm }) =>
        `The checksums are made with ${algorithm}, which shows transfer errors but no deliberate change.`,
    },
    remedy: {
      de: 'Künftig SHA-256 oder SHA-512 verwenden.',
      en: 'Use SHA-256 or SHA-512 in future.',
    },
    reference: 'BSI TR-02102-1, hash functions',
  }),
  'checksum.algorithm-not-agreed': finding<{ found: readonly string[]; agreed: readonly string[] }>({
    severity: 'error',
    title: { de: 'Prüfsummenverfahren nicht vereinbart', en: 'Checksum algorithm not agreed' },
    message: {
      de: ({ found, agreed }) => `Geliefert ist ${found.join(', ')}; vereinbart ist ${agreed.join(' oder ')}.`,
      en: ({ found, agreed }) => `Delivered is ${found.join(', ')}; agreed is ${agreed.join(' or ')}.`,
    },
    remedy: {
      de: 'Prüfsummen mit dem vereinbarten Verfahren neu berechnen.',
      en: 'Make the checksums anew with the agreed algorithm.',
    },
  }),
} as const;
