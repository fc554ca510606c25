import { PdfDamage } from './damage.ts';
import type { PdfDocument } from './document.ts';
import { limits } from './limits.ts';
import { Name } from './names.ts';
import { type Dictionary, isArray, isDictionary, type PdfValue, Ref } from './values.ts';

/** A leaf of the page tree. */
export interface PdfPage {
  /** Counted from 1, in reading order. */
  readonly number: number;
  readonly dictionary: Dictionary;
  /** What its nodes hand down to it (ISO 32000-2, 7.7.3.4). */
  readonly inherited: Dictionary;
}

/** How often something occurs, and the page where it did first. */
export interface Occurrence {
  readonly count: number;
  readonly first: number;
}

export interface PageTree {
  /** Leaves that were reached. */
  readonly leaves: number;
  /** A node that announces another number of pages than it has: the root if it is one of them. */
  readonly wrongCount:
    | { readonly object: number; readonly declared: number | null; readonly counted: number }
    | undefined;
  /** A node is met again below itself or in another branch. */
  readonly hasLoop: boolean;
  readonly isTooDeep: boolean;
  /** References to objects that do not exist. */
  readonly missing: Occurrence | undefined;
  /** Entries that are neither page nor node. */
  readonly invalid: Occurrence | undefined;
  /** The same page object at more than one place. */
  readonly repeated: Occurrence | undefined;
  /** Pages and nodes whose /Type is not /Page or /Pages. */
  readonly untyped: Occurrence | undefined;
  /** Pages and nodes whose /Parent is not the node that holds them. */
  readonly strayed: Occurrence | undefined;
}

interface Frame {
  readonly number: number;
  readonly dictionary: Dictionary;
  readonly kids: readonly PdfValue[];
  readonly inherited: Dictionary;
  readonly leavesBefore: number;
  next: number;
}

type Problem = 'missing' | 'invalid' | 'repeated' | 'untyped' | 'strayed';

const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;
const visitedAs = { nothing: 0, node: 1, leaf: 2 } as const;

/**
 * Walks the page tree (ISO 32000-2, 7.7.3) in reading order.
 * @throws PdfDamage where an object is not where it should be; then the count so far means nothing.
 */
export function walkPageTree(document: PdfDocument, root: Ref, onPage: (page: PdfPage) => void): PageTree {
  return new PageTreeWalk(document, onPage).walk(root);
}

class PageTreeWalk {
  readonly #document: PdfDocument;
  readonly #onPage: (page: PdfPage) => void;
  readonly #visited: Uint8Array;
  readonly #frames: Frame[] = [];
  readonly #problems: Partial<Record<Problem, { count: number; first: number }>> = {};
  #leaves = 0;
  #wrongCount: PageTree['wrongCount'];
  #hasLoop = false;
  #isTooDeep = false;

  constructor(document: PdfDocument, onPage: (page: PdfPage) => void) {
    this.#document = document;
    this.#onPage = onPage;
    this.#visited = new Uint8Array(document.entries.length);
  }

  walk(root: Ref): PageTree {
    const dictionary = this.#document.resolve(root);
    if (!isDictionary(dictionary) || !dictionary.has('Kids')) throw PdfDamage.of('root-missing');
    this.#checkType(dictionary, 'Pages');
    // A root that has a parent is a branch: the catalog points into the middle of the tree.
    if (dictionary.has('Parent')) this.#note('strayed');
    const problem = this.#enter(root.number, dictionary, new Map());
    if (problem !== undefined) this.#note(problem);
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const kid = frame.kids[frame.next];
      frame.next += 1;
      if (kid === undefined) this.#leave(frame);
      else this.#visit(kid, frame);
    }
    return {
      leaves: this.#leaves,
      wrongCount: this.#wrongCount,
      hasLoop: this.#hasLoop,
      isTooDeep: this.#isTooDeep,
      missing: this.#problems.missing,
      invalid: this.#problems.invalid,
      repeated: this.#problems.repeated,
      untyped: this.#problems.untyped,
      strayed: this.#problems.strayed,
    };
  }

  #visit(kid: PdfValue, frame: Frame): void {
    const problem = kid instanceof Ref ? this.#follow(kid, frame) : 'invalid';
    if (problem !== undefined) this.#note(problem);
  }

  #follow(kid: Ref, frame: Frame): Problem | undefined {
    const visited = this.#visited[kid.number];
    if (visited === visitedAs.node) {
      this.#hasLoop = true;
      return undefined;
    }
    const dictionary = this.#document.resolve(kid);
    if (dictionary === undefined) return 'missing';
    if (!isDictionary(dictionary)) return 'invalid';
    const parent = dictionary.get('Parent');
    if (!(parent instanceof Ref) || parent.number !== frame.number) this.#note('strayed');
    if (dictionary.has('Kids')) {
      this.#checkType(dictionary, 'Pages');
      return this.#enter(kid.number, dictionary, frame.inherited);
    }
    if (!looksLikePage(dictionary)) return 'invalid';
    this.#checkType(dictionary, 'Page');
    if (visited === visitedAs.leaf) this.#note('repeated');
    this.#visited[kid.number] = visitedAs.leaf;
    this.#leaves += 1;
    this.#onPage({ number: this.#leaves, dictionary, inherited: frame.inherited });
    return undefined;
  }

  #enter(number: number, dictionary: Dictionary, inherited: Dictionary): Problem | undefined {
    this.#visited[number] = visitedAs.node;
    if (this.#frames.length === limits.treeDepth) {
      this.#isTooDeep = true;
      return undefined;
    }
    const kids = this.#document.resolve(dictionary.get('Kids'));
    if (!isArray(kids)) return 'invalid';
    this.#frames.push({
      number,
      dictionary,
      kids,
      inherited: handDown(inherited, dictionary),
      leavesBefore: this.#leaves,
      next: 0,
    });
    return undefined;
  }

  #leave(frame: Frame): void {
    this.#frames.pop();
    const counted = this.#leaves - frame.leavesBefore;
    const declared = this.#document.resolve(frame.dictionary.get('Count'));
    if (declared === counted) return;
    // The root is left last: its word is the one to report.
    if (this.#wrongCount === undefined || this.#frames.length === 0) {
      this.#wrongCount = {
        object: frame.number,
        declared: typeof declared === 'number' ? declared : null,
        counted,
      };
    }
  }

  #checkType(dictionary: Dictionary, expected: 'Page' | 'Pages'): void {
    const type = this.#document.resolve(dictionary.get('Type'));
    if (!(type instanceof Name) || type.text !== expected) this.#note('untyped');
  }

  #note(problem: Problem): void {
    const known = this.#problems[problem];
    if (known) known.count += 1;
    else this.#problems[problem] = { count: 1, first: this.#leaves + 1 };
  }
}

/** Pages without /Type are told by what only pages have; a node without kids is damaged, and no page. */
function looksLikePage(dictionary: Dictionary): boolean {
  const type = dictionary.get('Type');
  if (type instanceof Name && (type.text === 'Page' || type.text === 'Pages')) return type.text === 'Page';
  return dictionary.has('Contents') || dictionary.has('MediaBox') || dictionary.has('Resources');
}

function handDown(inherited: Dictionary, dictionary: Dictionary): Dictionary {
  if (!inheritable.some((key) => dictionary.has(key))) return inherited;
  const merged = new Map(inherited);
  for (const key of inheritable) {
    const value = dictionary.get(key);
    if (value !== undefined) merged.set(key, value);
  }
  return merged;
}
