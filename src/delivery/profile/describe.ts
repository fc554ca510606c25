import { catalogue } from '../../findings/catalogue.ts';
import { isFindingCode, titleOf } from '../../findings/finding.ts';
import type { PlainDocument, PlainSection } from '../../reporting/plain-document.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import type { LoadedProfile } from '../profile.ts';
import { describeColumns } from './describe-columns.ts';
import { describeRules } from './describe-rules.ts';
import { describeTechnical } from './describe-technical.ts';

/** The profile as a document for people, fit to be attached to a tender. */
export function describeProfile(profile: LoadedProfile, lot?: string): PlainDocument {
  const { source, hash } = profile;
  const forLot = lot === undefined ? { de: '', en: '' } : { de: `, Los ${lot}`, en: `, lot ${lot}` };
  return {
    title: text({ de: `Lieferprofil: ${source.title}`, en: `Delivery profile: ${source.title}` }),
    subtitle: text({
      de: `${source.profile}, Fassung ${source.version}${forLot.de}; Prüfsumme des Profils (SHA-256): ${hash}`,
      en: `${source.profile}, version ${source.version}${forLot.en}; checksum of the profile (SHA-256): ${hash}`,
    }),
    sections: sections
      .map((describe) => describe(profile))
      .filter((section): section is PlainSection => section !== undefined),
  };
}

type Describe = (profile: LoadedProfile) => PlainSection | undefined;

const sections: readonly Describe[] = [
  purpose,
  layout,
  manifest,
  describeColumns,
  checksums,
  pages,
  describeTechnical,
  describeRules,
  lists,
  severities,
  limits,
];

function purpose({ source }: LoadedProfile): PlainSection {
  const general = text({
    de: 'Dieses Dokument beschreibt, wie eine Lieferung aufgebaut sein muss und woran sie geprüft wird. Auftraggeber und Auftragnehmer prüfen mit demselben Profil und demselben Programm und kommen so zum selben Ergebnis.',
    en: 'This document says how a delivery has to be made and by what it is checked. County and vendor check with the same profile and the same program, and so come to the same result.',
  });
  const own = source.description === undefined ? [] : [verbatim(source.description)];
  return { title: text({ de: 'Zweck', en: 'Purpose' }), paragraphs: [...own, general] };
}

function layout({ source }: LoadedProfile): PlainSection {
  const roles = {
    files: text({ de: 'Dokumente (Scans)', en: 'documents (scans)' }),
    manifests: text({ de: 'Begleitlisten', en: 'manifests' }),
    checksums: text({ de: 'Prüfsummendateien', en: 'checksum files' }),
    ignore: text({ de: 'dürfen beiliegen, werden nicht geprüft', en: 'may be there, are not checked' }),
  };
  const rows = (['files', 'manifests', 'checksums', 'ignore'] as const).flatMap((role) =>
    (source.layout[role] ?? []).map((pattern) => [roles[role], verbatim(pattern)]),
  );
  return {
    title: text({ de: 'Aufbau des Pakets', en: 'Layout of the package' }),
    paragraphs: [
      text({
        de: '* steht für beliebige Zeichen innerhalb eines Ordners, ** für beliebig viele Ordner, ? für ein Zeichen, {pdf,tif} für eines von mehreren; {aktenzeichen} ist ein Name, dessen Wert im Pfad steht. Groß- und Kleinschreibung ist gleich. Dateien, die zu keinem Muster passen, sind ein Mangel.',
        en: '* stands for anything within one folder, ** for any number of folders, ? for one character, {pdf,tif} for one of several; {reference} is a name whose value stands in the path. Letter case does not matter. A file that fits no pattern is a defect.',
      }),
    ],
    table: {
      columns: [text({ de: 'Was', en: 'what' }), text({ de: 'Pfad im Paket', en: 'path in the package' })],
      rows,
    },
  };
}

const rowMeanings = {
  document: text({ de: 'ein Dokument', en: 'one document' }),
  file: text({ de: 'eine Akte mit allen ihren Dokumenten', en: 'one file with all its documents' }),
} as const;

function manifest({ source }: LoadedProfile): PlainSection | undefined {
  if (!source.manifest) return undefined;
  const { format = 'auto', encoding = 'auto', delimiter = 'auto', sheet, rows: stands = 'document' } = source.manifest;
  const { headingRow } = source.manifest;
  const any = text({ de: 'wird erkannt', en: 'is recognised' });
  const form = (value: string) => (value === 'auto' ? any : verbatim(value === '\t' ? 'Tab' : value));
  const rows = [
    [text({ de: 'Eine Zeile steht für', en: 'a row stands for' }), rowMeanings[stands]],
    [text({ de: 'Format', en: 'format' }), form(format)],
    [text({ de: 'Zeichenkodierung', en: 'character encoding' }), form(encoding)],
    [text({ de: 'Trennzeichen', en: 'delimiter' }), form(delimiter)],
    ...(sheet === undefined ? [] : [[text({ de: 'Tabellenblatt', en: 'sheet' }), verbatim(sheet)]]),
    ...(headingRow === undefined
      ? []
      : [[text({ de: 'Überschriften in Zeile', en: 'headings in row' }), verbatim(String(headingRow))]]),
  ];
  return {
    title: text({ de: 'Form der Begleitliste', en: 'Form of the manifest' }),
    table: { columns: [text({ de: 'Merkmal', en: 'property' }), text({ de: 'Vereinbart', en: 'agreed' })], rows },
  };
}

