import { requireLot } from '../../contract/store.ts';
import { batchStates } from '../../reconciliation/batch-state.ts';
import { ledgerTotals } from '../../reconciliation/totals.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { value } from '../options.ts';

export default defineCommand({
  name: 'batch list',
  summary: text({ de: 'Chargen mit Umfang und Stand', en: 'batches with extent and state' }),
  examples: ['scanlot batch list', 'scanlot batch list --lot L1 --json'],
  workspace: 'read',
  options: { lot: value('LOT', text({ de: 'nur dieses Los', en: 'this lot only' })) },
  output: {
    schema: 'batch-list-1',
    members: {
      batches:
        'key, order, lot, contract, handedOverOn, files, boxes, expectedSheets, state (prepared, handed-over, delivered, rejected, partly-accepted, accepted, complained, imported), rounds, counts as in reconcile-1',
    },
  },
  run: async ({ workspace }, { lot }) => {
    const only = lot === undefined ? undefined : await requireLot(workspace.db, lot);
    const all = (await ledgerTotals(workspace.db)).batches;
    const batches = all.filter((row) => !only || (row.lot === only.key && row.contract === only.contract.number));
    return {
      data: {
        batches: batches.map(
          ({ key, order, lot, contract, handedOverOn, boxes, expectedSheets, state, rounds, counts }) => ({
            key,
            order,
            lot,
            contract,
            handedOverOn,
            files: counts.pickedUpFiles,
            boxes,
            expectedSheets,
            state,
            rounds,
            counts,
          }),
        ),
      },
      render: (printer) =>
        printer.table(batches, [
          { title: text({ de: 'Charge', en: 'batch' }), value: (row) => row.key },
          { title: text({ de: 'Abruf', en: 'order' }), value: (row) => row.order },
          { title: text({ de: 'Los', en: 'lot' }), value: (row) => row.lot, shrinks: true },
          {
            title: text({ de: 'übergeben', en: 'handed over' }),
            value: (row, f) => (row.handedOverOn ? f.date(row.handedOverOn) : '–'),
          },
          {
            title: text({ de: 'Akten', en: 'files' }),
            value: (row, f) => f.number(row.counts.pickedUpFiles),
            align: 'right',
          },
          { title: text({ de: 'Kartons', en: 'boxes' }), value: (row, f) => f.number(row.boxes), align: 'right' },
          {
            title: text({ de: 'Blatt', en: 'sheets' }),
            value: (row, f) => f.number(row.expectedSheets),
            align: 'right',
          },
          { title: text({ de: 'Lieferungen', en: 'rounds' }), value: (row, f) => f.number(row.rounds), align: 'right' },
          { title: text({ de: 'Stand', en: 'state' }), value: (row) => batchStates[row.state][printer.language] },
        ]),
    };
  },
});
