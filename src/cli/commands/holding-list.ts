import { holdingDocument, holdingFields, metresDecimal } from '../../holdings/fields.ts';
import type { Holding } from '../../holdings/holding.ts';
import { selectHoldings } from '../../holdings/select.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { value } from '../options.ts';
import type { TableColumn } from '../printer.ts';

export default defineCommand({
  name: 'holding list',
  summary: text({ de: 'Bestände im Regal', en: 'holdings on the shelf' }),
  examples: ['scanlot holding list', 'scanlot holding list --department Sozialamt --json'],
  workspace: 'read',
  options: {
    department: value('NAME', text({ de: 'nur dieses Amt', en: 'this department only' })),
    lot: value('LOT', text({ de: 'nur dieses Los', en: 'this lot only' })),
  },
  output: {
    schema: 'holding-list-1',
    members: {
      holdings:
        'the holdings by key: key, title, department, lot, runningMetres (decimal), files, sheets, pages, pagesEstimated, retentionUntil, originalMustStay, archiveOffer (none, open, done), dmsGoLive, hardDeadline, usage, risk, note',
      totals: 'runningMetres (decimal) and pages of these holdings',
    },
  },
  run: async ({ workspace }, filter) => {
    const holdings = await selectHoldings(workspace.db, filter);
    const millimetres = holdings.reduce((sum, holding) => sum + holding.millimetres, 0);
    const pages = holdings.reduce((sum, holding) => sum + holding.pages, 0);
    return {
      data: { holdings: holdings.map(holdingDocument), totals: { runningMetres: metresDecimal(millimetres), pages } },
      render: (printer) => {
        printer.table(holdings, [
          column('key'),
          column('title', { shrinks: true }),
          column('department', { shrinks: true }),
          column('lot'),
          column('millimetres', { align: 'right' }),
          column('pages', { align: 'right' }),
          column('dmsGoLive'),
          column('hardDeadline'),
        ]);
        if (holdings.length === 0) return;
        printer.line(
          text({
            de: (f) =>
              `${holdings.length === 1 ? '1 Bestand' : `${f.number(holdings.length)} Bestände`}, ${f.metres(millimetres)}, ${f.number(pages)} Seiten`,
            en: (f) =>
              `${holdings.length === 1 ? '1 holding' : `${f.number(holdings.length)} holdings`}, ${f.metres(millimetres)}, ${f.number(pages)} pages`,
          }),
          'strong',
        );
      },
    };
  },
});

function column(
  field: keyof Holding,
  form: Pick<TableColumn<Holding>, 'align' | 'shrinks'> = {},
): TableColumn<Holding> {
  const { title, show } = holdingFields[field];
  return { title, value: show, ...form };
}
