import type { Command } from './command.ts';
import { globalOptions } from './global-options.ts';
import type { Option } from './options.ts';
import { longName, optionsOf } from './parse.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;

/** A completion script: command words first, then the options of the command, else file names. */
export function completionScript(shell: (typeof shells)[number], commands: readonly Command[]): string {
  if (shell === 'fish') return fishScript(commands);
  const script = bashScript(commands);
  return shell === 'bash' ? script : `#compdef scanlot\nautoload -U +X bashcompinit && bashcompinit\n${script}`;
}

function allOptions(command: Command): [string, Option<unknown>][] {
  return [...optionsOf(command), ...(Object.entries(globalOptions) as [string, Option<unknown>][])];
}

function firstWords(commands: readonly Command[]): string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))];
}

/** What can follow the first words of a command. */
function nextWords(commands: readonly Command[], before: string): string[] {
  const longer = commands.filter(({ name }) => name.startsWith(`${before} `));
  return [...new Set(longer.map(({ name }) => name.slice(before.length + 1).split(' ')[0] ?? ''))];
}

/** The first two words of commands that have three. */
function pairs(commands: readonly Command[]): string[] {
  const long = commands.map(({ name }) => name.split(' ')).filter((words) => words.length > 2);
  return [...new Set(long.map((words) => words.slice(0, 2).join(' ')))];
}

function bashScript(commands: readonly Command[]): string {
  const groups = firstWords(commands).filter((first) => nextWords(commands, first).length > 0);
  const groupCases = groups.map((first) => `    ${first}) words="${nextWords(commands, first).join(' ')}" ;;`);
  const pairCases = pairs(commands).map((pair) => `    "${pair}") words="${nextWords(commands, pair).join(' ')}" ;;`);
  const optionCases = commands.map((command) => {
    const names = allOptions(command).map(([key]) => longName(key));
    return `    "${command.name}") options="${[...names, '--help'].join(' ')}" ;;`;
  });
  return `_scanlot() {
  local current="\${COMP_WORDS[COMP_CWORD]}" first="\${COMP_WORDS[1]}" words="" options="" name
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${firstWords(commands).join(' ')}" -- "$current"))
    return
  fi
  case "$first" in
${groupCases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 2 ] && [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  name="$first"
  [ -n "$words" ] && name="$first \${COMP_WORDS[2]}"
  words=""
  case "$name" in
${pairCases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 3 ] && [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  [ -n "$words" ] && name="$name \${COMP_WORDS[3]}"
  case "$name" in
${optionCases.join('\n')}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _scanlot scanlot`;
}

function fishScript(commands: readonly Command[]): string {
  const lines: string[] = [];
  const quote = (words: string) => `'${words.replaceAll("'", "\\'")}'`;
  for (const first of firstWords(commands)) {
    const summary = commands.find(({ name }) => name === first)?.summary.en ?? nextWords(commands, first).join(', ');
    lines.push(`complete -c scanlot -n __fish_use_subcommand -a ${first} -d ${quote(summary)}`);
  }
  for (const command of commands) {
    const words = command.name.split(' ');
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    for (const [at, word] of words.entries()) {
      if (at === 0) continue;
      const before = words.slice(0, at);
      const siblings = nextWords(commands, before.join(' ')).join(' ');
      const typed = before.map((one) => `__fish_seen_subcommand_from ${one}`).join('; and ');
      const open = `${typed}; and not __fish_seen_subcommand_from ${siblings}`;
      lines.push(`complete -c scanlot -n '${open}' -f -a ${word} -d ${quote(command.summary.en)}`);
    }
    for (const [key, spec] of allOptions(command)) {
      const takes = spec.choices ? ` -x -a '${spec.choices.join(' ')}'` : spec.placeholder ? ' -r' : '';
      lines.push(`complete -c scanlot -n '${seen}' -l ${longName(key).slice(2)}${takes} -d ${quote(spec.summary.en)}`);
    }
  }
  return lines.join('\n');
}
