import type { ReportTable } from '../../reporting/model.ts';
import { yearOf } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { budgetFields } from '../budget-line.ts';
import type { Costs } from './costs.ts';
import { knownFiles } from './unit-cost-tables.ts';

/** Call-offs under which more may come. */
export function commitmentTable({ commitments, lots }: Costs): ReportTable {
  const keys = new Map(lots.map(({ id, key }) => [id, key]));
  return {
    key: 'commitments',
    title: text({ de: 'Offene Abrufe', en: 'Open call-offs' }),
    columns: [
      { key: 'callOff', title: text({ de: 'Abruf', en: 'Call-off' }), type: 'text' },
      { key: 'lot', title: text({ de: 'Los', en: 'Lot' }), type: 'text' },
      { key: 'department', title: budgetFields.department, type: 'text' },
      { key: 'orderedOn', title: text({ de: 'Vom', en: 'Of' }), type: 'date' },
      { key: 'year', title: text({ de: 'Jahr', en: 'Year' }), type: 'year' },
      { key: 'account', title: text({ de: 'Konto', en: 'Account' }), type: 'text' },
      { key: 'costCentre', title: budgetFields.costCentre, type: 'text' },
      { key: 'ordered', title: text({ de: 'Abgerufen', en: 'Ordered' }), type: 'money' },
      { key: 'accepted', title: text({ de: 'davon abgenommen', en: 'of it accepted' }), type: 'money' },
      { key: 'open', title: text({ de: 'Gebunden', en: 'Committed' }), type: 'money' },
    ],
    rows: commitments
      .filter(({ callOff }) => callOff.closedOn === null)
      .map(({ callOff, accepted, open }) => ({
        callOff: callOff.number,
        lot: keys.get(callOff.lotId) ?? null,
        department: callOff.department,
        orderedOn: callOff.orderedOn,
        year: callOff.fiscalYear,
        account: callOff.account,
        costCentre: callOff.costCentre,
        ordered: callOff.gross,
        accepted,
        open,
      })),
  };
}

const kinds = {
  acceptance: text({ de: 'Abnahme', en: 'Acceptance' }),
  opening: text({ de: 'Anfangsbestand', en: 'Opening balance' }),
};

/** Every acceptance and opening balance, by date of performance. */
export function movementTable({ services }: Costs): ReportTable {
  return {
    key: 'movements',
    title: text({ de: 'Bewegungen', en: 'Movements' }),
    listing: true,
    columns: [
      { key: 'performedOn', title: text({ de: 'Leistungstag', en: 'Performed' }), type: 'date' },
      { key: 'decidedOn', title: text({ de: 'Abnahme am', en: 'Decided' }), type: 'date' },
      { key: 'kind', title: text({ de: 'Art', en: 'Kind' }), type: 'text' },
      { key: 'contract', title: text({ de: 'Vertrag', en: 'Contract' }), type: 'text' },
      { key: 'lot', title: text({ de: 'Los', en: 'Lot' }), type: 'text' },
      { key: 'department', title: budgetFields.department, type: 'text' },
      { key: 'callOff', title: text({ de: 'Abruf', en: 'Call-off' }), type: 'text' },
      { key: 'batch', title: text({ de: 'Charge', en: 'Batch' }), type: 'text' },
      { key: 'round', title: text({ de: 'Lieferung', en: 'Round' }), type: 'count', total: 'none' },
      { key: 'pages', title: text({ de: 'Seiten', en: 'Pages' }), type: 'count' },
      { key: 'files', title: text({ de: 'Akten', en: 'Files' }), type: 'count' },
      { key: 'documents', title: text({ de: 'Dokumente', en: 'Documents' }), type: 'count' },
      { key: 'net', title: text({ de: 'Netto', en: 'Net' }), type: 'money' },
      { key: 'vatRate', title: text({ de: 'USt-Satz', en: 'VAT rate' }), type: 'percent' },
      { key: 'vat', title: text({ de: 'USt', en: 'VAT' }), type: 'money' },
      { key: 'gross', title: text({ de: 'Brutto', en: 'Gross' }), type: 'money' },
      { key: 'account', title: text({ de: 'Konto', en: 'Account' }), type: 'text' },
      { key: 'costCentre', title: budgetFields.costCentre, type: 'text' },
      { key: 'year', title: text({ de: 'Haushaltsjahr', en: 'Fiscal year' }), type: 'year' },
      { key: 'source', title: text({ de: 'Herkunft', en: 'Source' }), type: 'text' },
    ],
    rows: services.map((service) => ({
      performedOn: service.performedOn,
      kind: kinds[service.kind],
      contract: service.lot.contract.number,
      lot: service.lot.key,
      department: service.department,
      pages: service.pages,
      files: knownFiles(service),
      net: service.net,
      // Hundredths of a percent, in millionths of the whole.
      vatRate: service.vatRate * 100,
      vat: service.vat,
      gross: service.gross,
      account: service.account,
      costCentre: service.costCentre,
      year: yearOf(service.performedOn),
      ...(service.kind === 'opening'
        ? { source: service.source }
        : {
            decidedOn: service.decidedOn,
            callOff: service.callOff.number,
            batch: service.batch,
            round: service.round,
            documents: service.documents,
          }),
    })),
  };
}
