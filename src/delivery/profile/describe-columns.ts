import { describeRule } from '../../findings/catalogue/row-rule.ts';
import type { PlainSection } from '../../reporting/plain-document.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import { type DomainField, isDomainField } from '../columns.ts';
import type { FieldType } from '../field-types.ts';
import type { LoadedProfile } from '../profile.ts';

const meanings: Readonly<Record<DomainField, Text>> = {
  path: text({ de: 'Pfad der Datei im Paket', en: 'path of the file in the package' }),
  reference: text({ de: 'Aktenzeichen', en: 'file reference' }),
  volume: text({ de: 'Band', en: 'volume' }),
  title: text({ de: 'Betreff', en: 'title' }),
  box: text({ de: 'Karton', en: 'box' }),
  documentType: text({ de: 'Dokumentart', en: 'type of the document' }),
  date: text({ de: 'Datum des Dokuments', en: 'date of the document' }),
  sheets: text({ de: 'Blattzahl', en: 'sheets of paper' }),
  pages: text({ de: 'Seitenzahl', en: 'pages' }),
  removedBlanks: text({ de: 'entfernte Leerseiten', en: 'removed blank sides' }),
  md5: verbatim('MD5'),
  sha1: verbatim('SHA-1'),
  sha224: verbatim('SHA-224'),
  sha256: verbatim('SHA-256'),
  sha384: verbatim('SHA-384'),
  sha512: verbatim('SHA-512'),
};

const types: Readonly<Record<FieldType, Text>> = {
  text: text({ de: 'Text', en: 'text' }),
  integer: text({ de: 'ganze Zahl', en: 'whole number' }),
  decimal: text({ de: 'Zahl (1.234,50)', en: 'number (1.234,50)' }),
  date: text({ de: 'Datum (TT.MM.JJJJ oder JJJJ-MM-TT)', en: 'date (DD.MM.YYYY or YYYY-MM-DD)' }),
  'yes-no': text({ de: 'ja oder nein', en: 'yes or no (ja, nein)' }),
};

/** The columns of the manifest: what they hold, whether they must be there, what is allowed in them. */
export function describeColumns({ source, columns }: LoadedProfile): PlainSection | undefined {
  if (columns.length === 0) return undefined;
  const schema = typeof source.row === 'object' ? source.row : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = (schema.properties ?? {}) as Readonly<Record<string, unknown>>;
  const rows = columns.map(({ field, column, optional, type }) => [
    verbatim(column),
    meaningOf(field, source.manifest?.rows === 'file'),
    types[type],
    optional ? no : yes,
    required.includes(field) || field === 'path' ? yes : no,
    demands(properties[field]),
  ]);
  return {
    title: text({ de: 'Spalten der Begleitliste', en: 'Columns of the manifest' }),
    table: {
      columns: [
        text({ de: 'Spalte', en: 'column' }),
        text({ de: 'Bedeutung', en: 'meaning' }),
        text({ de: 'Art', en: 'kind' }),
        text({ de: 'Spalte Pflicht', en: 'column required' }),
        text({ de: 'Angabe Pflicht', en: 'value required' }),
        text({ de: 'Zulässig', en: 'allowed' }),
      ],
      rows,
    },
  };
}

function meaningOf(field: string, ofFile: boolean): Text {
  if (field === 'path' && ofFile)
    return text({ de: 'Ordner der Akte im Paket', en: 'folder of the file in the package' });
  return isDomainField(field) ? meanings[field] : verbatim(field);
}

const yes = text({ de: 'ja', en: 'yes' });
const no = text({ de: 'nein', en: 'no' });

/** The keywords of a property's schema in words; those that say nothing to people are left out. */
function demands(schema: unknown): Text {
  if (typeof schema !== 'object' || schema === null) return verbatim('');
  const silent = new Set(['type', 'title', 'description', 'examples', '$comment', 'default']);
  const parts = Object.entries(schema)
    .filter(([keyword]) => !silent.has(keyword))
    .map(([rule, limit]) => describeRule({ rule, limit: limitText(limit) }));
  return text({ de: parts.map(({ de }) => de).join('; '), en: parts.map(({ en }) => en).join('; ') });
}

function limitText(limit: unknown): string {
  if (Array.isArray(limit)) return limit.join(', ');
  return typeof limit === 'string' ? limit : JSON.stringify(limit);
}