function checksums({ source, checksumsRequired }: LoadedProfile): PlainSection {
  const algorithms = source.checksums?.algorithms?.join(', ');
  return {
    title: text({ de: 'Prüfsummen', en: 'Checksums' }),
    paragraphs: [
      checksumsRequired
        ? text({ de: 'Jedes Dokument muss eine Prüfsumme haben.', en: 'Every document must have a checksum.' })
        : text({ de: 'Prüfsummen sind nicht vorgeschrieben.', en: 'Checksums are not demanded.' }),
      algorithms === undefined
        ? text({
            de: 'Das Verfahren ist frei; MD5 und SHA-1 führen zu einer Warnung.',
            en: 'Any algorithm will do; MD5 and SHA-1 yield a warning.',
          })
        : text({ de: `Vereinbarte Verfahren: ${algorithms}.`, en: `Agreed algorithms: ${algorithms}.` }),
    ],
  };
}

function pages({ source }: LoadedProfile): PlainSection | undefined {
  const { declaredEqualsCounted = false, sheetsTimesTwo = false, tolerance = 0 } = source.pages ?? {};
  const paragraphs: Text[] = [];
  if (declaredEqualsCounted) {
    paragraphs.push(
      text({
        de: 'Die gemeldete Seitenzahl muss der im Dokument gezählten gleichen.',
        en: 'The declared pages must equal those counted in the document.',
      }),
    );
  }
  if (sheetsTimesTwo) {
    paragraphs.push(
      text({
        de: 'Blattzahl × 2 = Seiten + entfernte Leerseiten.',
        en: 'Sheets × 2 = pages + removed blank sides.',
      }),
    );
  }
  if (paragraphs.length === 0) return undefined;
  if (tolerance > 0) {
    paragraphs.push(
      text({
        de: `Abweichungen bis ${tolerance} Seiten je Dokument sind ein Hinweis, kein Fehler.`,
        en: `Differences of up to ${tolerance} pages a document are a note, no error.`,
      }),
    );
  }
  return { title: text({ de: 'Seitenzahlen', en: 'Page counts' }), paragraphs };
}

function lists({ source }: LoadedProfile): PlainSection | undefined {
  const rows = Object.entries(source.lists ?? {}).map(([name, list]) => {
    const where =
      'file' in list ? verbatim(list.file) : verbatim(list.rows.map((cells) => cells.join(' – ')).join('; '));
    return [verbatim(name), where, verbatim(list.description ?? '')];
  });
  if (rows.length === 0) return undefined;
  return {
    title: text({ de: 'Wertelisten', en: 'Reference lists' }),
    table: {
      columns: [
        text({ de: 'Liste', en: 'list' }),
        text({ de: 'Datei oder Werte', en: 'file or values' }),
        text({ de: 'Bemerkung', en: 'remark' }),
      ],
      rows,
    },
  };
}

const severityWords: Readonly<Record<string, Text>> = {
  error: text({ de: 'Fehler', en: 'error' }),
  warning: text({ de: 'Warnung', en: 'warning' }),
  note: text({ de: 'Hinweis', en: 'note' }),
};

function severities({ source }: LoadedProfile): PlainSection | undefined {
  const rows = Object.entries(source.severity ?? {}).flatMap(([code, value]) => {
    if (!isFindingCode(code)) return [];
    const severity = typeof value === 'string' ? value : value.severity;
    const reason = typeof value === 'string' ? '' : value.reason;
    const before = severityWords[catalogue[code].severity] ?? verbatim('');
    const title = text({ de: `${titleOf(code, 'de')} (${code})`, en: `${titleOf(code, 'en')} (${code})` });
    return [[title, before, severityWords[severity] ?? verbatim(severity), verbatim(reason)]];
  });
  if (rows.length === 0) return undefined;
  return {
    title: text({ de: 'Abweichend eingestufte Befunde', en: 'Findings of another severity' }),
    paragraphs: [
      text({
        de: 'Fehler: die Lieferung kann so nicht abgenommen werden. Warnung: ein Mensch muss hinsehen. Hinweis: der Vollständigkeit halber.',
        en: 'Error: the delivery cannot be accepted with it. Warning: a person has to look. Note: told for completeness.',
      }),
    ],
    table: {
      columns: [
        text({ de: 'Befund', en: 'finding' }),
        text({ de: 'sonst', en: 'otherwise' }),
        text({ de: 'hier', en: 'here' }),
        text({ de: 'Grund', en: 'reason' }),
      ],
      rows,
    },
  };
}

function limits({ limits: { files, rows }, source }: LoadedProfile): PlainSection {
  const size = source.files?.maximumBytes;
  const table = [
    [text({ de: 'Einträge im Paket', en: 'entries of the package' }), amount(files)],
    [text({ de: 'Zeilen der Begleitlisten', en: 'rows of the manifests' }), amount(rows)],
    ...(size === undefined ? [] : [[text({ de: 'Größe einer Datei', en: 'size of a file' }), bytes(size)]]),
  ];
  return {
    title: text({ de: 'Grenzen', en: 'Limits' }),
    table: { columns: [text({ de: 'Was', en: 'what' }), text({ de: 'höchstens', en: 'at most' })], rows: table },
  };
}

function amount(value: number): Text {
  return text({ de: (format) => format.number(value), en: (format) => format.number(value) });
}

function bytes(value: number): Text {
  return text({ de: (format) => format.bytes(value), en: (format) => format.bytes(value) });
}
