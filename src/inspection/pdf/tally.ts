import type { Occurrence } from './page-tree.ts';

/** Counts the pages on which something occurs, each once, and keeps the first. */
export class PageTally {
  #count = 0;
  #first = 0;
  #last = 0;

  note(page: number): void {
    if (page === this.#last) return;
    if (this.#count === 0) this.#first = page;
    this.#count += 1;
    this.#last = page;
  }

  get occurrence(): Occurrence | undefined {
    return this.#count === 0 ? undefined : { count: this.#count, first: this.#first };
  }
}
