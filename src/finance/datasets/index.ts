import type { Dataset, Field } from '../../reporting/definition/dataset.ts';
import type { ReportBooks } from '../report-books.ts';
import { acceptanceFields, acceptances } from './acceptances.ts';
import { budgetLineFields, budgetLines, forecastFields, forecastLines, yearFields, years } from './budget-lines.ts';
import { entries, entryFields } from './entries.ts';
import { fundingFields, fundings, sharing, sharingFields } from './funding.ts';
import { holdingFields, holdings } from './holdings.ts';
import { lotFields, lots } from './lots.ts';
import { openItemFields, openItems } from './open-items.ts';
import { postingFields, postings } from './postings.ts';
import { authorities, authorityFields, yearEnd, yearEndFields } from './year-end.ts';

interface DatasetSource {
  /** What a row of it is, in English; it is documentation. */
  readonly row: string;
  readonly fields: Readonly<Record<string, Field>>;
  rows(books: ReportBooks): Dataset;
}

/** The datasets that report definitions can name. */
export const datasetSources: Readonly<Record<string, DatasetSource>> = {
  entries: { row: 'an amount and the stage that it is in', fields: entryFields, rows: entries },
  acceptances: { row: 'an acceptance or opening balance', fields: acceptanceFields, rows: acceptances },
  lots: { row: 'a contract or a lot, over its whole term', fields: lotFields, rows: lots },
  'open-items': { row: 'a delivery, acceptance or invoice that waits', fields: openItemFields, rows: openItems },
  'budget-lines': { row: 'a budget line with its stages', fields: budgetLineFields, rows: budgetLines },
  'budget-forecast': {
    row: 'a budget line of one year with its forecast',
    fields: forecastFields,
    rows: forecastLines,
  },
  years: { row: 'a year and account beside the year before', fields: yearFields, rows: years },
  'year-end': { row: 'a budget line at the end of its year', fields: yearEndFields, rows: yearEnd },
  authorities: { row: 'an authority to order for a later year', fields: authorityFields, rows: authorities },
  fundings: { row: 'a grant in a year', fields: fundingFields, rows: fundings },
  sharing: { row: "a department's part of a shared account in a year", fields: sharingFields, rows: sharing },
  holdings: { row: 'a holding on the shelf', fields: holdingFields, rows: holdings },
  postings: { row: 'what an approved invoice charges to a budget line', fields: postingFields, rows: postings },
};
