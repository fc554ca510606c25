import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoResults, demoSteps } from '../../demo/demo-steps.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { optionalArgument } from '../options.ts';

const MARK = '.scanlot-demo';

export default defineCommand({
  name: 'demo',
  summary: text({
    de: 'den ganzen Ablauf am Musterlandkreis vorführen',
    en: 'show the whole job on the sample county',
  }),
  details: text({
    de: 'Legt einen Arbeitsbereich an und führt darin jeden Schritt aus; jeder Befehl wird gezeigt. Ein Ordner aus einer früheren Vorführung wird ersetzt, ein anderer nie.',
    en: 'Makes a workspace and runs every step in it; each command is shown. A folder from an earlier demo is replaced, any other never.',
  }),
  examples: ['scanlot demo', 'scanlot demo /tmp/county --lang de'],
  workspace: 'none',
  arguments: {
    folder: optionalArgument('DIR', text({ de: 'Ordner (sonst demo-county)', en: 'folder (default: demo-county)' })),
  },
  output: { schema: 'demo-1', members: { workspace: 'path of the workspace', steps: 'argv, exitCode' } },
  run: async (context, { folder }) => {
    const root = context.path(folder ?? 'demo-county');
    prepare(root);
    const steps: { argv: readonly string[]; exitCode: number }[] = [];
    for (const { why, argv, exitCode: expected } of demoSteps(root)) {
      context.signal.throwIfAborted();
      context.io.stderr.write(`\n# ${why[context.language]}\n$ scanlot ${argv.map(quote).join(' ')}\n`);
      const exitCode = await context.runCommand([...argv, '--lang', context.language]);
      if (exitCode !== expected) throw new Error(`"scanlot ${argv.join(' ')}" ended with ${exitCode}`);
      steps.push({ argv, exitCode });
    }
    return {
      data: { workspace: root, steps },
      render: (printer) => {
        printer.heading(text({ de: 'Zum Ansehen', en: 'To look at' }));
        for (const { what, path } of demoResults(root)) {
          printer.line(`${what[printer.language]}: ${path}`);
          if (path.endsWith('outputs'))
            for (const name of readdirSync(path).sort()) printer.line(`  ${join(path, name)}`);
        }
        printer.line(
          text({
            de: `Weiter erkunden: scanlot status --workspace ${root}`,
            en: `Explore further: scanlot status --workspace ${root}`,
          }),
        );
      },
    };
  },
});

/** Replaces only what is surely a demo: a folder that bears the mark of this command, also half-made or half-removed. */
function prepare(root: string): void {
  const isUsed = existsSync(root) && readdirSync(root).length > 0;
  if (isUsed && !existsSync(join(root, MARK))) {
    throw new UsageError(
      'demo.folder-in-use',
      text({
        de: `${root} ist kein Ordner einer früheren Vorführung.`,
        en: `${root} is not the folder of an earlier demo.`,
      }),
      text({ de: 'Einen anderen Ordner angeben: scanlot demo ORDNER', en: 'Name another folder: scanlot demo DIR' }),
    );
  }
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, MARK), '');
  for (const name of readdirSync(root)) if (name !== MARK) rmSync(join(root, name), { recursive: true, force: true });
}

function quote(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `"${word}"`;
}
