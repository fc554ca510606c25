import { SaxesParser, type SaxesTagNS } from 'saxes';
import { type Encoding, InvalidBytes } from './decode.ts';
import type { RawRow, RecordTable } from './raw-table.ts';
import { createRecordBuilder, type RecordBuilder, type RecordRules } from './record-builder.ts';
import { TableError } from './table-error.ts';
import { invalidBytes, type TextSource } from './text-source.ts';

/** Where the records are in an XML document, and what its names are called. */
export interface XmlPath {
  /** Elements that lead from the root to a record: "delivery/file/document". */
  readonly records: string;
  /** Prefix → namespace: names in it carry the prefix; all other names stand without any. */
  readonly namespaces: Readonly<Record<string, string>>;
}

const deepest = 64;
/** Characters without any tag between them, attributes included. */
const longestToken = 2_000_000;

/**
 * Reads records from XML text (XML 1.0, Namespaces in XML 1.0) as rows. A record gives the texts of its elements as
 * "name" and "outer/inner", attributes as "@name" and "element/@name", its own text as "."; surrounding elements give
 * theirs as "../name". Document type declarations are refused, and with them every entity but the five of XML.
 */
export function openXml(text: TextSource, path: XmlPath, rules: RecordRules): RecordTable {
  const steps = path.records.split('/').filter((step) => step !== '');
  const records = createRecordBuilder(Math.max(0, steps.length - 1), rules);
  return {
    form: { encoding: text.encoding },
    header: records.header,
    rows: readRows(text, steps, path, records),
  };
}

/** The encoding that an XML declaration names (XML 1.0, 4.3.3); undefined where there is none. @throws TableError */
export function declaredEncoding(head: Buffer): Encoding | undefined {
  const declaration = /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"']{1,40})["']/.exec(
    head.toString('latin1', 0, 400),
  );
  const name = declaration?.[1];
  if (name === undefined) return undefined;
  const known = xmlEncodings.get(name.toLowerCase());
  if (!known) throw new TableError({ code: 'encoding-unknown', args: { declared: name } });
  return known;
}

const xmlEncodings: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['iso-8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['iso-8859-15', 'iso-8859-15'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['cp850', 'cp850'],
  ['ibm850', 'cp850'],
]);

async function* readRows(
  text: TextSource,
  steps: readonly string[],
  path: XmlPath,
  records: RecordBuilder,
): AsyncGenerator<RawRow, void, void> {
  const rows: RawRow[] = [];
  const reader = createRecordReader(steps, path.namespaces, records, (row) => void rows.push(row));
  try {
    for await (const piece of text.pieces()) {
      reader.write(piece);
      yield* rows.splice(0);
    }
    reader.end();
  } catch (error) {
    yield* rows.splice(0);
    const place = { row: records.count + 1, line: reader.line() };
    throw error instanceof InvalidBytes ? invalidBytes(error, text.encoding.encoding, place) : error;
  }
  yield* rows.splice(0);
  if (!reader.found()) throw new TableError({ code: 'records-not-found', args: { path: path.records } });
}

interface RecordReader {
  write(text: string): void;
  end(): void;
  line(): number;
  /** Whether the element around the records was found at all. */
  found(): boolean;
}

interface OpenElement {
  readonly onWay: boolean;
  /** Name of its own text among the values of its level: "outer/inner", "." for the level itself. */
  readonly name: string;
  words: string;
  hasElements: boolean;
  readonly line: number;
}

function createRecordReader(
  steps: readonly string[],
  namespaces: XmlPath['namespaces'],
  records: RecordBuilder,
  emit: (row: RawRow) => void,
): RecordReader {
  const parser = new SaxesParser({ xmlns: true, position: true } as const);
  const prefixes = new Map(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));
  const open: OpenElement[] = [];
  /** Elements on the way that are open; the others among `open` stand within them. */
  let way = 0;
  let sinceTag = 0;
  let isFound = false;
  const nameOf = (local: string, uri: string) => {
    const prefix = uri === '' ? undefined : prefixes.get(uri);
    return prefix ? `${prefix}:${local}` : local;
  };
  const putAttributes = (tag: SaxesTagNS, before: string): void => {
    for (const { local, uri, prefix, name, value } of Object.values(tag.attributes)) {
      if (prefix !== 'xmlns' && name !== 'xmlns') records.put(`${before}@${nameOf(local, uri)}`, value);
    }
  };
  const openTag = (tag: SaxesTagNS): void => {
    sinceTag = 0;
    const { line } = parser;
    if (open.length >= deepest) {
      throw new TableError({ code: 'xml-too-deep', args: { row: records.count + 1, line, limit: deepest } });
    }
    const outer = open.at(-1);
    if (outer) outer.hasElements = true;
    const name = nameOf(tag.local, tag.uri);
    const onWay = way === open.length && way < steps.length && name === steps[way];
    if (onWay) {
      way += 1;
      // The element around the records may well be empty: no record is something else than no place for them.
      if (way >= Math.max(1, steps.length - 1)) isFound = true;
      records.open();
      open.push({ onWay, name: '.', words: '', hasElements: false, line });
      putAttributes(tag, '');
      return;
    }
    const path = outer && outer.name !== '.' ? `${outer.name}/${name}` : name;
    open.push({ onWay, name: path, words: '', hasElements: false, line });
    if (way > 0) putAttributes(tag, `${path}/`);
  };
  const closeTag = (): void => {
    sinceTag = 0;
    const element = open.pop();
    if (!element) return;
    const words = element.words.trim();
    // An element that holds others has a value of its own only where it also holds words.
    const hasValue = words !== '' || (!element.hasElements && element.name !== '.');
    if (way > 0 && hasValue) records.put(element.name, words);
    else if (way > 0 && element.hasElements && element.name !== '.') {
      records.put(element.name, { error: '<…>', reason: 'list' });
    }
    if (!element.onWay) return;
    way -= 1;
    const cells = records.close();
    if (cells) emit({ row: records.count, line: element.line, cells });
  };
  const tooLong = () =>
    new TableError({ code: 'record-too-long', args: { row: records.count + 1, limit: longestToken } });
  const addWords = (words: string): void => {
    const element = open.at(-1);
    // Line breaks and indents between a million records are not kept.
    if (!element || (element.hasElements && words.trim() === '')) return;
    element.words += words;
    if (element.words.length > longestToken) throw tooLong();
  };
  parser.on('opentag', openTag);
  parser.on('closetag', closeTag);
  parser.on('text', addWords);
  parser.on('cdata', addWords);
  parser.on('doctype', () => {
    throw new TableError({ code: 'xml-doctype', args: { line: parser.line } });
  });
  parser.on('error', (error) => {
    const detail = error.message.replace(/^\d+:\d+: /, '').slice(0, 200);
    const { line, column } = parser;
    throw new TableError({ code: 'xml-invalid', args: { row: records.count + 1, line, column, detail } });
  });
  return {
    write(piece) {
      // A doctype is refused before its end: it may declare any number of entities until then.
      sinceTag += piece.length;
      parser.write(piece);
      if (sinceTag > longestToken) throw tooLong();
    },
    end: () => void parser.close(),
    line: () => parser.line,
    found: () => isFound,
  };
}
