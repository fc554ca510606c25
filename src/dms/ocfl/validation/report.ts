import type { OcflCode } from './codes.ts';

/** One thing that the specification forbids (E…) or advises against (W…), and where it is. */
export interface OcflProblem {
  readonly code: OcflCode;
  /** From the object or storage root: "v1/inventory.json"; "" for the root itself. */
  readonly path: string;
  /** The name, path or value in question, as it stands there; "" where the path says it all. */
  readonly detail: string;
}

/** A hostile object can hold any number of mistakes; what is told of it stays within bounds. */
const mostProblems = 10_000;
const longestDetail = 300;

/** Collects what is wrong with one object or storage root. */
export class Report {
  readonly #problems = new Map<string, OcflProblem>();
  #errors = false;

  add(code: OcflCode, path: string, detail = ''): void {
    this.#errors ||= isError(code);
    if (this.#problems.size >= mostProblems) return;
    const problem = { code, path: path.slice(0, longestDetail), detail: detail.slice(0, longestDetail) };
    this.#problems.set(JSON.stringify(Object.values(problem)), problem);
  }

  /** Each problem once, in the order in which they were found. */
  get problems(): readonly OcflProblem[] {
    return [...this.#problems.values()];
  }

  /** True when anything was an error, told or not. */
  get hasErrors(): boolean {
    return this.#errors;
  }
}

/** True for what makes an object invalid; the other codes are advice. */
export function isError(code: OcflCode): boolean {
  return code.startsWith('E');
}
