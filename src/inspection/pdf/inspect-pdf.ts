import { observe } from '../../findings/observe.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FormatFacts } from '../facts.ts';
import { attempt, PdfDamage } from './damage.ts';
import { describeClaim, describePdf, type PdfDetails } from './details.ts';
import { readHeader } from './file-ends.ts';
import { WorkBudget } from './limits.ts';
import { readLinearisation } from './linearisation.ts';
import { observeEnds, observeSettled } from './observations.ts';
import { openDocument } from './open-document.ts';
import { readDocument, settle } from './reading.ts';

/**
 * Reads a PDF by its cross-reference (ISO 32000-2) and counts the leaves of its page tree. Damage becomes
 * observations: where they leave the count in doubt, `pages` is null. Reads only the blocks it needs; a file whose
 * cross-reference cannot be used is read through once. Never throws for what is in the file.
 * @param described false where of the details only the claim to be PDF/A is asked for; observations are the same
 */
export function inspectPdf(source: ByteSource, described?: true): FormatFacts<PdfDetails>;
export function inspectPdf(source: ByteSource, described: boolean): FormatFacts;
export function inspectPdf(source: ByteSource, described = true): FormatFacts {
  const budget = new WorkBudget();
  const header = readHeader(source);
  const linearisation = readLinearisation(source, header.offset ?? 0, budget);
  const opened = attempt(() => openDocument(source, header, linearisation, budget));
  const document = opened instanceof PdfDamage ? undefined : opened;
  const settled = settle(
    source,
    opened instanceof PdfDamage ? opened : attempt(() => readDocument(opened.document, described)),
    described,
  );
  const encryption = (settled.reading?.document ?? document?.document)?.security?.facts;
  const observations = [...observeEnds(source, header, linearisation, document?.tail), ...observeSettled(settled)];
  if (encryption) {
    const { handler, opensWithoutPassword } = encryption;
    observations.push(observe('pdf.encrypted', { handler, opensWithoutPassword }));
  }
  const { pages, reading } = settled;
  if (!described) return { pages, observations, details: describeClaim(reading) };
  const intact = settled.recoveredFrom ? undefined : document;
  const linearised = { wasWritten: linearisation !== undefined, isIntact: linearisation?.length === source.size };
  const details = describePdf(header, linearised, encryption, intact, reading);
  return { pages, observations, details };
}
