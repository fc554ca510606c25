import { finding } from '../definition.ts';

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

/** What is wrong with single pictures: JPEG, JPEG 2000, PNG. What breaks a file of any format is in `file`. */
export const imageFindings = {
  'image.resolution-missing': finding<FormatArgs>({
    severity: 'warning',
    title: { de: 'Auflösung fehlt', en: 'Resolution missing' },
    message: {
      de: ({ format }) =>
        `Das Bild (${format}) nennt keine Auflösung in dpi; Seitengröße und Scanqualität lassen sich nicht prüfen.`,
      en: ({ format }) =>
        `The picture (${format}) states no resolution in dpi; page size and scan quality cannot be checked.`,
    },
    remedy: {
      de: 'Auflösung und Einheit beim Speichern eintragen und Datei erneut liefern.',
      en: 'State resolution and unit when saving, and redeliver the file.',
    },
    reference: 'JFIF (ITU-T T.871, 10.1), PNG (ISO/IEC 15948, pHYs), JP2 (ISO/IEC 15444-1, I.5.3.7)',
  }),
  'image.resolutions-differ': finding<{ readonly used: string; readonly other: string }>({
    severity: 'warning',
    title: { de: 'Widersprüchliche Auflösungen', en: 'Contradictory resolutions' },
    message: {
      de: ({ used, other }) => `Das Bild nennt zwei Auflösungen: ${used} dpi (JFIF) und ${other} dpi (Exif).`,
      en: ({ used, other }) => `The picture states two resolutions: ${used} dpi (JFIF) and ${other} dpi (Exif).`,
    },
    remedy: {
      de: 'Prüfen, welche stimmt, und das Programm, das die andere schreibt, richtig einstellen.',
      en: 'Check which one is right, and set up the program that writes the other one.',
    },
  }),
  'image.data-missing': finding<FormatArgs & OffsetArgs>({
    severity: 'error',
    title: { de: 'Bilddaten fehlen', en: 'Image data missing' },
    message: {
      de: ({ format, offset }, { number }) =>
        `Den Bilddaten ab Byte ${number(offset)} (${format}) fehlt ein Teil: ihre Abschnitte sind nicht vollzählig.`,
      en: ({ format, offset }, { number }) =>
        `A part of the image data from byte ${number(offset)} (${format}) is missing: their sections are not complete.`,
    },
    remedy: redeliver,
    reference: 'ITU-T T.81, B.2.1; ISO/IEC 15444-1, A.4.2',
  }),
  'image.sizes-differ': finding<{ readonly stated: string; readonly stored: string }>({
    severity: 'error',
    title: { de: 'Bildgröße widersprüchlich', en: 'Picture size contradictory' },
    message: {
      de: ({ stated, stored }) => `Der Kopf der Datei nennt ${stated} Bildpunkte, die Bilddaten haben ${stored}.`,
      en: ({ stated, stored }) => `The header of the file states ${stated} pixels, the image data have ${stored}.`,
    },
    remedy: redeliver,
    reference: 'ISO/IEC 15444-1, I.5.3.1',
  }),
  'image.secondary-pictures': finding<{ readonly count: number }>({
    severity: 'note',
    title: { de: 'Nebenbilder nicht gezählt', en: 'Secondary pictures not counted' },
    message: {
      de: ({ count }, { number }) =>
        `Die Datei enthält außer dem Bild ${number(count)} weitere (Vorschau, andere Belichtung); sie zählen nicht als Seiten.`,
      en: ({ count }, { number }) =>
        `Beside its picture the file holds ${number(count)} further ones (preview, other exposure); they do not count as pages.`,
    },
    remedy: {
      de: 'Nichts zu tun bei Fotos; Scans ohne Nebenbilder speichern.',
      en: 'Nothing to do for photographs; save scans without secondary pictures.',
    },
    reference: 'CIPA DC-007',
  }),
  'image.picture-behind': finding<FormatArgs & OffsetArgs>({
    severity: 'error',
    title: { de: 'Weiteres Bild hinter dem Bild', en: 'Another picture behind the picture' },
    message: {
      de: ({ format, offset }, { number }) =>
        `Ab Byte ${number(offset)} folgt ein weiteres Bild (${format}), das kein Programm anzeigt; gezählt ist nur das erste.`,
      en: ({ format, offset }, { number }) =>
        `Another picture (${format}) that no program shows follows from byte ${number(offset)}; only the first is counted.`,
    },
    remedy: {
      de: 'Jedes Bild als eigene Datei liefern; prüfen, ob Dateien aneinandergehängt wurden.',
      en: 'Deliver each picture as a file of its own; check whether files were joined.',
    },
  }),
  'image.animated': finding<{ readonly frames: number }>({
    severity: 'warning',
    title: { de: 'Bildfolge in einer Datei', en: 'Animated picture' },
    message: {
      de: ({ frames }, { number }) =>
        `Die Datei enthält eine Folge von ${number(frames)} Bildern; gezählt ist nur eine Seite.`,
      en: ({ frames }, { number }) =>
        `The file holds a sequence of ${number(frames)} pictures; only one page is counted.`,
    },
    remedy: { de: 'Jede Seite als eigenes Bild liefern.', en: 'Deliver each page as a picture of its own.' },
    reference: 'PNG Specification (Third Edition), acTL',
  }),
  'image.several-pages': finding<{ readonly brand: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Seiten dieses Formats nicht zählbar', en: 'Pages of this format not countable' },
    message: {
      de: ({ brand }) =>
        `Die Datei gehört zu einer Form von JPEG 2000 für mehrere Seiten oder Bilder („${brand}“); ihre Seiten werden nicht gezählt.`,
      en: ({ brand }) =>
        `The file is of a kind of JPEG 2000 for several pages or pictures ("${brand}"); its pages are not counted.`,
    },
    remedy: {
      de: 'Als PDF/A, TIFF oder einfaches JP2 (ein Bild je Datei) liefern.',
      en: 'Deliver it as PDF/A, TIFF, or plain JP2 (one picture a file).',
    },
    reference: 'ISO/IEC 15444-3, 15444-6',
  }),
} as const;
