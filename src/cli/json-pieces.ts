/** Characters that are written at a time. */
const pieceLength = 64 * 1024;

/**
 * A document as `JSON.stringify(document, undefined, 2)` would write it, and a line feed. Lists that are its members come
 * in pieces: the items of hundreds of thousands of files never stand in memory as one text. Lists that are made as they
 * are read may be that long: each of their elements is one line.
 */
export function* jsonPieces(document: object): Iterable<string> {
  let piece = '';
  for (const part of parts(document)) {
    piece += part;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* parts(document: object): Iterable<string> {
  let opening = '{';
  for (const [name, value] of Object.entries(document)) {
    const isList = isIterable(value);
    const text = isList ? '' : indented(value, '  ');
    // Left out, as JSON.stringify does.
    if (text === undefined) continue;
    yield `${opening}\n  ${JSON.stringify(name)}: ${text}`;
    if (isList) yield* list(value, Array.isArray(value) ? (element) => indented(element, '    ') : JSON.stringify);
    opening = ',';
  }
  yield opening === '{' ? '{}\n' : '\n}\n';
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function* list(elements: Iterable<unknown>, write: (element: unknown) => string | undefined): Iterable<string> {
  let opening = '[';
  for (const element of elements) {
    yield `${opening}\n    ${write(element) ?? 'null'}`;
    opening = ',';
  }
  yield opening === '[' ? '[]' : '\n  ]';
}

/** In JSON a line feed is always one between tokens. */
function indented(value: unknown, indent: string): string | undefined {
  const text: string | undefined = JSON.stringify(value, undefined, 2);
  return text?.replaceAll('\n', `\n${indent}`);
}
