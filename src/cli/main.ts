import { exitCodes, ScanlotError, UsageError } from '../shared/errors.ts';
import { isLanguage, type Language, type Text, text } from '../shared/language.ts';
import { packageVersion } from '../shared/package.ts';
import { systemWords } from '../shared/system-words.ts';
import type { Io } from './io.ts';
import { printable } from './printer.ts';
import { commandGroups, commandNames, loadCommand } from './registry.ts';

/**
 * Runs scanlot on the words after its name.
 * @param signal aborted by Ctrl-C; long work then stops where nothing is half-done
 * @returns the exit code (docs/exit-codes.md)
 */
export async function main(argv: readonly string[], io: Io, signal: AbortSignal): Promise<number> {
  const world: World = { io, signal, language: earlyLanguage(argv, io) };
  try {
    return await dispatch(argv, world);
  } catch (error) {
    return report(error, world, { json: argv.includes('--json'), debug: argv.includes('--debug') });
  }
}

/** Tells that the answer could not be written to stdout. @returns the exit code */
export async function reportUnwritten(
  error: NodeJS.ErrnoException,
  argv: readonly string[],
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const unwritten = new ScanlotError(exitCodes.fileSystem, 'output.not-written', {
    message: text({
      de: `Die Ausgabe konnte nicht geschrieben werden: ${systemWords(error.code ?? error.message).de}.`,
      en: `The output could not be written: ${systemWords(error.code ?? error.message).en}.`,
    }),
    remedy: text({
      de: 'Prüfen, wohin sie umgeleitet ist, und ob dort Platz ist.',
      en: 'Check where it is redirected to, and whether there is room.',
    }),
    cause: error,
  });
  return report(
    unwritten,
    { io, signal, language: earlyLanguage(argv, io) },
    { json: false, debug: argv.includes('--debug') },
  );
}

/** What one run works with; the language becomes that of the workspace once one is open. */
export interface World {
  readonly io: Io;
  readonly signal: AbortSignal;
  language: Language;
}

async function dispatch(argv: readonly string[], world: World): Promise<number> {
  const { io, language } = world;
  const { words, rest } = splitCommand(argv);
  if (words.length === 0 && rest.some((word) => word === '--version' || word === '-V')) {
    io.stdout.write(`${packageVersion()}\n`);
    return exitCodes.clean;
  }
  const name = words
    .map((_word, at) => words.slice(0, words.length - at).join(' '))
    .find((candidate) => commandNames.includes(candidate));
  if (name === undefined) return answerWithoutCommand(words, rest, world);
  const extra = words.slice(name.split(' ').length);
  const command = await loadCommand(name);
  const remaining = [...extra, ...rest];
  if (wantsHelp(remaining)) {
    const { helpText } = await import('./parse.ts');
    io.stdout.write(helpText(command, language));
    return exitCodes.clean;
  }
  const { runCommand } = await import('./run.ts');
  return runCommand(command, remaining, world);
}

async function answerWithoutCommand(words: readonly string[], rest: readonly string[], world: World): Promise<number> {
  const { io, language } = world;
  const [first] = words;
  const { overview } = await import('./help.ts');
  if (first === undefined || first === 'help') return help(words.slice(1).join(' '), rest, world);
  const inGroup = commandGroups.includes(first);
  const isPart = groupNames(words.join(' ')).length > 0;
  if (inGroup && (isPart || wantsHelp(rest))) {
    io.stdout.write(await overview(language, first));
    return isPart && !wantsHelp(rest) ? exitCodes.usage : exitCodes.clean;
  }
  throw await unknownWord(
    inGroup ? words.join(' ') : first,
    inGroup ? groupNames(first) : [...commandNames, ...commandGroups],
  );
}

/** Answers "help", "help COMMAND" and no command at all. */
async function help(asked: string, rest: readonly string[], world: World): Promise<number> {
  const unknown = rest.find((word) => word.startsWith('-') && !isGlobal(word) && !wantsHelp([word]));
  if (unknown) throw await unknownWord(unknown, ['--help', '--version']);
  if (commandNames.includes(asked)) return dispatch([...asked.split(' '), '--help'], world);
  if (asked !== '' && groupNames(asked).length === 0) {
    throw await unknownWord(asked, [...commandNames, ...commandGroups]);
  }
  const { overview } = await import('./help.ts');
  world.io.stdout.write(await overview(world.language, commandGroups.includes(asked) ? asked : undefined));
  return exitCodes.clean;
}

function groupNames(group: string): string[] {
  return commandNames.filter((name) => name.startsWith(`${group} `));
}

async function unknownWord(word: string, known: readonly string[]): Promise<UsageError> {
  const { didYouMean } = await import('../shared/suggest.ts');
  return new UsageError(
    'usage.unknown-command',
    text({ de: `Den Befehl „${word}“ gibt es nicht.`, en: `There is no command "${word}".` }),
    didYouMean(word, known, 'scanlot --help'),
  );
}

