import { type Finding, messageOf, remedyOf, titleOf } from '../../findings/finding.ts';
import { text } from '../../shared/language.ts';
import type { CheckedItem } from '../items.ts';
import { severityWords, stateWords } from './words.ts';
import type { SheetColumn } from './xlsx-sheet.ts';

export const findingColumns: readonly SheetColumn<Finding>[] = [
  {
    title: text({ de: 'Schwere', en: 'Severity' }),
    type: 'text',
    width: 10,
    value: ({ severity }, { language }) => severityWords[severity][language],
  },
  { title: text({ de: 'Kennung', en: 'Code' }), type: 'text', width: 26, value: ({ code }) => code },
  {
    title: text({ de: 'Mangel', en: 'Defect' }),
    type: 'text',
    width: 30,
    wrapText: true,
    value: ({ code }, { language }) => titleOf(code, language),
  },
  {
    title: text({ de: 'Aktenzeichen', en: 'File reference' }),
    type: 'text',
    width: 20,
    value: ({ reference }) => reference,
  },
  { title: text({ de: 'Datei', en: 'File' }), type: 'text', width: 40, wrapText: true, value: ({ path }) => path },
  { title: text({ de: 'Zeile', en: 'Row' }), type: 'count', width: 9, value: ({ row }) => row },
  { title: text({ de: 'Seite', en: 'Page' }), type: 'count', width: 9, value: ({ page }) => page },
  {
    title: text({ de: 'Beschreibung', en: 'Description' }),
    type: 'text',
    width: 70,
    wrapText: true,
    value: (finding, { language }) => messageOf(finding, language),
  },
  {
    title: text({ de: 'Was zu tun ist', en: 'What to do' }),
    type: 'text',
    width: 60,
    wrapText: true,
    value: ({ code }, { language }) => remedyOf(code, language),
  },
];

export const itemColumns: readonly SheetColumn<CheckedItem>[] = [
  {
    title: text({ de: 'Ergebnis', en: 'Result' }),
    type: 'text',
    width: 13,
    value: ({ state }, { language }) => stateWords[state][language],
  },
  {
    title: text({ de: 'Aktenzeichen', en: 'File reference' }),
    type: 'text',
    width: 20,
    value: ({ reference }) => reference,
  },
  { title: text({ de: 'Band', en: 'Volume' }), type: 'text', width: 8, value: ({ volume }) => volume },
  { title: text({ de: 'Titel', en: 'Title' }), type: 'text', width: 28, value: ({ title }) => title },
  { title: text({ de: 'Karton', en: 'Box' }), type: 'text', width: 12, value: ({ box }) => box },
  { title: text({ de: 'Datei', en: 'File' }), type: 'text', width: 44, value: ({ path }) => path },
  { title: text({ de: 'Begleitliste', en: 'Manifest' }), type: 'text', width: 16, value: ({ manifest }) => manifest },
  { title: text({ de: 'Zeile', en: 'Row' }), type: 'count', width: 9, value: ({ row }) => row },
  {
    title: text({ de: 'Seiten gemeldet', en: 'Pages declared' }),
    type: 'count',
    width: 11,
    value: ({ declaredPages }) => declaredPages,
  },
  {
    title: text({ de: 'Seiten gezählt', en: 'Pages counted' }),
    type: 'count',
    width: 11,
    value: ({ facts }) => facts?.pages,
  },
  { title: text({ de: 'Blatt', en: 'Sheets' }), type: 'count', width: 9, value: ({ sheets }) => sheets },
  {
    title: text({ de: 'Leerseiten entfernt', en: 'Blanks removed' }),
    type: 'count',
    width: 12,
    value: ({ removedBlanks }) => removedBlanks,
  },
  { title: text({ de: 'Format', en: 'Format' }), type: 'text', width: 9, value: ({ facts }) => facts?.format },
  { title: text({ de: 'Bytes', en: 'Bytes' }), type: 'count', width: 15, value: ({ facts }) => facts?.size },
  { title: text({ de: 'SHA-256', en: 'SHA-256' }), type: 'text', width: 68, value: ({ facts }) => facts?.sha256 },
];
