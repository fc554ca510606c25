import type { Format } from '../../shared/format.ts';
import { finding } from '../definition.ts';

type None = Record<never, never>;
/** Findings on single pages are told once a file: how many pages have them; `page` is the first. */
interface PagesArgs {
  readonly count: number;
}
interface OffsetArgs {
  /** Position in the file, in bytes. */
  readonly offset: number;
}

const redeliver = {
  de: 'Datei aus dem Scansystem neu ausgeben und erneut liefern; Seitenzahl mit dem Original vergleichen.',
  en: 'Export the file from the scanning system again and redeliver it; compare the page count with the original.',
};

const pagesDe = ({ count }: PagesArgs, format: Format) =>
  count === 1 ? 'Eine Seite' : `${format.number(count)} Seiten`;
const pagesEn = ({ count }: PagesArgs, format: Format) => (count === 1 ? 'One page' : `${format.number(count)} pages`);
const haveDe = ({ count }: PagesArgs) => (count === 1 ? 'hat' : 'haben');
const hasEn = ({ count }: PagesArgs) => (count === 1 ? 'has' : 'have');

/** What the directories of a TIFF tell that is wrong. Reference: TIFF Revision 6.0 (Adobe, 1992). */
export const tiffFindings = {
  'tiff.header-broken': finding<None>({
    severity: 'error',
    title: { de: 'TIFF-Kopf beschädigt', en: 'TIFF header damaged' },
    message: {
      de: () => 'Der Kopf der TIFF-Datei ist unvollständig oder ungültig; die Seiten können nicht gezählt werden.',
      en: () => 'The header of the TIFF is incomplete or invalid; its pages cannot be counted.',
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, section 2, Image File Header',
  }),
  'tiff.no-page': finding<None>({
    severity: 'error',
    title: { de: 'TIFF ohne Seite', en: 'TIFF without a page' },
    message: {
      de: () => 'In der TIFF-Datei ist keine Seite zu finden.',
      en: () => 'No page can be found in the TIFF.',
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, section 2: at least one IFD',
  }),
  'tiff.only-reduced': finding<{ readonly directories: number }>({
    severity: 'error',
    title: { de: 'Nur Vorschaubilder', en: 'Previews only' },
    message: {
      de: (args, format) =>
        `Die Datei enthält nur Bilder, die als Vorschau oder Maske gekennzeichnet sind (${format.number(args.directories)}), aber keine Seite.`,
      en: (args, format) =>
        `The file holds only images that are marked as previews or masks (${format.number(args.directories)}), but no page.`,
    },
    remedy: {
      de: 'Seiten ohne Vorschau-Kennzeichen (NewSubfileType 0) ausgeben und Datei erneut liefern.',
      en: 'Export the pages without the preview mark (NewSubfileType 0) and redeliver the file.',
    },
    reference: 'TIFF 6.0, section 8, NewSubfileType',
  }),
  'tiff.directory-outside': finding<OffsetArgs & { readonly size: number }>({
    severity: 'error',
    title: { de: 'TIFF unvollständig', en: 'TIFF incomplete' },
    message: {
      de: ({ offset, size }, format) =>
        `Die Datei endet nach ${format.counted(size, 'Byte', 'Bytes')}, ihr nächstes Seitenverzeichnis soll bei Byte ${format.number(offset)} liegen: Sie ist abgeschnitten oder beschädigt.`,
      en: ({ offset, size }, format) =>
        `The file ends after ${format.counted(size, 'byte', 'bytes')}, but its next page directory should lie at byte ${format.number(offset)}: it is truncated or damaged.`,
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, section 2, Image File Directory',
  }),
  'tiff.directory-broken': finding<OffsetArgs>({
    severity: 'error',
    title: { de: 'Seitenverzeichnis beschädigt', en: 'Page directory damaged' },
    message: {
      de: ({ offset }, format) =>
        `Das Seitenverzeichnis bei Byte ${format.number(offset)} ist nicht lesbar; weitere Seiten können fehlen.`,
      en: ({ offset }, format) =>
        `The page directory at byte ${format.number(offset)} cannot be read; further pages may be missing.`,
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, section 2, Image File Directory',
  }),
  'tiff.directory-loop': finding<OffsetArgs>({
    severity: 'error',
    title: { de: 'Seitenfolge läuft im Kreis', en: 'Pages run in a circle' },
    message: {
      de: ({ offset }, format) =>
        `Auf diese Seite folgt wieder eine frühere (Seitenverzeichnis bei Byte ${format.number(offset)}); die Seitenzahl ist nicht bestimmbar.`,
      en: ({ offset }, format) =>
        `This page is followed by an earlier one (page directory at byte ${format.number(offset)}); the page count cannot be determined.`,
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, section 2, Image File Directory',
  }),
  'tiff.too-large': finding<{ readonly directories: number }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'TIFF zu umfangreich', en: 'TIFF too extensive' },
    message: {
      de: ({ directories }, format) =>
        `Die Datei hat so viele Verzeichnisse oder Streifen, dass sie nicht beurteilt wurde (nach ${format.counted(directories, 'Verzeichnis', 'Verzeichnissen')} abgebrochen).`,
      en: ({ directories }, format) =>
        `The file has so many directories or strips that it was not judged (given up after ${format.counted(directories, 'directory', 'directories')}).`,
    },
    remedy: {
      de: 'Datei in mehrere Dateien aufteilen und erneut liefern.',
      en: 'Split the file into several files and redeliver them.',
    },
  }),
  'tiff.page-broken': finding<PagesArgs>({
    severity: 'error',
    title: { de: 'Seite ohne lesbare Bildangaben', en: 'Page without readable image data' },
    message: {
      de: (args, format) =>
        `${pagesDe(args, format)} ${haveDe(args)} keine oder unmögliche Angaben zu Größe, Farbtiefe oder Lage des Bildes; die Seitenzahl ist nicht bestimmbar.`,
      en: (args, format) =>
        `${pagesEn(args, format)} ${hasEn(args)} no or impossible size, depth or position of the picture; the page count cannot be determined.`,
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, sections 3 to 6, required fields',
  }),
  'tiff.data-outside': finding<PagesArgs>({
    severity: 'error',
    title: { de: 'Bilddaten abgeschnitten', en: 'Image data cut off' },
    message: {
      de: (args, format) =>
        `${pagesDe(args, format)} ${haveDe(args)} Bilddaten, die hinter dem Ende der Datei liegen sollen.`,
      en: (args, format) =>
        `${pagesEn(args, format)} ${hasEn(args)} image data that should lie beyond the end of the file.`,
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, section 3, StripOffsets and StripByteCounts',
  }),
  'tiff.data-missing': finding<PagesArgs>({
    severity: 'error',
    title: { de: 'Bilddaten fehlen', en: 'Image data missing' },
    message: {
      de: (args, format) => `${pagesDe(args, format)} ${haveDe(args)} weniger Bilddaten, als das Bild braucht.`,
      en: (args, format) => `${pagesEn(args, format)} ${hasEn(args)} less image data than the picture needs.`,
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, section 3, StripOffsets and StripByteCounts',
  }),
  'tiff.byte-counts-missing': finding<PagesArgs>({
    severity: 'warning',
    title: { de: 'Länge der Bilddaten fehlt', en: 'Length of image data missing' },
    message: {
      de: (args, format) =>
        `${pagesDe(args, format)} ${haveDe(args)} keine Angabe zur Länge der Bilddaten; ob sie vollständig sind, lässt sich nicht prüfen.`,
      en: (args, format) =>
        `${pagesEn(args, format)} ${hasEn(args)} no statement of the length of the image data; whether they are complete cannot be checked.`,
    },
    remedy: {
      de: 'Seiten ansehen; Schreibprogramm so einstellen, dass es StripByteCounts ausgibt.',
      en: 'Look at the pages; set up the writing program so that it states StripByteCounts.',
    },
    reference: 'TIFF 6.0, section 3, StripByteCounts',
  }),
  'tiff.value-outside': finding<PagesArgs & { readonly tag: number }>({
    severity: 'warning',
    title: { de: 'Angabe nicht lesbar', en: 'Field not readable' },
    message: {
      de: (args, format) =>
        `${pagesDe(args, format)} ${haveDe(args)} Angaben, die außerhalb der Datei liegen sollen oder nicht lesbar sind (zuerst Feld ${args.tag}).`,
      en: (args, format) =>
        `${pagesEn(args, format)} ${hasEn(args)} fields that should lie outside the file or cannot be read (first: tag ${args.tag}).`,
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, section 2, IFD Entry',
  }),
  'tiff.tags-unsorted': finding<PagesArgs>({
    severity: 'note',
    title: { de: 'Felder nicht in der Reihenfolge', en: 'Fields out of order' },
    message: {
      de: (args, format) =>
        `${pagesDe(args, format)} ${haveDe(args)} Felder, die nicht aufsteigend geordnet, doppelt oder unbekannt sind; manche Programme lehnen solche Dateien ab.`,
      en: (args, format) =>
        `${pagesEn(args, format)} ${hasEn(args)} fields that are not in ascending order, double or unknown; some programs refuse such files.`,
    },
    remedy: {
      de: 'Hersteller des Schreibprogramms hinweisen; Seiten in der Stichprobe ansehen.',
      en: 'Tell the maker of the writing program; look at the pages in the sample.',
    },
    reference: 'TIFF 6.0, section 2, Sort Order',
  }),
  'tiff.resolution-missing': finding<PagesArgs>({
    severity: 'warning',
    title: { de: 'Auflösung fehlt', en: 'Resolution missing' },
    message: {
      de: (args, format) =>
        `${pagesDe(args, format)} ${haveDe(args)} keine Auflösung in dpi; Seitengröße und Scanqualität lassen sich nicht prüfen.`,
      en: (args, format) =>
        `${pagesEn(args, format)} ${hasEn(args)} no resolution in dpi; page size and scan quality cannot be checked.`,
    },
    remedy: {
      de: 'Auflösung und Einheit (XResolution, YResolution, ResolutionUnit) eintragen und Datei erneut liefern.',
      en: 'Enter resolution and unit (XResolution, YResolution, ResolutionUnit) and redeliver the file.',
    },
    reference: 'TIFF 6.0, section 3, Physical Dimensions',
  }),
  'tiff.size-implausible': finding<PagesArgs>({
    severity: 'warning',
    title: { de: 'Bildgröße unglaubwürdig', en: 'Picture size implausible' },
    message: {
      de: (args, format) =>
        `${pagesDe(args, format)} ${haveDe(args)} mehr als 200.000 Bildpunkte in einer Richtung; Anzeigeprogramme können daran scheitern.`,
      en: (args, format) =>
        `${pagesEn(args, format)} ${hasEn(args)} more than 200,000 pixels along one side; viewers may fail on it.`,
    },
    remedy: redeliver,
  }),
  'tiff.reduced-images': finding<{ readonly directories: number; readonly pages: number }>({
    severity: 'note',
    title: { de: 'Vorschaubilder nicht gezählt', en: 'Previews not counted' },
    message: {
      de: (args, format) =>
        `Von ${format.counted(args.directories, 'Bild', 'Bildern')} der Datei ${args.pages === 1 ? 'ist eines eine Seite' : `sind ${format.number(args.pages)} Seiten`}; die übrigen sind als Vorschau oder Maske gekennzeichnet und wurden nicht gezählt.`,
      en: (args, format) =>
        `Of the file's ${format.number(args.directories)} images, ${args.pages === 1 ? 'one is a page' : `${format.number(args.pages)} are pages`}; the others are marked as previews or masks and were not counted.`,
    },
    remedy: {
      de: 'Nichts zu tun, wenn die Vorschaubilder gewollt sind.',
      en: 'Nothing to do if the previews are intended.',
    },
    reference: 'TIFF 6.0, section 8, NewSubfileType',
  }),
  'tiff.pages-share-data': finding<PagesArgs & { readonly other: number }>({
    severity: 'warning',
    title: { de: 'Seiten mit denselben Bilddaten', en: 'Pages with the same image data' },
    message: {
      de: (args, format) =>
        `${pagesDe(args, format)} ${args.count === 1 ? 'benutzt' : 'benutzen'} Bilddaten einer anderen Seite (zuerst diese die der Seite ${format.number(args.other)}): dieselbe Seite steht doppelt oder die Datei ist beschädigt.`,
      en: (args, format) =>
        `${pagesEn(args, format)} ${args.count === 1 ? 'uses' : 'use'} the image data of another page (first: this one that of page ${format.number(args.other)}): a page stands twice, or the file is damaged.`,
    },
    remedy: {
      de: 'Beide Seiten ansehen und mit dem Original vergleichen; fehlt eine Seite, Datei erneut liefern.',
      en: 'Look at both pages and compare them with the original; if a page is missing, redeliver the file.',
    },
  }),
  'tiff.pages-unlinked': finding<PagesArgs & OffsetArgs>({
    severity: 'error',
    title: { de: 'Seiten außerhalb der Seitenfolge', en: 'Pages outside the sequence' },
    message: {
      de: (args, format) =>
        `In der Datei ${args.count === 1 ? 'liegt eine weitere Seite' : `liegen ${format.number(args.count)} weitere Seiten`} (ab Byte ${format.number(args.offset)}), die kein Programm anzeigt, weil sie nicht zur Seitenfolge ${args.count === 1 ? 'gehört' : 'gehören'}.`,
      en: (args, format) =>
        `The file holds ${args.count === 1 ? 'a further page' : `${format.number(args.count)} further pages`} (from byte ${format.number(args.offset)}) that no program shows, because ${args.count === 1 ? 'it does' : 'they do'} not belong to the sequence of pages.`,
    },
    remedy: redeliver,
    reference: 'TIFF 6.0, section 2, Image File Directory',
  }),
  'tiff.page-total-differs': finding<{ readonly stated: number; readonly counted: number }>({
    severity: 'warning',
    title: { de: 'Andere Gesamtzahl der Seiten genannt', en: 'Another total of pages stated' },
    message: {
      de: ({ stated, counted }, format) =>
        `Die Seiten nennen eine Gesamtzahl von ${format.number(stated)}, gezählt sind ${format.number(counted)}.`,
      en: ({ stated, counted }, format) =>
        `The pages state a total of ${format.number(stated)}, counted are ${format.number(counted)}.`,
    },
    remedy: {
      de: 'Seitenzahl mit dem Original vergleichen; bei aufgeteilten oder zusammengefügten Dateien das Feld PageNumber berichtigen.',
      en: 'Compare the page count with the original; correct the field PageNumber of files that were split or joined.',
    },
    reference: 'TIFF 6.0, section 12, PageNumber',
  }),
  'tiff.zeros-behind': finding<OffsetArgs>({
    severity: 'warning',
    title: { de: 'Leere Bytes hinter der letzten Seite', en: 'Empty bytes behind the last page' },
    message: {
      de: ({ offset }, format) =>
        `Ab Byte ${format.number(offset)} folgen hinter der letzten Seite Nullen, die zu keiner Seite gehören; hier können Seiten verloren gegangen sein.`,
      en: ({ offset }, format) =>
        `From byte ${format.number(offset)} zeros that belong to no page follow the last page; pages may have been lost here.`,
    },
    remedy: {
      de: 'Seitenzahl mit dem Original vergleichen; wurde die Übertragung unterbrochen, Datei erneut liefern.',
      en: 'Compare the page count with the original; if the transfer was broken off, redeliver the file.',
    },
  }),
  'tiff.unsearched-bytes': finding<{ readonly bytes: number }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Große ungenutzte Bereiche', en: 'Large unused parts' },
    message: {
      de: ({ bytes }, format) =>
        `In der Datei liegen ${format.bytes(bytes)}, die zu keiner Seite gehören und nicht mehr durchsucht wurden; darin können Seiten verborgen sein.`,
      en: ({ bytes }, format) =>
        `The file holds ${format.bytes(bytes)} that belong to no page and were not searched any more; pages may hide in them.`,
    },
    remedy: redeliver,
  }),
} as const;
