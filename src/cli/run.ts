import { resolve } from 'node:path';
import { UsageError } from '../shared/errors.ts';
import { formats } from '../shared/format.ts';
import { isLanguage, type Language, type Text, text } from '../shared/language.ts';
import { silentProgress } from '../shared/progress.ts';
import type { Workspace } from '../storage/workspace.ts';
import type { Command, CommandContext, LineOutcome, Outcome } from './command.ts';
import type { GlobalValues } from './global-options.ts';
import type { Io } from './io.ts';
import { jsonPieces } from './json-pieces.ts';
import { main, type World } from './main.ts';
import { parseArguments } from './parse.ts';
import { createPrinter, type Printer } from './printer.ts';
import { createProgress } from './progress.ts';

/** Parses, opens the workspace where the command wants one, runs it, prints what it has to say. */
export async function runCommand(command: Command, argv: readonly string[], world: World): Promise<number> {
  const { values, globals } = parseArguments(command, argv, world.language);
  const mode = command.readsOnly?.(values) ? 'read' : command.workspace;
  const workspace = mode === 'none' ? undefined : await open(mode, globals, world.io);
  world.language = chooseLanguage(globals, world, workspace);
  try {
    const context = { ...(await createContext(world, globals)), workspace: workspace as Workspace };
    const outcome = await command.run(context, values);
    if ('lines' in outcome) return await printLines(command, outcome, globals, world);
    print(command, outcome, globals, world);
    return outcome.exitCode ?? 0;
  } finally {
    await workspace?.close();
  }
}

async function open(mode: 'read' | 'write', globals: GlobalValues, io: Io): Promise<Workspace> {
  const { noWorkspace, openWorkspace } = await import('../storage/workspace.ts');
  const root = await locate(globals, io);
  if (root === undefined) throw noWorkspace(io.cwd);
  return openWorkspace(root, {
    mode,
    now: () => io.now(),
    ...(globals.wait === undefined ? {} : { waitMs: globals.wait * 1000 }),
  });
}

async function locate(globals: GlobalValues, io: Io): Promise<string | undefined> {
  if (globals.workspace !== undefined) return resolve(io.cwd, globals.workspace);
  const { findWorkspace } = await import('../storage/workspace.ts');
  return findWorkspace(io.cwd);
}

/** --lang, SCANLOT_LANG, the workspace's choice, the locale: in this order. */
function chooseLanguage(globals: GlobalValues, world: World, workspace: Workspace | undefined): Language {
  if (globals.lang) return globals.lang;
  if (isLanguage(world.io.env.SCANLOT_LANG)) return world.io.env.SCANLOT_LANG;
  return workspace?.config.language ?? world.language;
}

async function createContext(world: World, globals: GlobalValues): Promise<CommandContext> {
  const { io, signal, language } = world;
  return {
    io,
    language,
    format: formats[language],
    progress:
      globals.json && !io.stderr.isTerminal
        ? silentProgress
        : await createProgress(io.stderr, language, formats[language]),
    signal,
    path: (typed) => resolve(io.cwd, typed),
    confirm: (question) => confirm(question, globals, io, language),
    findWorkspace: () => locate(globals, io),
    runCommand: (argv) => main(argv, io, signal),
  };
}

async function confirm(question: Text, globals: GlobalValues, io: Io, language: Language): Promise<void> {
  if (globals.yes) return;
  const answer = await io.ask(`${question[language]} ${language === 'de' ? '[j/N]' : '[y/N]'} `);
  if (answer !== undefined && /^(j|ja|y|yes)$/i.test(answer.trim())) return;
  throw new UsageError(
    'usage.not-confirmed',
    text({ de: 'Nicht bestätigt; nichts wurde geändert.', en: 'Not confirmed; nothing was changed.' }),
    text({ de: 'In Skripten mit --yes bestätigen.', en: 'Confirm with --yes in scripts.' }),
  );
}

function print(command: Command, outcome: Outcome, globals: GlobalValues, world: World): void {
  if (globals.json) for (const piece of jsonPieces(toDocument(command, outcome.data))) world.io.stdout.write(piece);
  else outcome.render(printerFor(world));
}

/** @returns the exit code, which is known only behind the last line */
async function printLines(
  command: Command,
  outcome: LineOutcome,
  globals: GlobalValues,
  world: World,
): Promise<number> {
  const { stdout } = world.io;
  const printer = printerFor(world);
  for await (const line of outcome.lines) {
    if (globals.json) stdout.write(`${JSON.stringify(toDocument(command, line.data))}\n`);
    else line.render(printer);
  }
  if (!globals.json) outcome.renderEnd(printer);
  return outcome.exitCode();
}

function toDocument(command: Command, data: Outcome['data']): object {
  return { schema: `urn:scanlot:schemas/${command.output.schema}`, ...data };
}

function printerFor({ io, language }: World): Printer {
  const colours = io.stdout.isTerminal && !io.env.NO_COLOR;
  return createPrinter(io.stdout, language, formats[language], colours);
}
