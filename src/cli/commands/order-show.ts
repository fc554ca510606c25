import { showCallOff } from '../../finance/call-off-overview.ts';
import { text } from '../../shared/language.ts';
import { centsToDecimal, microsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { argument } from '../options.ts';

export default defineCommand({
  name: 'order show',
  summary: text({
    de: 'ein Abruf mit Positionen, Chargen und Stand',
    en: 'one call-off with positions, batches and state',
  }),
  examples: ['scanlot order show A-2021-001'],
  workspace: 'read',
  arguments: { number: argument('NUMBER', text({ de: 'Nummer des Abrufs', en: 'number of the call-off' })) },
  output: {
    schema: 'order-show-1',
    members: {
      order: 'as in order-list-1, with account, costCentre, fiscalYear, note',
      positions: 'position, unit, quantity, price, net',
      batches: 'keys of its batches',
    },
  },
  run: async ({ workspace }, { number }) => {
    const { order, positions, batches } = await showCallOff(workspace.db, number);
    return {
      data: {
        order: {
          ...order,
          gross: centsToDecimal(order.gross),
          acceptedGross: centsToDecimal(order.acceptedGross),
          openGross: centsToDecimal(order.openGross),
        },
        positions: positions.map((row) => ({
          position: row.position,
          unit: row.unit,
          quantity: row.quantity / 1000,
          price: microsToDecimal(row.price),
          net: centsToDecimal(row.net),
        })),
        batches,
      },
      render: (printer) => {
        const { format } = printer;
        printer.heading(text({ de: `Abruf ${order.number}`, en: `Call-off ${order.number}` }));
        printer.pairs([
          [text({ de: 'Los', en: 'lot' }), `${order.lot} (${order.department})`],
          [text({ de: 'Datum', en: 'date' }), format.date(order.orderedOn)],
          [text({ de: 'beendet', en: 'closed' }), order.closedOn ? format.date(order.closedOn) : '–'],
          [text({ de: 'Haushalt', en: 'budget' }), `${order.fiscalYear}, ${order.account}, ${order.costCentre}`],
          [text({ de: 'Seiten bestellt', en: 'pages ordered' }), format.number(order.pages)],
          [text({ de: 'Seiten abgenommen', en: 'pages accepted' }), format.number(order.acceptedPages)],
          [text({ de: 'brutto bestellt', en: 'gross ordered' }), format.money(order.gross)],
          [text({ de: 'brutto abgenommen', en: 'gross accepted' }), format.money(order.acceptedGross)],
          [text({ de: 'noch gebunden', en: 'still committed' }), format.money(order.openGross)],
          [text({ de: 'Chargen', en: 'batches' }), batches.join(', ') || '–'],
          [text({ de: 'Vermerk', en: 'note' }), order.note || '–'],
        ]);
        printer.line();
        printer.table(positions, [
          { title: text({ de: 'Position', en: 'position' }), value: (row) => row.position },
          {
            title: text({ de: 'Menge', en: 'quantity' }),
            value: (row, f) => f.number(row.quantity / 1000, row.quantity % 1000 === 0 ? 0 : 3),
            align: 'right',
          },
          { title: text({ de: 'Preis', en: 'price' }), value: (row, f) => f.price(row.price), align: 'right' },
          { title: text({ de: 'netto', en: 'net' }), value: (row, f) => f.money(row.net), align: 'right' },
        ]);
      },
    };
  },
});
