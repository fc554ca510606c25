import { catalogue } from '../../src/findings/catalogue.ts';
import { memorySource } from '../../src/inspection/byte-source.ts';
import type { FormatFacts } from '../../src/inspection/facts.ts';
import type { PdfDetails } from '../../src/inspection/pdf/details.ts';
import { inspectPdf } from '../../src/inspection/pdf/inspect-pdf.ts';

export function inspectBytes(bytes: Uint8Array): FormatFacts<PdfDetails> {
  return inspectPdf(memorySource(bytes));
}

export function codesOf(facts: FormatFacts): string[] {
  return facts.observations.map(({ code }) => code);
}

/** Whether a person is told that something is wrong: a note is not enough. */
export function warns(facts: FormatFacts): boolean {
  return facts.observations.some(({ code }) => catalogue[code].severity !== 'note');
}
