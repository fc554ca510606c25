import { type Finding, messageOf, remedyOf, titleOf } from '../../findings/finding.ts';
import { type Findings, FindingsAt } from '../../findings/findings.ts';
import type { Block, DocumentTable } from '../../reporting/document/model.ts';
import { IntColumn } from '../../shared/columns/numbers.ts';
import { formats } from '../../shared/format.ts';
import { type Language, type Text, text } from '../../shared/language.ts';
import { groupFindings } from '../finding-groups.ts';
import { placeWords } from './words.ts';

const examplesShown = 3;

const titles = {
  number: text({ de: 'Nr.', en: 'No.' }),
  defect: text({ de: 'Mangel', en: 'Defect' }),
  count: text({ de: 'Anzahl', en: 'Count' }),
  examples: text({ de: 'Fundstellen (Beispiele)', en: 'Where (examples)' }),
  remedy: text({ de: 'Was zu tun ist', en: 'What to do' }),
  reference: text({ de: 'Aktenzeichen', en: 'File reference' }),
  path: text({ de: 'Datei', en: 'File' }),
  row: text({ de: 'Zeile', en: 'Row' }),
  page: text({ de: 'Seite', en: 'Page' }),
  description: text({ de: 'Beschreibung', en: 'Description' }),
} as const satisfies Record<string, Text>;

/** The kinds of defects in one table: count, first places, remedy. Numbered as in the list. */
export function defectSummary(findings: Findings, language: Language): DocumentTable {
  const format = formats[language];
  return {
    kind: 'table',
    columns: [
      { title: titles.number[language], share: 5 },
      { title: titles.defect[language], share: 23 },
      { title: titles.count[language], share: 10, align: 'right' },
      { title: titles.examples[language], share: 31 },
      { title: titles.remedy[language], share: 31 },
    ],
    rows: groupFindings(findings, { by: 'code', examples: examplesShown }).map(({ code, count, examples }, index) => {
      const places = examples.map((finding) => placeOf(finding, language));
      const more = count > examples.length ? ['…'] : [];
      return [
        String(index + 1),
        titleOf(code, language),
        format.number(count),
        [...places, ...more].join('; '),
        remedyOf(code, language),
      ];
    }),
  };
}

/** Every defect in a line, one table for each kind. */
export function defectList(findings: Findings, language: Language): Block[] {
  const kinds = placesByKind(findings);
  const groups = groupFindings(findings, { by: 'code', examples: 0 });
  return groups.flatMap(({ code, severity, count }, index): Block[] => [
    {
      kind: 'heading',
      words: `${index + 1}. ${titleOf(code, language)} (${formats[language].number(count)} × ${code})`,
    },
    { kind: 'paragraph', words: remedyOf(code, language), style: 'quiet' },
    listTable(new FindingsAt(findings, kinds.get(`${severity} ${code}`) ?? new IntColumn()), index + 1, language),
  ]);
}

/** Where the findings of each severity and code stand in their list. */
function placesByKind(findings: Findings): Map<string, IntColumn> {
  const places = new Map<string, IntColumn>();
  let place = 0;
  for (const { severity, code } of findings) {
    const key = `${severity} ${code}`;
    const known = places.get(key) ?? new IntColumn();
    known.push(place);
    places.set(key, known);
    place += 1;
  }
  return places;
}

function listTable(findings: Findings, group: number, language: Language): DocumentTable {
  return {
    kind: 'table',
    columns: [
      { title: titles.number[language], share: 8 },
      { title: titles.reference[language], share: 15 },
      { title: titles.path[language], share: 29 },
      { title: titles.row[language], share: 6, align: 'right' },
      { title: titles.page[language], share: 6, align: 'right' },
      { title: titles.description[language], share: 36 },
    ],
    rows: {
      *[Symbol.iterator]() {
        let index = 0;
        for (const finding of findings) {
          index += 1;
          const { reference = '', path, row, page } = finding;
          const place = path === '' ? wholePackage[language] : path;
          const numbers = [row, page].map((number) => (number === undefined ? '' : String(number)));
          yield [`${group}.${index}`, reference, place, ...numbers, messageOf(finding, language)];
        }
      },
    },
  };
}

const wholePackage = text({ de: '(ganzes Paket)', en: '(whole package)' });

function placeOf(finding: Finding, language: Language): string {
  return placeWords(finding, language) || (finding.reference ?? wholePackage[language]);
}
