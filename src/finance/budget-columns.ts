import { text } from '../shared/language.ts';
import type { Cents } from '../shared/money.ts';
import { type CellParser, choiceCell, moneyCell, textCell, wholeNumberCell } from '../shared/tables/cell-parsers.ts';
import { type Column, optional, required } from '../shared/tables/columns.ts';
import type { Section, Transferable } from './budget-line.ts';

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
const budgetColumns = {
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
  section: optional(
    ['Haushalt', 'Haushaltsteil', 'Ergebnis-/Finanzhaushalt', 'budget section', 'section'],
    choiceCell<Section>({
      result: ['Ergebnishaushalt', 'Ergebnis', 'EHH', 'ErgHH'],
      finance: ['Finanzhaushalt', 'Finanz', 'Investition', 'FHH', 'FinHH'],
    }),
  ),
  transferable: optional(
    ['Übertragbarkeit', 'übertragbar', 'transferable'],
    choiceCell<Transferable>({
      none: ['nein', 'nicht', 'no'],
      committed: ['gebunden', 'gebundene Mittel', 'teilweise'],
      all: ['ja', 'alles', 'voll', 'yes'],
    }),
  ),
};

export type BudgetColumn = keyof typeof budgetColumns;

export function isBudgetColumn(name: string): name is BudgetColumn {
  return Object.hasOwn(budgetColumns, name);
}

/**
 * The columns under the headings of a county's own finance system.
 * @param headings by member; only that heading is then recognised for it
 * @param isYearKnown whether the year need not be a column
 */
export function columnsWith(headings: ReadonlyMap<BudgetColumn, string>, isYearKnown: boolean) {
  const own = <Value, Required extends boolean>(name: BudgetColumn, column: Column<Value, Required>) => {
    const heading = headings.get(name);
    return heading === undefined ? column : { ...column, aliases: [heading] as const };
  };
  const { fiscalYear } = budgetColumns;
  return {
    fiscalYear: own('fiscalYear', isYearKnown ? optional(fiscalYear.aliases, fiscalYear.parse) : fiscalYear),
    account: own('account', budgetColumns.account),
    costCentre: own('costCentre', budgetColumns.costCentre),
    department: own('department', budgetColumns.department),
    title: own('title', budgetColumns.title),
    appropriation: own('appropriation', budgetColumns.appropriation),
    carryOver: own('carryOver', budgetColumns.carryOver),
    section: own('section', budgetColumns.section),
    transferable: own('transferable', budgetColumns.transferable),
  };
}
