import { importContract } from '../../contract/import-contract.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument } from '../options.ts';

export default defineCommand({
  name: 'contract import',
  summary: text({
    de: 'Rahmenvertrag mit Losen und Preisen aus einem Dokument (JSON, YAML) übernehmen',
    en: 'take over a framework contract with lots and prices from a document (JSON, YAML)',
  }),
  details: text({
    de: 'Dasselbe Dokument noch einmal ändert nichts. Ein anderes mit derselben Vertragsnummer ist eine Vertragsänderung: es nennt unter „amendment“ Grund und Stichtag, der alte Stand bleibt erhalten.',
    en: 'The same document again changes nothing. Another one of the same number is an amendment: it states reason and date under "amendment", and the former state is kept.',
  }),
  examples: ['scanlot contract import contract.json'],
  workspace: 'write',
  arguments: { file: argument('FILE', text({ de: 'das Vertragsdokument', en: 'the contract document' })) },
  output: {
    schema: 'contract-import-1',
    members: {
      number: 'contract number',
      version: 'version of the contract after the import, from 1',
      outcome: 'added, amended or unchanged',
      lots: 'number of lots',
      profiles: 'delivery profiles copied into the workspace',
    },
  },
  run: async (context, { file }) => {
    const imported = await importContract(context.workspace, context.path(file));
    const words = {
      added: text({ de: 'erfasst', en: 'recorded' }),
      amended: text({ de: 'geändert, alter Stand erhalten', en: 'amended, former state kept' }),
      unchanged: text({ de: 'unverändert', en: 'unchanged' }),
    }[imported.outcome];
    return {
      data: { ...imported },
      render: (printer) =>
        printer.line(
          text({
            de: `Vertrag ${imported.number} ${words.de} (Fassung ${imported.version}, ${imported.lots} Lose).`,
            en: `Contract ${imported.number} ${words.en} (version ${imported.version}, ${imported.lots} lots).`,
          }),
          'good',
        ),
    };
  },
});
