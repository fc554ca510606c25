import type { ByteSource } from '../byte-source.ts';
import { PdfDamage } from './damage.ts';
import { Lexer, type Token, tokens, windowTooSmall } from './lexer.ts';
import { limits, type WorkBudget } from './limits.ts';
import { Name } from './names.ts';
import { isCount, PdfStream, type PdfValue, Ref } from './values.ts';

interface Frame {
  readonly values: PdfValue[];
  readonly close: Token;
}

/** Reads one value, with all that is in it. @throws PdfDamage where the syntax is broken. */
export function readValue(lexer: Lexer): PdfValue {
  const frames: Frame[] = [];
  for (;;) {
    const token = lexer.next();
    const frame = frames.at(-1);
    const close = closingOf(token);
    if (close !== undefined) {
      if (frames.length === limits.nesting) throw PdfDamage.of('object-unreadable');
      frames.push({ values: [], close });
    } else if (frame === undefined) {
      return readTopLevel(lexer, token);
    } else if (token !== frame.close) {
      frame.values.push(innerValue(lexer, token, frame.values));
    } else {
      frames.pop();
      const value = token === tokens.arrayClose ? frame.values : dictionaryOf(frame.values);
      const parent = frames.at(-1);
      if (parent === undefined) return value;
      parent.values.push(value);
    }
  }
}

function closingOf(token: Token): Token | undefined {
  if (token === tokens.arrayOpen) return tokens.arrayClose;
  return token === tokens.dictionaryOpen ? tokens.dictionaryClose : undefined;
}

/** A value in a container; "R" makes a reference of the two numbers before it. */
function innerValue(lexer: Lexer, token: Token, before: PdfValue[]): PdfValue {
  return token === tokens.keyword && lexer.keyword === 'R' ? referenceOf(before) : simpleValue(lexer, token);
}

function simpleValue(lexer: Lexer, token: Token): PdfValue {
  if (token === tokens.number) return lexer.number;
  if (token === tokens.name && lexer.name) return lexer.name;
  if (token === tokens.string) return lexer.string;
  if (token === tokens.keyword) {
    if (lexer.keyword === 'null') return null;
    if (lexer.keyword === 'true') return true;
    if (lexer.keyword === 'false') return false;
  }
  throw PdfDamage.of('object-unreadable');
}

/** Outside of containers "12 0 R" is only known as a reference after looking ahead. */
function readTopLevel(lexer: Lexer, token: Token): PdfValue {
  const value = simpleValue(lexer, token);
  if (!isCount(value)) return value;
  const after = lexer.position;
  if (lexer.next() === tokens.number) {
    const generation = lexer.number;
    if (lexer.next() === tokens.keyword && lexer.keyword === 'R') return new Ref(value, generation);
  }
  lexer.position = after;
  return value;
}

function referenceOf(values: PdfValue[]): Ref {
  const generation = values.pop();
  const number = values.pop();
  if (!isCount(number) || !isCount(generation)) throw PdfDamage.of('object-unreadable');
  return new Ref(number, generation);
}

function dictionaryOf(values: readonly PdfValue[]): Map<string, PdfValue> {
  if (values.length % 2 !== 0) throw PdfDamage.of('object-unreadable');
  const entries = new Map<string, PdfValue>();
  for (let at = 0; at < values.length; at += 2) {
    const key = values[at];
    const value = values[at + 1];
    if (!(key instanceof Name)) throw PdfDamage.of('object-unreadable');
    if (value !== null && value !== undefined) entries.set(key.text, value);
  }
  return entries;
}

/** An indirect object as it stands in the file: "12 0 obj … endobj". */
export interface IndirectObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfValue;
  /** Where the file goes on behind the value; for a stream, where its data begin. */
  readonly end: number;
}

/**
 * Reads the indirect object that begins at `offset`, white space before it allowed.
 * @throws PdfDamage 'object-misplaced' if none begins there, 'object-unreadable' if its syntax is broken.
 */
export function readObjectAt(source: ByteSource, offset: number, budget: WorkBudget): IndirectObject {
  return readThroughWindow(source, offset, budget, (lexer) => {
    const [number, generation] = readObjectHeader(lexer);
    const value = readValue(lexer);
    const afterValue = lexer.position;
    const isStream = lexer.next() === tokens.keyword && lexer.keyword === 'stream' && value instanceof Map;
    const end = offset + (isStream ? lexer.streamStart() : afterValue);
    return { number, generation, value: isStream ? new PdfStream(value, end) : value, end };
  });
}

/** Reads "12 0 obj" only. @throws PdfDamage 'object-misplaced' */
export function readObjectHeaderAt(
  source: ByteSource,
  offset: number,
  budget: WorkBudget,
): readonly [number: number, generation: number] {
  return readThroughWindow(source, offset, budget, readObjectHeader);
}

/** Reads the value that begins at `offset`, and where the file goes on behind it. */
export function readValueAt(source: ByteSource, offset: number, budget: WorkBudget): { value: PdfValue; end: number } {
  return readThroughWindow(source, offset, budget, (lexer) => {
    const value = readValue(lexer);
    return { value, end: offset + lexer.position };
  });
}

function readObjectHeader(lexer: Lexer): readonly [number: number, generation: number] {
  if (lexer.next() !== tokens.number) throw PdfDamage.of('object-misplaced');
  const number = lexer.number;
  if (lexer.next() !== tokens.number) throw PdfDamage.of('object-misplaced');
  const generation = lexer.number;
  if (lexer.next() !== tokens.keyword || lexer.keyword !== 'obj') throw PdfDamage.of('object-misplaced');
  if (!isCount(number) || !isCount(generation)) throw PdfDamage.of('object-misplaced');
  return [number, generation];
}

const firstWindow = 1024;

/**
 * Runs `read` on the bytes from `offset`. Most objects are small and stand far apart between page images, so little is read first, and more only for an
 * object that goes on.
 */
export function readThroughWindow<Result>(
  source: ByteSource,
  offset: number,
  budget: WorkBudget,
  read: (lexer: Lexer) => Result,
): Result {
  if (offset >= source.size) throw PdfDamage.of('object-misplaced');
  for (let size = firstWindow; size <= limits.objectBytes; size *= 8) {
    const lexer = new Lexer(source.read(offset, size), 0, offset + size >= source.size);
    try {
      const result = read(lexer);
      budget.spend(lexer.position);
      return result;
    } catch (error) {
      // How far a failed attempt came is unknown: it may have looked through the whole window.
      budget.spend(lexer.bytes.length);
      if (error !== windowTooSmall) throw error;
    }
  }
  throw PdfDamage.of('object-unreadable');
}
