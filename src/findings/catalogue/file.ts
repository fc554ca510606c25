import { systemWords } from '../../shared/system-words.ts';
import { finding } from '../definition.ts';

type None = Record<never, never>;
interface FormatArgs {
  /** The format that the bytes show: "jpeg". */
  readonly format: string;
}
interface OffsetArgs {
  /** Position in the file, in bytes. */
  readonly offset: number;
}

const redeliver = {
  de: 'Datei neu ausgeben und erneut liefern.',
  en: 'Export the file again and redeliver it.',
};

const again = {
  de: 'Prüfung wiederholen; bleibt es dabei, Datei einzeln ansehen und den Fall dem Support von scanlot melden.',
  en: 'Repeat the check; if it stays, look at the file by itself and report the case to the support of scanlot.',
};

/** What is wrong with a file whatever its format, and why a file could not be judged. */
export const fileFindings = {
  'file.missing': finding<None>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Datei verschwunden', en: 'File vanished' },
    message: {
      de: () => 'Die Datei war beim Lesen nicht mehr vorhanden.',
      en: () => 'The file was no longer there when it was to be read.',
    },
    remedy: {
      de: 'Prüfen, ob das Paket noch kopiert oder verschoben wird; danach die Prüfung wiederholen.',
      en: 'Check whether the package is still being copied or moved; then repeat the check.',
    },
  }),
  'file.unreadable': finding<{ readonly cause: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Datei nicht lesbar', en: 'File not readable' },
    message: {
      de: ({ cause }) => `Die Datei konnte nicht gelesen werden: ${systemWords(cause).de}.`,
      en: ({ cause }) => `The file could not be read: ${systemWords(cause).en}.`,
    },
    remedy: {
      de: 'Leserechte, Datenträger und Netzlaufwerk prüfen, danach die Prüfung wiederholen; bei defektem Datenträger erneut liefern.',
      en: 'Check permissions, medium and network drive, then repeat the check; if the medium is defective, redeliver.',
    },
  }),
  'file.not-regular': finding<{ readonly type: 'folder' | 'link' | 'special' }>({
    severity: 'error',
    title: { de: 'Keine gewöhnliche Datei', en: 'Not a regular file' },
    message: {
      de: ({ type }) =>
        `Hier steht keine Datei, sondern ${{ folder: 'ein Ordner', link: 'eine Verknüpfung', special: 'ein Gerät oder eine Leitung' }[type]}; sie wird nicht gelesen.`,
      en: ({ type }) =>
        `This is not a file but ${{ folder: 'a folder', link: 'a link', special: 'a device or pipe' }[type]}; it is not read.`,
    },
    remedy: {
      de: 'Die Datei selbst liefern, keine Verknüpfung.',
      en: 'Deliver the file itself, not a link to it.',
    },
  }),
  'file.changed-while-read': finding<None>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Datei wurde während der Prüfung verändert', en: 'File changed during the check' },
    message: {
      de: () => 'Die Datei wurde verändert oder ersetzt, während sie gelesen wurde; sie ist nicht beurteilt.',
      en: () => 'The file was changed or replaced while it was read; it is not judged.',
    },
    remedy: {
      de: 'Warten, bis das Paket vollständig übertragen ist und niemand mehr darin schreibt; danach die Prüfung wiederholen.',
      en: 'Wait until the package is transferred completely and nobody writes to it any more; then repeat the check.',
    },
  }),
  'file.empty': finding<None>({
    severity: 'error',
    title: { de: 'Leere Datei', en: 'Empty file' },
    message: { de: () => 'Die Datei ist leer (0 Bytes).', en: () => 'The file is empty (0 bytes).' },
    remedy: redeliver,
  }),
  'file.format-unknown': finding<None>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Format unbekannt', en: 'Format unknown' },
    message: {
      de: () => 'Der Inhalt gehört zu keinem bekannten Format; Seiten können nicht gezählt werden.',
      en: () => 'The content is of no known format; pages cannot be counted.',
    },
    remedy: {
      de: 'Als PDF/A oder im vereinbarten Bildformat liefern; gehört die Datei nicht zur Lieferung, entfernen.',
      en: 'Deliver it as PDF/A or in the agreed image format; remove the file if it is not part of the delivery.',
    },
  }),
  'file.pages-not-countable': finding<FormatArgs>({
    severity: 'note',
    title: { de: 'Format ohne Seiten', en: 'Format without pages' },
    message: {
      de: ({ format }) => `In diesem Format (${format}) werden keine Seiten gezählt; geprüft wurde nur die Prüfsumme.`,
      en: ({ format }) => `Pages are not counted in this format (${format}); only the checksum was taken.`,
    },
    remedy: {
      de: 'Nichts zu tun bei Begleitdateien; Seiten als PDF/A oder im vereinbarten Bildformat liefern.',
      en: 'Nothing to do for accompanying files; deliver pages as PDF/A or in the agreed image format.',
    },
  }),
  'file.truncated': finding<FormatArgs>({
    severity: 'error',
    title: { de: 'Datei abgeschnitten', en: 'File truncated' },
    message: {
      de: ({ format }) => `Der Datei fehlt das Ende (${format}); das Bild ist unvollständig.`,
      en: ({ format }) => `The end of the file is missing (${format}); the picture is incomplete.`,
    },
    remedy: redeliver,
  }),
  'file.damaged': finding<FormatArgs & OffsetArgs>({
    severity: 'error',
    title: { de: 'Datei beschädigt', en: 'File damaged' },
    message: {
      de: ({ format, offset }, { number }) =>
        `Der Aufbau der Datei (${format}) ist ab Byte ${number(offset)} beschädigt.`,
      en: ({ format, offset }, { number }) =>
        `The structure of the file (${format}) is damaged from byte ${number(offset)}.`,
    },
    remedy: redeliver,
  }),
  'file.trailing-bytes': finding<FormatArgs & { readonly bytes: number }>({
    severity: 'note',
    title: { de: 'Daten hinter dem Dateiende', en: 'Data behind the end' },
    message: {
      de: ({ format, bytes }, { number }) =>
        `Hinter dem Ende des Bildes (${format}) ${bytes === 1 ? 'folgt ein Byte, das' : `folgen ${number(bytes)} Bytes, die`} kein Programm anzeigt.`,
      en: ({ format, bytes }, { number }) =>
        `${bytes === 1 ? 'A byte that no program shows follows' : `${number(bytes)} bytes that no program shows follow`} the end of the picture (${format}).`,
    },
    remedy: {
      de: 'Prüfen, ob mehrere Dateien aneinandergehängt wurden; sonst nichts zu tun.',
      en: 'Check whether several files were joined; otherwise nothing to do.',
    },
  }),
  'file.reader-failed': finding<FormatArgs & { readonly cause: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Datei nicht beurteilbar', en: 'File could not be judged' },
    message: {
      de: ({ format, cause }) =>
        `Beim Lesen des Formats ${format} ist ein innerer Fehler aufgetreten (${cause}); die Seiten wurden nicht gezählt.`,
      en: ({ format, cause }) =>
        `Reading the format ${format} ran into an internal error (${cause}); the pages were not counted.`,
    },
    remedy: again,
  }),
  'file.worker-died': finding<{ readonly reason: 'memory' | 'crash'; readonly detail: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Prüfung der Datei abgestürzt', en: 'Check of the file crashed' },
    message: {
      de: ({ reason, detail }) =>
        reason === 'memory'
          ? 'Für die Prüfung dieser Datei reichte der Arbeitsspeicher nicht; die Datei ist nicht beurteilt.'
          : `Die Prüfung dieser Datei ist abgestürzt (${detail}); die Datei ist nicht beurteilt.`,
      en: ({ reason, detail }) =>
        reason === 'memory'
          ? 'The check of this file ran out of memory; the file is not judged.'
          : `The check of this file crashed (${detail}); the file is not judged.`,
    },
    remedy: again,
  }),
  'file.inspection-timeout': finding<{ readonly seconds: number }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Prüfung der Datei dauerte zu lange', en: 'Check of the file took too long' },
    message: {
      de: ({ seconds }, format) =>
        `Die Prüfung dieser Datei wurde nach ${format.counted(seconds, 'Sekunde', 'Sekunden')} abgebrochen; die Datei ist nicht beurteilt.`,
      en: ({ seconds }, format) =>
        `The check of this file was given up after ${format.counted(seconds, 'second', 'seconds')}; the file is not judged.`,
    },
    remedy: {
      de: 'Netzlaufwerk und Datenträger prüfen, Prüfung wiederholen; bleibt es dabei, Datei neu ausgeben und erneut liefern.',
      en: 'Check network drive and medium and repeat the check; if it stays, export the file again and redeliver it.',
    },
  }),
} as const;
