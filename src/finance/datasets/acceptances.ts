import type { Dataset } from '../../reporting/definition/dataset.ts';
import type { Cell } from '../../reporting/model.ts';
import { yearOf } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import type { ReportBooks } from '../report-books.ts';
import { entryFields, lotValues } from './entries.ts';
import { common, field } from './fields.ts';
import { ofService } from './origins.ts';

const kinds = {
  acceptance: text({ de: 'Abnahme', en: 'Acceptance' }),
  opening: text({ de: 'Anfangsbestand', en: 'Opening balance' }),
};

const { stage: _stage, stageName: _stageName, invoice: _invoice, ...services } = entryFields;

/** What was accepted: one row for each acceptance and opening balance. */
export function acceptances(books: ReportBooks): Dataset {
  return {
    fields: acceptanceFields,
    rows: books.services.map((service) => {
      const { performedOn, account, costCentre, department, pages, files, millimetres, net, vat, gross } = service;
      const delivered: Record<string, Cell> =
        service.kind === 'acceptance'
          ? {
              callOff: service.callOff.number,
              batch: service.batch,
              round: service.round,
              documents: service.documents,
            }
          : {};
      return {
        values: {
          kind: service.kind,
          kindName: kinds[service.kind],
          ...lotValues(books, service.lot),
          ...delivered,
          day: performedOn,
          month: performedOn.slice(0, 7),
          year: yearOf(performedOn),
          account,
          costCentre,
          department,
          pages,
          files: files > 0 ? files : null,
          millimetres,
          hasFiles: files > 0 ? 'yes' : 'no',
          hasLength: millimetres !== null && millimetres > 0 ? 'yes' : 'no',
          net,
          vat,
          gross,
        },
        origins: [ofService(service)],
      };
    }),
  };
}

export const acceptanceFields = {
  kind: field('text', 'Art (Schlüssel)', 'Kind (key)'),
  kindName: field('text', 'Art', 'Kind'),
  ...services,
  documents: field('count', 'Dokumente', 'Documents'),
  hasFiles: field('text', 'Zahl der Akten bekannt', 'Number of files known'),
  hasLength: field('text', 'Länge bekannt', 'Length known'),
  vat: common.vat,
} as const;
