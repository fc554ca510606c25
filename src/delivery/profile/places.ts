import { type Document, isNode, isScalar, LineCounter, parseDocument } from 'yaml';

type Steps = readonly (string | number)[];

/** Finds the line and column of a value in the text of a JSON or YAML document. */
export interface Places {
  has(steps: Steps): boolean;
  /** Counted from 1. @param offset characters into the text of the value */
  of(steps: Steps, offset?: number): { readonly line: number; readonly column: number };
}

export function placesIn(source: string): Places {
  const lines = new LineCounter();
  const tree = parseDocument(source, { lineCounter: lines });
  return {
    has: (steps) => tree.hasIn(steps),
    of: (steps, offset = 0) => {
      const { line, col } = lines.linePos(startOf(tree, steps, source, offset));
      return { line, column: col };
    },
  };
}

function startOf(tree: Document, steps: Steps, source: string, offset: number): number {
  const node = tree.getIn(steps, true);
  if (!isNode(node) || !node.range) return 0;
  const [start] = node.range;
  if (offset === 0 || !isScalar(node)) return start;
  if (node.type === 'QUOTE_DOUBLE') return skipEscaped(source, start + 1, offset);
  return node.type === 'QUOTE_SINGLE' ? start + 1 + offset : start + (node.type === 'PLAIN' ? offset : 0);
}

/** The place of a character in quoted text, in which \n and \u00e4 are one character each. */
function skipEscaped(source: string, start: number, characters: number): number {
  let at = start;
  for (let seen = 0; seen < characters && source[at] !== '"' && at < source.length; seen += 1) {
    if (source[at] !== '\\') at += 1;
    else at += source[at + 1] === 'u' ? 6 : 2;
  }
  return at;
}
