import { UsageError } from '../errors.ts';
import { describeProblem } from './problem-words.ts';
import type { TableProblem } from './table-problem.ts';

/** A file is not the table that it should be. */
export class TableError extends Error {
  override readonly name = 'TableError';
  readonly problem: TableProblem;

  constructor(problem: TableProblem, options?: { cause?: unknown }) {
    super(describeProblem(problem).message.en, options);
    this.problem = problem;
  }
}

/** A table that a user gave us for import cannot be read: tells which file, and what to do. */
export function tableUsageError(error: TableError, path: string): UsageError {
  const { message, remedy } = describeProblem(error.problem);
  return new UsageError(
    `table.${error.problem.code}`,
    { de: `${path}: ${message.de}`, en: `${path}: ${message.en}` },
    remedy,
  );
}
