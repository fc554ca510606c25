import { compilePattern, type LinearPattern } from './profile/pattern.ts';

/** A pattern that was read once and is matched often. */
export interface PathPattern {
  readonly source: string;
  /** Names of its groups. */
  readonly groups: readonly string[];
  /** Whether the whole path fits, regardless of letter case and Unicode form. */
  matches(path: string): boolean;
  /** What the groups hold in a path that fits, in NFC; undefined where the path does not fit. */
  capture(path: string): Readonly<Record<string, string>> | undefined;
}

/** Alternatives of one pattern after {a,b} has been written out; more are a mistake, or malice. */
const MAXIMUM_ALTERNATIVES = 200;

/**
 * Reads a layout pattern: `*` is anything within one folder, `**` any number of folders, `?` one character, `{a,b}` one
 * of several, `{name}` a group: what stands there within one folder is the value of `name`. A pattern that begins with
 * `^` is a regular expression (RE2) for the whole path, with groups `(?<name>…)`.
 * Matching takes time proportional to pattern × path at the most.
 * @throws SyntaxError when braces do not pair up, are nested, or unfold to too many alternatives; when a group is there
 * twice; when the regular expression is none
 */
export function readPattern(source: string): PathPattern {
  return source.startsWith('^') ? readExpression(source) : readGlob(source);
}

function readExpression(source: string): PathPattern {
  const pattern = compilePattern(source.replace(/\$$/, ''), { ignoreCase: true });
  const capture = (path: string) => pattern.capture(path.normalize('NFC'));
  return { source, groups: pattern.groups, capture, matches: (path) => capture(path) !== undefined };
}

function readGlob(source: string): PathPattern {
  const unfolded = unfoldBraces(source);
  const alternatives = unfolded.map((alternative) =>
    fold(alternative.replaceAll(GROUPS, '?*')).split('/').map(readSegment),
  );
  const capturing = GROUP.test(source) ? unfolded.map(toCapturing) : [];
  return {
    source,
    groups: [...new Set(capturing.flatMap(({ groups }) => groups))],
    matches: (path) => {
      const segments = foldedSegments(path);
      return alternatives.some((pattern) => matchSegments(pattern, segments));
    },
    capture: (path) => {
      const normal = path.normalize('NFC');
      for (const pattern of capturing) {
        const found = pattern.capture(normal);
        if (found) return found;
      }
      return undefined;
    },
  };
}

/** A name alone in braces: a group. Not global where it is tested, for a global one remembers where it was. */
const GROUP = /\{[A-Za-z][A-Za-z0-9_]*\}/;
const GROUPS = new RegExp(GROUP, 'g');
const PARTS = /\{[A-Za-z][A-Za-z0-9_]*\}|\*+|\?|[^{*?]+/g;

/** The regular expression of a glob without alternatives: only for what its groups hold. */
function toCapturing(glob: string): LinearPattern {
  const segments = glob.split('/');
  const source = segments.map((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === '**') return last ? '(?:/[^/]+)*' : `${index === 0 ? '' : '/'}(?:[^/]+/)*`;
    const before = index === 0 || segments[index - 1] === '**' ? '' : '/';
    return before + (segment.match(PARTS) ?? []).map(partToExpression).join('');
  });
  return compilePattern(source.join(''), { ignoreCase: true });
}

function partToExpression(part: string): string {
  if (part.startsWith('{')) return `(?P<${part.slice(1, -1)}>[^/]+)`;
  if (part.startsWith('*')) return '[^/]*';
  return part === '?' ? '[^/]' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const onlyAscii = /^[\u0000-\u007f]*$/;

/** The form in which names are compared regardless of letter case: what Windows takes for the same name. */
export function fold(name: string): string {
  if (onlyAscii.test(name)) return name.toLowerCase();
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
    // A group is left as it is.
    const choices = GROUP.test(`{${inner}}`) && !inner.includes(',') ? [`{${inner}}`] : inner.split(',');
    unfolded = unfolded.flatMap((start) => choices.map((choice) => start + before + choice));
    if (unfolded.length > MAXIMUM_ALTERNATIVES) throw new SyntaxError(`too many alternatives in "${source}"`);
    rest = rest.slice(close + 1);
  }
  return unfolded;
}

/** What a name between two slashes must look like: any number of folders, letter by letter, or with wildcards. */
type Segment =
  | { readonly literal: string }
  | { readonly before: string; readonly behind: string }
  | { readonly wild: readonly string[] | 'folders' };

function readSegment(segment: string): Segment {
  if (segment === '**') return { wild: 'folders' };
  const [before = '', behind, ...more] = segment.split('*');
  if (segment.includes('?') || more.length > 0) return { wild: [...segment] };
  return behind === undefined ? { literal: before } : { before, behind };
}

/** A path is held against one pattern after the other: it is folded for the first of them only. */
let latest: { readonly path: string; readonly segments: readonly string[] } | undefined;

function foldedSegments(path: string): readonly string[] {
  if (latest?.path !== path) latest = { path, segments: fold(path).split('/') };
  return latest.segments;
}

function matchSegments(pattern: readonly Segment[], path: readonly string[]): boolean {
  return matchWild(pattern, path, isFolders, fitsName);
}

function isFolders(segment: Segment): boolean {
  return 'wild' in segment && segment.wild === 'folders';
}

function fitsName(segment: Segment, name: string): boolean {
  if ('literal' in segment) return segment.literal === name;
  if ('before' in segment) {
    const { before, behind } = segment;
    return name.length >= before.length + behind.length && name.startsWith(before) && name.endsWith(behind);
  }
  return segment.wild !== 'folders' && matchWild(segment.wild, [...name], isStar, fitsCharacter);
}

function isStar(part: string): boolean {
  return part === '*';
}

function fitsCharacter(part: string, character: string): boolean {
  return part === '?' || part === character;
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
