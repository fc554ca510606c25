import { verifyImports } from '../../dms/import/verify.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { openDocumentStore } from '../document-store.ts';

export default defineCommand({
  name: 'import verify',
  summary: text({ de: 'alle importierten Akten erneut rücklesen', en: 'read all imported files back again' }),
  examples: ['scanlot import verify'],
  workspace: 'read',
  output: {
    schema: 'import-verify-1',
    members: { objects: 'number of objects read back', pages: 'their pages', differences: 'objectKey, difference' },
  },
  run: async (context) => {
    const adapter = openDocumentStore(context);
    const verified = await verifyImports(context.workspace, adapter, context).finally(() => adapter.close());
    const differences = verified.filter(({ difference }) => difference !== null);
    const pages = verified.reduce((sum, object) => sum + object.pages, 0);
    return {
      data: { objects: verified.length, pages, differences },
      exitCode: differences.length > 0 ? 1 : 0,
      render: (printer) => {
        for (const { objectKey, difference } of differences) printer.line(`${objectKey}: ${difference}`, 'bad');
        printer.line(
          text({
            de: (f) =>
              `${f.number(verified.length)} Akten mit ${f.number(pages)} Seiten rückgelesen, ${f.number(differences.length)} Abweichungen.`,
            en: (f) =>
              `${f.number(verified.length)} files with ${f.number(pages)} pages read back, ${f.number(differences.length)} differences.`,
          }),
          differences.length > 0 ? 'bad' : 'good',
        );
      },
    };
  },
});
