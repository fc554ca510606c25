/** A pattern that was read once and is matched often. */
export interface PathPattern {
  readonly source: string;
  /** Whether the whole path fits, regardless of letter case and Unicode form. */
  matches(path: string): boolean;
}

/** Alternatives of one pattern after {a,b} has been written out; more are a mistake, or malice. */
const MAXIMUM_ALTERNATIVES = 200;

/**
 * Reads a layout pattern: `*` is anything within one folder, `**` any number of folders, `?` one character, `{a,b}` one
 * of several. Matching takes time proportional to pattern × path at the most: no regular expression is involved.
 * @throws SyntaxError when braces do not pair up, are nested, or unfold to too many alternatives
 */
export function readPattern(source: string): PathPattern {
  const alternatives = unfoldBraces(source).map((alternative) => fold(alternative).split('/'));
  return {
    source,
    matches: (path) => {
      const segments = fold(path).split('/');
      return alternatives.some((pattern) => matchSegments(pattern, segments));
    },
  };
}

/** The form in which names are compared regardless of letter case: what Windows takes for the same name. */
export function fold(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}

function unfoldBraces(source: string): string[] {
  let unfolded = [''];
  let rest = source;
  while (rest !== '') {
    const open = rest.indexOf('{');
    const close = rest.indexOf('}');
    if (open < 0 && close < 0) return unfolded.map((start) => start + rest);
    const inner = rest.slice(open + 1, close);
    if (open < 0 || close < open || inner.includes('{')) throw new SyntaxError(`unpaired brace in "${source}"`);
    const before = rest.slice(0, open);
    unfolded = unfolded.flatMap((start) => inner.split(',').map((choice) => start + before + choice));
    if (unfolded.length > MAXIMUM_ALTERNATIVES) throw new SyntaxError(`too many alternatives in "${source}"`);
    rest = rest.slice(close + 1);
  }
  return unfolded;
}

function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  return matchWild(
    pattern,
    path,
    (part) => part === '**',
    (part, segment) => matchName(part, segment),
  );
}

function matchName(pattern: string, name: string): boolean {
  return matchWild(
    [...pattern],
    [...name],
    (part) => part === '*',
    (part, character) => part === '?' || part === character,
  );
}

/** Wildcard matching by going back to the last wildcard only, which suffices and is never exponential. */
function matchWild<Part, Item>(
  pattern: readonly Part[],
  items: readonly Item[],
  isWild: (part: Part) => boolean,
  fits: (part: Part, item: Item) => boolean,
): boolean {
  let at = 0;
  let item = 0;
  let wild = -1;
  let resumeAt = 0;
  while (item < items.length) {
    const part = pattern[at];
    if (at < pattern.length && isWild(part as Part)) {
      wild = at;
      at += 1;
      resumeAt = item;
    } else if (at < pattern.length && fits(part as Part, items[item] as Item)) {
      at += 1;
      item += 1;
    } else if (wild >= 0) {
      at = wild + 1;
      resumeAt += 1;
      item = resumeAt;
    } else {
      return false;
    }
  }
  while (at < pattern.length && isWild(pattern[at] as Part)) at += 1;
  return at === pattern.length;
}
