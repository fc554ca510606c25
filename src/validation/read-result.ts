import { readFileSync, statSync } from 'node:fs';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { createAjv } from '../shared/document.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { packagePath } from '../shared/package.ts';
import { systemReason } from '../shared/system-words.ts';
import { itemKey } from './compare-results.ts';
import type { CheckResult } from './result.ts';

/** A result of a million rows has about so many bytes; JavaScript holds no text that is longer. */
const mostBytes = 500_000_000;
/** Our results nest six deep; deeper ones would exhaust the stack of whoever walks them. */
const deepest = 32;

/**
 * Reads a result file that somebody sent: it may be anything. What is returned fits schemas/check-result-1.schema.json, is
 * not filtered, and its books agree with its items.
 * @throws UsageError that says why the file is no such result
 */
export function readResult(path: string): CheckResult {
  const source = readSource(path);
  if (isTooDeep(source)) throw notAResult(path, text({ de: 'zu tief geschachtelt', en: 'nested too deeply' }));
  const value = parse(path, source);
  const validate = validator();
  if (!validate(value)) throw notAResult(path, mistakeOf(validate.errors?.[0]));
  const result = value as CheckResult;
  if (result.filter) throw filtered(path);
  const wrong = wrongCount(result);
  if (wrong) throw notAResult(path, wrong);
  return result;
}

function readSource(path: string): string {
  try {
    if (statSync(path).size > mostBytes) throw notAResult(path, text({ de: 'zu groß', en: 'too large' }));
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason =
      error instanceof TypeError
        ? text({ de: 'kein UTF-8', en: 'not UTF-8' })
        : text({
            de: `nicht lesbar: ${systemReason(error).de}`,
            en: `cannot be read: ${systemReason(error).en}`,
          });
    throw notAResult(path, reason);
  }
}

function parse(path: string, source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw notAResult(path, text({ de: 'kein JSON', en: 'not JSON' }));
  }
}

/** Looked at before anything is parsed, in one pass and without recursion. */
function isTooDeep(source: string): boolean {
  let depth = 0;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '"') at = endOfText(source, at);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** Where the text that begins at a quote ends. */
function endOfText(source: string, quote: number): number {
  let at = quote + 1;
  while (at < source.length && source[at] !== '"') at += source[at] === '\\' ? 2 : 1;
  return at;
}

let compiled: ValidateFunction | undefined;

function validator(): ValidateFunction {
  if (compiled) return compiled;
  const schema = JSON.parse(readFileSync(packagePath('schemas', 'check-result-1.schema.json'), 'utf8'));
  const ajv = createAjv();
  // The first mistake is enough: a hostile file could provoke millions.
  ajv.opts.allErrors = false;
  compiled = ajv.compile(schema);
  return compiled;
}

function mistakeOf(error: ErrorObject | undefined): Text {
  const place = (error?.instancePath ?? '').slice(0, 80);
  const words = `${place === '' ? '' : `${place}: `}${error?.message ?? ''}`;
  return text({ de: `entspricht nicht dem Schema (${words})`, en: `does not fit the schema (${words})` });
}

/** The books and the lists tell the same, unless findings were too many to list all. */
function wrongCount({ counts, items, findings }: CheckResult): Text | undefined {
  const states = { passed: 0, failed: 0, errored: 0 };
  for (const { state } of items) states[state] += 1;
  const books = (Object.keys(states) as (keyof typeof states)[]).every((state) => states[state] === counts[state]);
  const told = counts.errors + counts.warnings + counts.notes;
  const listed = findings.filter(({ code }) => code !== 'package.findings-truncated').length;
  const complete = listed === findings.length ? told === listed : told >= listed;
  const distinct = new Set(items.map(itemKey)).size;
  if (books && complete && counts.declared + counts.unlisted === distinct && distinct === items.length)
    return undefined;
  return text({ de: 'die Summen passen nicht zu den Listen', en: 'its counts do not agree with its lists' });
}

function notAResult(path: string, reason: Text): UsageError {
  return new UsageError(
    'result.not-comparable',
    text({
      de: `${path} ist keine Ergebnisdatei, die sich vergleichen lässt: ${reason.de}.`,
      en: `${path} is no result file that can be compared: ${reason.en}.`,
    }),
    text({
      de: 'Neu erzeugen: scanlot check PAKET --profile DATEI --out ergebnis.json',
      en: 'Make it anew: scanlot check PACKAGE --profile FILE --out result.json',
    }),
  );
}

function filtered(path: string): UsageError {
  return new UsageError(
    'result.filtered',
    text({ de: `${path} enthält nur einen Teil der Befunde.`, en: `${path} holds a part of the findings only.` }),
    text({
      de: 'Ohne --code, --severity, --file und --page neu erzeugen.',
      en: 'Make it anew without --code, --severity, --file and --page.',
    }),
  );
}
