import { text } from '../shared/language.ts';
import type { Cents } from '../shared/money.ts';
import { type CellParser, moneyCell, textCell, wholeNumberCell } from '../shared/tables/cell-parsers.ts';
import { optional, required } from '../shared/tables/columns.ts';

/** Spreadsheets take "12210.527100" for a number and drop its last zeros: another account. */
const codeCell: CellParser<string> = (cell) => {
  if (typeof cell !== 'number' || Number.isInteger(cell)) return textCell(cell);
  return {
    expected: text({
      de: 'ein Text; als Zahl gespeichert gehen Nullen am Ende verloren (Zelle als Text formatieren und neu eingeben)',
      en: 'a text; stored as a number, zeros at its end are lost (format the cell as text and enter it again)',
    }),
  };
};

const amountCell: CellParser<Cents> = (cell) => {
  const parsed = moneyCell(cell);
  if (!('value' in parsed) || parsed.value >= 0) return parsed;
  return { expected: text({ de: 'ein Betrag ab 0,00', en: 'an amount from 0.00' }) };
};

const yearNumber = wholeNumberCell({ min: 1990, max: 2099 });
const yearCell: CellParser<number> = (cell) => {
  const parsed = yearNumber(cell);
  return 'value' in parsed ? parsed : { expected: text({ de: 'ein Jahr wie 2021', en: 'a year such as 2021' }) };
};

/** The columns of a list of budget lines, as finance systems export it. */
export const budgetColumns = {
  fiscalYear: required(
    ['Haushaltsjahr', 'Jahr', 'HHJ', 'Geschäftsjahr', 'fiscal year', 'budget year', 'year'],
    yearCell,
  ),
  account: required(
    [
      'Produktsachkonto',
      'PSK',
      'Konto',
      'Sachkonto',
      'Buchungsstelle',
      'Haushaltsstelle',
      'account',
      'budget account',
      'account number',
    ],
    codeCell,
  ),
  costCentre: required(['Kostenstelle', 'KSt', 'cost centre', 'cost center'], codeCell),
  department: required(
    [
      'Amt',
      'Fachamt',
      'Fachbereich',
      'Dienststelle',
      'Abteilung',
      'Organisationseinheit',
      'Bewirtschafter',
      'department',
      'office',
    ],
    textCell,
  ),
  title: optional(['Bezeichnung', 'Titel', 'Zweck', 'Text', 'title', 'purpose', 'description', 'name'], textCell),
  appropriation: required(
    ['Ansatz', 'Haushaltsansatz', 'Planansatz', 'Planwert', 'Betrag', 'appropriation', 'budget', 'amount'],
    amountCell,
  ),
  carryOver: optional(
    [
      'Ermächtigungsübertragung',
      'Ermächtigungsübertragungen',
      'Übertragung',
      'Übertrag',
      'Haushaltsrest',
      'Haushaltsausgaberest',
      'Rest aus Vorjahr',
      'carry-over',
      'carried over',
    ],
    amountCell,
  ),
};
