import type { Format } from '../shared/format.ts';
import type { Language, Text } from '../shared/language.ts';
import type { Progress } from '../shared/progress.ts';
import type { Workspace } from '../storage/workspace.ts';
import type { Io } from './io.ts';
import type { Argument, Option } from './options.ts';
import type { Printer } from './printer.ts';

/** What every command gets. */
export interface CommandContext {
  readonly io: Io;
  readonly language: Language;
  readonly format: Format;
  readonly progress: Progress;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** A path that the user typed, from the folder where she stands. */
  path(typed: string): string;
  /** Asks before what cannot be undone; passes with --yes. @throws UsageError when the answer is not yes */
  confirm(question: Text): Promise<void>;
  /** The workspace that --workspace names, else the nearest at or above; for commands that can do without one. */
  findWorkspace(): Promise<string | undefined>;
  /** Runs another command as if typed; for `demo`. @returns its exit code */
  runCommand(argv: readonly string[]): Promise<number>;
}

export interface WorkspaceContext extends CommandContext {
  readonly workspace: Workspace;
}

/** What a command has to say, once for people and once for machines. */
export interface Outcome {
  /** The members of the JSON document beside its schema name. */
  readonly data: Readonly<Record<string, unknown>>;
  render(printer: Printer): void;
  /** 0 unless something was found or refused; 130 when it stopped in order after Ctrl-C, and tells what it did. */
  readonly exitCode?: 0 | 1 | 130;
}

/** What a command tells one by one as it goes, so that it never holds all of it: with --json one document a line. */
export interface LineOutcome {
  readonly lines: AsyncIterable<OutcomeLine>;
  /** Told for people behind the last line. */
  renderEnd(printer: Printer): void;
  /** Asked for when all lines are told. */
  exitCode(): 0 | 1;
}

export type OutcomeLine = Omit<Outcome, 'exitCode'>;

type Specs = Readonly<Record<string, Argument<unknown> | Option<unknown>>>;
export type Values<S extends Specs> = {
  readonly [K in keyof S]: S[K] extends Argument<infer T> | Option<infer T> ? T : never;
};

interface CommandBase<A extends Specs, O extends Specs> {
  /** As typed after "scanlot": "lot list". */
  readonly name: string;
  readonly summary: Text;
  /** More to know, shown by --help below the summary. */
  readonly details?: Text;
  /** Complete command lines. */
  readonly examples: readonly string[];
  readonly arguments?: A;
  readonly options?: O;
  /** The document of --json: its name with version, and what each member holds (English; it is documentation). */
  readonly output: {
    readonly schema: string;
    readonly members: Readonly<Record<string, string>>;
    /** Whether it prints one such document a line, as many as there are; the command then returns a `LineOutcome`. */
    readonly lines?: true;
  };
}

export interface PlainCommand<A extends Specs, O extends Specs> extends CommandBase<A, O> {
  readonly workspace: 'none';
  run(context: CommandContext, values: Values<A> & Values<O>): Promise<Outcome | LineOutcome>;
}

export interface WorkspaceCommand<A extends Specs, O extends Specs> extends CommandBase<A, O> {
  /** read: beside others; write: one at a time. */
  readonly workspace: 'read' | 'write';
  /** Whether a command that writes only reads when it is given these values. */
  readsOnly?(values: Values<A> & Values<O>): boolean;
  run(context: WorkspaceContext, values: Values<A> & Values<O>): Promise<Outcome | LineOutcome>;
}

/** A command as the framework handles it, its value types erased. */
export interface Command extends CommandBase<Specs, Specs> {
  readonly workspace: 'none' | 'read' | 'write';
  readsOnly?(values: Record<string, unknown>): boolean;
  run(context: WorkspaceContext, values: Record<string, unknown>): Promise<Outcome | LineOutcome>;
}

/** Declares a command; the types of its values follow from its arguments and options. */
export function defineCommand<A extends Specs = Record<never, never>, O extends Specs = Record<never, never>>(
  command: PlainCommand<A, O> | WorkspaceCommand<A, O>,
): Command {
  return command as unknown as Command;
}
