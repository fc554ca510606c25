import type { FileFacts } from '../inspection/facts.ts';
import type { ColourClass, PageRun, PictureLayout } from '../inspection/page-facts.ts';
import type { PdfDetails } from '../inspection/pdf/details.ts';
import type { Format } from '../shared/format.ts';
import { type Language, type Text, text, verbatim } from '../shared/language.ts';
import type { Printer, TableColumn } from './printer.ts';

/** All facts of one file for people; its findings are told elsewhere. */
export function printFactSheet(printer: Printer, path: string, facts: FileFacts): void {
  const { format, language } = printer;
  const unknown = text({ de: 'nicht feststellbar', en: 'cannot be told' });
  printer.pairs([
    [text({ de: 'Datei', en: 'file' }), path],
    [text({ de: 'Format', en: 'format' }), facts.format],
    [text({ de: 'Seiten', en: 'pages' }), facts.pages === null ? unknown[language] : format.number(facts.pages)],
    [text({ de: 'Größe', en: 'size' }), format.bytes(facts.size)],
    [verbatim('SHA-256'), facts.digests.sha256],
    ...(facts.format === 'pdf' ? pdfPairs(facts.details as Partial<PdfDetails>, language, format) : []),
  ]);
  printPages(printer, facts.details.pages);
}

type Pair = readonly [Text, string];

const crossReferences: Readonly<Record<PdfDetails['crossReference'], Text>> = {
  table: text({ de: 'Tabelle', en: 'table' }),
  stream: text({ de: 'Datenstrom', en: 'stream' }),
  hybrid: text({ de: 'Tabelle und Datenstrom', en: 'table and stream' }),
  rebuilt: text({ de: 'aus den Objekten wiederhergestellt', en: 'rebuilt from the objects' }),
};

function pdfPairs(details: Partial<PdfDetails>, language: Language, format: Format): Pair[] {
  const { document, encryption } = details;
  const yes = text({ de: 'ja', en: 'yes' })[language];
  const optional = (name: Text, value: string | null | undefined | false): Pair[] => (value ? [[name, value]] : []);
  const count = (value: number | undefined) => value !== undefined && value > 0 && format.number(value);
  const pdfa = document?.pdfa;
  return [
    ...optional(text({ de: 'PDF-Version', en: 'PDF version' }), details.version),
    ...optional(
      text({ de: 'bezeichnet sich als', en: 'claims to be' }),
      pdfa && `PDF/A-${pdfa.part}${pdfa.conformance?.toLowerCase() ?? ''}`,
    ),
    ...optional(text({ de: 'Titel', en: 'title' }), document?.info.title ?? document?.xmp?.title),
    ...optional(text({ de: 'erzeugt von', en: 'produced by' }), document?.info.producer ?? document?.xmp?.producer),
    ...optional(text({ de: 'erzeugt am', en: 'created' }), document?.info.created ?? document?.xmp?.created),
    ...optional(
      text({ de: 'Verschlüsselung', en: 'encryption' }),
      encryption && `${encryption.handler} ${encryption.method} ${encryption.keyBits || ''}`,
    ),
    ...optional(
      text({ de: 'Querverweise', en: 'cross-reference' }),
      details.crossReference && crossReferences[details.crossReference][language],
    ),
    ...optional(text({ de: 'Nachträge', en: 'updates' }), count(details.updates ?? 0)),
    ...optional(text({ de: 'linearisiert', en: 'linearised' }), details.linearised && yes),
    ...optional(text({ de: 'Anlagen', en: 'attachments' }), count(document?.attachments)),
    ...optional(text({ de: 'Formularfelder', en: 'form fields' }), count(document?.form?.fields)),
    ...optional(text({ de: 'Signaturen', en: 'signatures' }), count(document?.signatures.length)),
    ...optional(text({ de: 'Schriften fehlen', en: 'fonts missing' }), document?.fonts.notEmbedded.join(', ')),
  ];
}

/** Runs of pages that are shown; more belong into a file. */
const mostRuns = 40;

const layouts: Readonly<Record<PictureLayout, Text>> = {
  none: text({ de: 'ohne Bild', en: 'no picture' }),
  single: text({ de: 'ein Bild', en: 'one picture' }),
  mrc: text({ de: 'Schichten (MRC)', en: 'layers (MRC)' }),
  tiles: text({ de: 'ein Bild in Teilen', en: 'one picture in parts' }),
  several: text({ de: 'mehrere Bilder', en: 'several pictures' }),
};
const colours: Readonly<Record<ColourClass, Text>> = {
  bw: text({ de: 'schwarz-weiß', en: 'black and white' }),
  grey: text({ de: 'Graustufen', en: 'grey' }),
  colour: text({ de: 'Farbe', en: 'colour' }),
};

function columns(language: Language): readonly TableColumn<PageRun>[] {
  const say = (words: Text | undefined) => words?.[language] ?? '';
  return [
    {
      title: text({ de: 'Seiten', en: 'pages' }),
      value: ({ first, last }, format) =>
        first === last ? format.number(first) : `${format.number(first)}–${format.number(last)}`,
      align: 'right',
    },
    {
      title: text({ de: 'Größe (mm)', en: 'size (mm)' }),
      value: ({ widthMm, heightMm }, format) =>
        widthMm === null || heightMm === null ? '?' : `${format.number(widthMm)} × ${format.number(heightMm)}`,
    },
    { title: text({ de: 'Klasse', en: 'class' }), value: ({ sizeClass }) => sizeClass ?? '?' },
    {
      title: verbatim('dpi'),
      value: ({ dpi }, format) => dpi?.map((value) => format.number(value)).join(' × ') ?? '',
      align: 'right',
    },
    {
      title: text({ de: 'Farbe', en: 'colour' }),
      value: ({ colour }) => say(colour === null ? undefined : colours[colour]),
    },
    { title: text({ de: 'Aufbau', en: 'layout' }), value: ({ layout }) => say(layouts[layout]) },
    {
      title: text({ de: 'Kompression', en: 'compression' }),
      value: ({ images }) => [...new Set(images.map(({ filters }) => filters.join('+')))].join(', '),
      shrinks: true,
    },
    {
      title: text({ de: 'Zeichen (unsichtbar)', en: 'characters (invisible)' }),
      value: ({ text: { visible, invisible } }, format) => `${format.number(visible)} (${format.number(invisible)})`,
      align: 'right',
    },
  ];
}

function printPages(printer: Printer, pages: unknown): void {
  const runs = Array.isArray(pages) ? pages.filter(isPageRun) : [];
  if (runs.length === 0) return;
  printer.line();
  printer.table(runs.slice(0, mostRuns), columns(printer.language));
  const rest = runs.length - mostRuns;
  if (rest > 0) {
    printer.line(
      text({
        de: (f) => `… und ${f.counted(rest, 'weitere Zeile', 'weitere Zeilen')}; alle mit --json`,
        en: (f) => `… and ${f.counted(rest, 'more line', 'more lines')}; all of them with --json`,
      }),
      'quiet',
    );
  }
}

/** Formats that do not describe their pages in the common form are told by their count alone. */
function isPageRun(run: unknown): run is PageRun {
  return typeof run === 'object' && run !== null && 'layout' in run && 'text' in run;
}
