import { holdingDocument, holdingFields } from '../../holdings/fields.ts';
import { requireHolding } from '../../holdings/store.ts';
import { text, verbatim } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument } from '../options.ts';

export default defineCommand({
  name: 'holding show',
  summary: text({ de: 'ein Bestand mit allen Angaben', en: 'one holding with everything known' }),
  examples: ['scanlot holding show ABH'],
  workspace: 'read',
  arguments: { key: argument('KEY', text({ de: 'Kürzel des Bestands', en: "the holding's key" })) },
  output: { schema: 'holding-show-1', members: { holding: 'the holding, as in holding-list-1' } },
  run: async ({ workspace }, { key }) => {
    const holding = await requireHolding(workspace.db, key);
    return {
      data: { holding: holdingDocument(holding) },
      render: (printer) => {
        printer.heading(verbatim(`${holding.key} ${holding.title}`));
        const { key: _key, title: _title, pagesEstimated: _estimated, ...fields } = holdingFields;
        printer.pairs(Object.values(fields).map(({ title, show }) => [title, show(holding, printer.format)] as const));
      },
    };
  },
});
