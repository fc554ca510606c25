import { CommanderError, Command as Parser, Option as ParserOption } from 'commander';
import { UsageError } from '../shared/errors.ts';
import { type Language, type Text, text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Command } from './command.ts';
import { type GlobalValues, globalOptions } from './global-options.ts';
import { helpForm } from './help-form.ts';
import type { Argument, Option } from './options.ts';
import { placeholderWords } from './placeholders.ts';

export interface Parsed {
  readonly values: Record<string, unknown>;
  readonly globals: GlobalValues;
}

/** Turns the words after the command's name into typed values. @throws UsageError for anything that does not fit */
export function parseArguments(command: Command, argv: readonly string[], language: Language): Parsed {
  const parser = createParser(command, language);
  try {
    parser.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw explain(error, command, argv);
    throw error;
  }
  const raw = parser.opts<Record<string, unknown>>();
  refuseEmpty(command, parser.processedArgs, raw);
  const values: Record<string, unknown> = {};
  for (const [index, [key, spec]] of argumentsOf(command).entries())
    values[key] = spec.read(parser.processedArgs[index]);
  for (const [key, spec] of optionsOf(command)) values[key] = spec.read(raw[key], longName(key));
  const globals = Object.fromEntries(
    Object.entries(globalOptions).map(([key, spec]) => [key, spec.read(raw[key], longName(key))]),
  );
  return { values, globals: globals as unknown as GlobalValues };
}

/** An empty word is a variable that a script did not set: as a path it would mean the folder one stands in. */
function refuseEmpty(command: Command, words: readonly unknown[], options: Readonly<Record<string, unknown>>): void {
  const empty = (given: unknown) => [given].flat().includes('');
  const argument = argumentsOf(command).find((_argument, index) => empty(words[index]));
  const option = Object.keys(options).find((key) => empty(options[key]));
  const name = (language: Language) =>
    argument ? placeholderWords(argument[1].placeholder, language) : longName(option ?? '');
  if (!argument && option === undefined) return;
  throw new UsageError(
    'usage.empty',
    text({ de: `Für ${name('de')} ist ein leerer Text angegeben.`, en: `An empty text is given for ${name('en')}.` }),
    text({
      de: 'Einen Wert angeben; in Skripten prüfen, ob die Variable gesetzt ist.',
      en: 'Give a value; in scripts check that the variable is set.',
    }),
  );
}

/** The text of --help. */
export function helpText(command: Command, language: Language): string {
  const title = text({ de: 'Beispiele:', en: 'Examples:' })[language];
  const examples = command.examples.map((line) => `  ${line}`).join('\n');
  return `${createParser(command, language).helpInformation()}\n${title}\n${examples}\n`;
}

export function argumentsOf(command: Command): [string, Argument<unknown>][] {
  return Object.entries(command.arguments ?? {}) as [string, Argument<unknown>][];
}

export function optionsOf(command: Command): [string, Option<unknown>][] {
  return Object.entries(command.options ?? {}) as [string, Option<unknown>][];
}

/** priceAsOf → --price-as-of */
export function longName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function createParser(command: Command, language: Language): Parser {
  const parser = new Parser(`scanlot ${command.name}`);
  const details = command.details ? `\n\n${command.details[language]}` : '';
  parser
    .description(command.summary[language] + details)
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} })
    .configureHelp(helpForm(language))
    .helpOption('-h, --help', text({ de: 'diese Hilfe', en: 'this help' })[language])
    .allowExcessArguments(false)
    .showSuggestionAfterError(false);
  for (const [, spec] of argumentsOf(command)) {
    const dots = spec.variadic ? '...' : '';
    const words = placeholderWords(spec.placeholder, language);
    const name = spec.required ? `<${words}${dots}>` : `[${words}${dots}]`;
    parser.argument(name, spec.summary[language]);
  }
  for (const [key, spec] of optionsOf(command)) parser.addOption(parserOption(key, spec, language));
  for (const [key, spec] of Object.entries(globalOptions)) {
    const option = parserOption(key, spec as Option<unknown>, language);
    parser.addOption(option.helpGroup('Global Options:'));
  }
  return parser;
}

function parserOption(key: string, spec: Option<unknown>, language: Language): ParserOption {
  const placeholder = spec.placeholder === '' ? '' : ` <${placeholderWords(spec.placeholder, language)}>`;
  const required = spec.required ? text({ de: ' (Pflicht)', en: ' (required)' })[language] : '';
  const option = new ParserOption(`${longName(key)}${placeholder}`, spec.summary[language] + required);
  if (spec.required) option.makeOptionMandatory();
  if (spec.repeatable) option.argParser((raw: string, all: string[] | undefined) => [...(all ?? []), raw]);
  return option;
}

/** Says in the user's language what commander refused. */
function explain(error: CommanderError, command: Command, argv: readonly string[]): UsageError {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const seeHelp = text({ de: `Siehe: scanlot ${command.name} --help`, en: `See: scanlot ${command.name} --help` });
  const messages: Readonly<Record<string, Text>> = {
    'commander.unknownOption': text({
      de: `Die Option ${quoted} gibt es hier nicht.`,
      en: `There is no option ${quoted} here.`,
    }),
    'commander.missingArgument': text({
      de: `Das Argument ${quoted} fehlt.`,
      en: `The argument ${quoted} is missing.`,
    }),
    'commander.missingMandatoryOptionValue': text({
      de: `Die Option ${quoted} fehlt.`,
      en: `The option ${quoted} is missing.`,
    }),
    'commander.optionMissingArgument': text({
      de: `Der Option ${quoted} fehlt ihr Wert.`,
      en: `The option ${quoted} lacks its value.`,
    }),
    'commander.excessArguments': text({
      de: `Zu viele Angaben: ${argv.join(' ')}`,
      en: `Too many words: ${argv.join(' ')}`,
    }),
  };
  const message = messages[error.code] ?? text({ de: error.message, en: error.message });
  const isUnknownOption = error.code === 'commander.unknownOption';
  const known = [...optionsOf(command).map(([key]) => longName(key)), ...Object.keys(globalOptions).map(longName)];
  return new UsageError(
    'usage.options',
    message,
    isUnknownOption ? didYouMean(quoted, known, `scanlot ${command.name} --help`) : seeHelp,
  );
}
