import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { didYouMean } from '../../shared/suggest.ts';
import { defineCommand } from '../command.ts';
import { completionScript, shells } from '../completion.ts';
import { argument } from '../options.ts';
import { loadAllCommands } from '../registry.ts';

export default defineCommand({
  name: 'completion',
  summary: text({
    de: 'Befehlsergänzung für bash, zsh oder fish ausgeben',
    en: 'print completion for bash, zsh or fish',
  }),
  examples: [
    'scanlot completion bash > /etc/bash_completion.d/scanlot',
    'scanlot completion zsh > ~/.zfunc/_scanlot',
    'scanlot completion fish > ~/.config/fish/completions/scanlot.fish',
  ],
  workspace: 'none',
  arguments: { shell: argument('SHELL', text({ de: 'bash, zsh oder fish', en: 'bash, zsh or fish' })) },
  output: { schema: 'completion-1', members: { shell: 'bash, zsh or fish', script: 'the script' } },
  run: async (_context, { shell }) => {
    const known = shells.find((candidate) => candidate === shell);
    if (!known) {
      throw new UsageError(
        'usage.unknown-shell',
        text({ de: `Für „${shell}“ gibt es keine Ergänzung.`, en: `There is no completion for "${shell}".` }),
        didYouMean(shell, shells),
      );
    }
    const script = completionScript(known, await loadAllCommands());
    return { data: { shell, script }, render: (printer) => printer.line(script) };
  },
});