const globalsWithValue = new Set(['--workspace', '--lang', '--wait']);

function isGlobal(word: string): boolean {
  return globalsWithValue.has(word.split('=')[0] ?? '') || ['--json', '--yes', '--debug'].includes(word);
}

function wantsHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

/** The command's words (at most three, wherever global options stand between them) and everything else. */
function splitCommand(argv: readonly string[]): { words: string[]; rest: string[] } {
  const words: string[] = [];
  const rest: string[] = [];
  let index = 0;
  for (; index < argv.length && words.length < mostWords(words); index += 1) {
    const word = argv[index] ?? '';
    if (globalsWithValue.has(word)) rest.push(word, ...argv.slice((index += 1), index + 1));
    else if (!word.startsWith('-')) words.push(word);
    else if (isGlobal(word) || words.length === 0 || wantsHelp([word])) rest.push(word);
    else break;
    if (words.length === 1 && !commandGroups.includes(words[0] ?? '') && words[0] !== 'help') {
      index += 1;
      break;
    }
  }
  return { words, rest: [...rest, ...argv.slice(index)] };
}

/** Few commands have three words: "dms schema pull". */
function mostWords(words: readonly string[]): number {
  return words.length === 2 && groupNames(words.join(' ')).length > 0 ? 3 : 2;
}

/** The language before the arguments are parsed: also the one in which their mistakes are told. */
function earlyLanguage(argv: readonly string[], io: Io): Language {
  const inline = argv.find((word) => word.startsWith('--lang='))?.slice('--lang='.length);
  const asked = inline ?? argv[argv.indexOf('--lang') + 1];
  return isLanguage(asked) ? asked : environmentLanguage(io.env);
}

/** SCANLOT_LANG, else the language of the operating system's locale when it is German, else English. */
export function environmentLanguage(env: Io['env']): Language {
  if (isLanguage(env.SCANLOT_LANG)) return env.SCANLOT_LANG;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return locale.toLowerCase().startsWith('de') ? 'de' : 'en';
}

/** The only place where errors end: words for people on stderr, a document on stdout with --json, an exit code. */
async function report(error: unknown, world: World, asked: { json: boolean; debug: boolean }): Promise<number> {
  const { io, language } = world;
  const known = await toScanlotError(error, world.signal);
  const say = (words: Text) => printable(words[language]);
  const lines = [
    `${text({ de: 'Fehler', en: 'Error' })[language]}: ${say(known.text)}`,
    ...known.details.map((detail) => `  - ${say(detail)}`),
    ...(known.remedy ? [`${text({ de: 'Abhilfe', en: 'To do' })[language]}: ${say(known.remedy)}`] : []),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
  if (asked.debug) {
    const { mappedStack } = await import('./mapped-stack.ts');
    io.stderr.write(`${mappedStack(stackOf(error))}\n`);
  }
  if (asked.json) {
    const document = {
      schema: 'urn:scanlot:schemas/error-1',
      error: {
        code: known.code,
        exitCode: known.exitCode,
        message: known.text[language],
        details: known.details.map((detail) => detail[language]),
        remedy: known.remedy?.[language] ?? null,
      },
    };
    io.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  }
  return known.exitCode;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.stack}\ncaused by: ${stackOf(error.cause)}` : (error.stack ?? error.message);
}

async function toScanlotError(error: unknown, signal: AbortSignal): Promise<ScanlotError> {
  if (error instanceof ScanlotError) return error;
  if (signal.aborted) return interrupted();
  const { explainSystemError } = await import('../shared/system-errors.ts');
  return explainSystemError(error) ?? internal(error);
}

function interrupted(): ScanlotError {
  return new ScanlotError(exitCodes.interrupted, 'interrupted', {
    message: text({ de: 'Abgebrochen; es blieb nichts halb getan.', en: 'Interrupted; nothing was left half-done.' }),
    remedy: text({
      de: 'Zum Fortsetzen denselben Befehl erneut ausführen.',
      en: 'Run the same command again to go on.',
    }),
  });
}

function internal(error: unknown): ScanlotError {
  const words = error instanceof Error ? error.message : String(error);
  return new ScanlotError(exitCodes.internal, 'internal', {
    message: text({
      de: `Unerwarteter Fehler in scanlot: ${words}`,
      en: `Unexpected failure in scanlot: ${words}`,
    }),
    remedy: text({
      de: 'Mit --debug wiederholen und die Ausgabe melden; der Datenbestand ist unverändert oder vollständig geändert.',
      en: 'Repeat with --debug and report the output; the data are either unchanged or completely changed.',
    }),
    cause: error,
  });
}
