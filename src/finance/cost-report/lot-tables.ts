import type { ReportTable, Row } from '../../reporting/model.ts';
import { text } from '../../shared/language.ts';
import type { Usage } from '../consumption.ts';
import type { FinanceContract, Limits } from '../store.ts';
import type { Costs } from './costs.ts';
import { sumOf } from './sums.ts';

/** Ordered and accepted by lot, within the selection. */
export function lotTable({ lots, services, commitments }: Costs): ReportTable {
  return {
    key: 'lots',
    title: text({ de: 'Leistungen nach Losen', en: 'Services by lot' }),
    shortTitle: text({ de: 'Lose', en: 'Lots' }),
    columns: [
      { key: 'contract', title: text({ de: 'Vertrag', en: 'Contract' }), type: 'text' },
      { key: 'lot', title: text({ de: 'Los', en: 'Lot' }), type: 'text' },
      { key: 'title', title: text({ de: 'Bezeichnung', en: 'Title' }), type: 'text' },
      { key: 'department', title: text({ de: 'Amt', en: 'Department' }), type: 'text' },
      { key: 'orderedPages', title: text({ de: 'Seiten abgerufen', en: 'Pages ordered' }), type: 'count' },
      { key: 'acceptedPages', title: text({ de: 'Seiten abgenommen', en: 'Pages accepted' }), type: 'count' },
      { key: 'orderedGross', title: text({ de: 'Abgerufen brutto', en: 'Ordered gross' }), type: 'money' },
      { key: 'acceptedNet', title: text({ de: 'Abgenommen netto', en: 'Accepted net' }), type: 'money' },
      { key: 'acceptedGross', title: text({ de: 'Abgenommen brutto', en: 'Accepted gross' }), type: 'money' },
    ],
    rows: lots.map((lot) => {
      const ordered = commitments.filter(({ callOff }) => callOff.lotId === lot.id);
      const accepted = services.filter((service) => service.lot.id === lot.id);
      return {
        contract: lot.contract.number,
        lot: lot.key,
        title: lot.title,
        department: lot.department,
        orderedPages: sumOf(ordered, ({ callOff }) => callOff.pages),
        acceptedPages: sumOf(accepted, ({ pages }) => pages),
        orderedGross: sumOf(ordered, ({ callOff }) => callOff.gross),
        acceptedNet: sumOf(accepted, ({ net }) => net),
        acceptedGross: sumOf(accepted, ({ gross }) => gross),
      };
    }),
  };
}

const basisNames = {
  net: text({ de: 'netto', en: 'net' }),
  gross: text({ de: 'brutto', en: 'gross' }),
};

/** What counts against estimates and maxima over the whole term: each contract, then its lots. */
export function limitTable({ lots, consumption }: Costs): ReportTable {
  const contracts = [...new Set(lots.map(({ contract }) => contract.id))];
  return {
    key: 'limits',
    title: text({ de: 'Ausschöpfung der Höchstwerte und Höchstmengen', en: 'Use of maximum values and quantities' }),
    shortTitle: text({ de: 'Höchstwerte', en: 'Maxima' }),
    totals: false,
    columns: [
      { key: 'contract', title: text({ de: 'Vertrag', en: 'Contract' }), type: 'text' },
      { key: 'lot', title: text({ de: 'Los', en: 'Lot' }), type: 'text' },
      { key: 'basis', title: text({ de: 'Werte', en: 'Values' }), type: 'text' },
      { key: 'estimate', title: text({ de: 'Schätzwert', en: 'Estimate' }), type: 'money' },
      { key: 'consumed', title: text({ de: 'Beansprucht', en: 'Consumed' }), type: 'money' },
      { key: 'maximum', title: text({ de: 'Höchstwert', en: 'Maximum' }), type: 'money' },
      {
        key: 'share',
        title: text({ de: 'vom Höchstwert', en: 'of the maximum' }),
        type: 'percent',
        formula: { ratio: ['consumed', 'maximum'] },
      },
      { key: 'consumedPages', title: text({ de: 'Seiten beansprucht', en: 'Pages consumed' }), type: 'count' },
      { key: 'maximumPages', title: text({ de: 'Höchstmenge Seiten', en: 'Maximum pages' }), type: 'count' },
      {
        key: 'sharePages',
        title: text({ de: 'der Höchstmenge', en: 'of these pages' }),
        type: 'percent',
        formula: { ratio: ['consumedPages', 'maximumPages'] },
      },
    ],
    rows: contracts.flatMap((id) => {
      const whole = consumption.contracts.get(id);
      if (!whole) return [];
      const { contract } = whole;
      const own = lots.filter((lot) => lot.contract.id === id);
      return [
        limitRow(contract, text({ de: 'gesamt', en: 'all lots' }), whole, null),
        ...own.flatMap((lot) => {
          const usage = consumption.lots.get(lot.id);
          return usage ? [limitRow(contract, lot.key, usage, usage.estimate)] : [];
        }),
      ];
    }),
  };
}

function limitRow(contract: FinanceContract, lot: Row[string], usage: Usage, estimate: Limits | null): Row {
  return {
    contract: contract.number,
    lot,
    basis: basisNames[contract.valueBasis],
    estimate: estimate?.value ?? null,
    consumed: usage.consumedValue,
    maximum: usage.maximum.value,
    consumedPages: usage.consumed.pages,
    maximumPages: usage.maximum.pages,
  };
}
