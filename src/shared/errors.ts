import type { Text } from './language.ts';

/** Exit codes are an interface for scripts (docs/exit-codes.md). */
export const exitCodes = {
  clean: 0,
  findings: 1,
  usage: 2,
  internal: 10,
  locked: 11,
  workspaceBroken: 12,
  fileSystem: 13,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What the tool tells when it cannot do what it was asked: what happened, where, and what to do now. */
export class ScanlotError extends Error {
  override readonly name: string = 'ScanlotError';
  /** Stable name of the failure, for scripts: "usage.unknown-id". */
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly text: Text;
  readonly remedy: Text | undefined;
  /** More lines, one for each single mistake, where there are several. */
  readonly details: readonly Text[];

  constructor(
    exitCode: ExitCode,
    code: string,
    what: { message: Text; remedy?: Text; details?: readonly Text[]; cause?: unknown },
  ) {
    super(what.message.en, { cause: what.cause });
    this.exitCode = exitCode;
    this.code = code;
    this.text = what.message;
    this.remedy = what.remedy;
    this.details = what.details ?? [];
  }
}

/** The user asked for something that cannot be: wrong option, unknown id, bad input document. Exit code 2. */
export class UsageError extends ScanlotError {
  override readonly name = 'UsageError';
  constructor(code: string, message: Text, remedy?: Text, details?: readonly Text[]) {
    super(exitCodes.usage, code, { message, remedy, details });
  }
}

/** A gate said no: the request is understood and refused by a rule of the business. Exit code 1. */
export class GateError extends ScanlotError {
  override readonly name = 'GateError';
  constructor(code: string, message: Text, remedy?: Text, details?: readonly Text[]) {
    super(exitCodes.findings, code, { message, remedy, details });
  }
}
