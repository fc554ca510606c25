import { hash } from 'node:crypto';
import { isFindingCode, type Observation } from '../../findings/finding.ts';
import { digestAlgorithms, type FileFacts, fileFormats } from '../facts.ts';
import type { FileInspection } from '../look.ts';

/** Hex digits of the SHA-256 in front of a line: whether it was written to its end, and not whose it is. */
const sumLength = 16;

/** A document as one line: a checksum, a blank, JSON, a line feed. */
export function encodeLine(document: unknown): string {
  const json = JSON.stringify(document);
  return `${sumOf(json)} ${json}\n`;
}

/** The document of a line, which comes without its line feed; undefined where it is torn or damaged. */
export function decodeLine(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  const json = line.subarray(sumLength + 1);
  if (line.toString('latin1', 0, sumLength) !== sumOf(json)) return undefined;
  try {
    return asRecord(JSON.parse(json.toString('utf8')));
  } catch {
    return undefined;
  }
}

function sumOf(json: string | Buffer): string {
  return hash('sha256', json).slice(0, sumLength);
}

/** An inspection as it was noted; undefined where it is none. */
export function asInspection(value: unknown): FileInspection | undefined {
  const { facts, observations } = asRecord(value) ?? {};
  return isFacts(facts) && isObservations(observations) ? { facts, observations } : undefined;
}

function isFacts(value: unknown): value is FileFacts {
  const facts = asRecord(value);
  if (!facts) return false;
  const { format, size, pages, digests, details, observations } = facts;
  return (
    fileFormats.some((known) => known === format) &&
    isCount(size) &&
    (pages === null || isCount(pages)) &&
    areDigests(digests) &&
    asRecord(details) !== undefined &&
    isObservations(observations)
  );
}

function areDigests(value: unknown): boolean {
  const digests = asRecord(value);
  if (!digests || digests.sha256 === undefined) return false;
  return Object.entries(digests).every(
    ([algorithm, digest]) =>
      digestAlgorithms.some((known) => known === algorithm) && typeof digest === 'string' && /^[0-9a-f]+$/.test(digest),
  );
}

function isObservations(value: unknown): value is readonly Observation[] {
  return Array.isArray(value) && value.every(isObservation);
}

function isObservation(value: unknown): value is Observation {
  const { code, args, page } = asRecord(value) ?? {};
  return (
    typeof code === 'string' &&
    isFindingCode(code) &&
    asRecord(args) !== undefined &&
    (page === undefined || isCount(page))
  );
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
