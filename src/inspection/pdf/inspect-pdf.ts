import { observe } from '../../findings/finding.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FormatFacts } from '../facts.ts';
import { attempt, PdfDamage } from './damage.ts';
import { type PdfHeader, readHeader } from './file-ends.ts';
import { WorkBudget } from './limits.ts';
import { readLinearisation } from './linearisation.ts';
import { observeEnds, observeSettled } from './observations.ts';
import { type OpenedDocument, openDocument } from './open-document.ts';
import { type Reading, readDocument, settle } from './reading.ts';

/**
 * Reads a PDF by its cross-reference (ISO 32000-2) and counts the leaves of its page tree. Damage becomes
 * observations: where they leave the count in doubt, `pages` is null. Reads only the blocks it needs; a file whose
 * cross-reference cannot be used is read through once. Never throws for what is in the file.
 */
export function inspectPdf(source: ByteSource): FormatFacts {
  const budget = new WorkBudget();
  const header = readHeader(source);
  const linearisation = readLinearisation(source, header.offset ?? 0, budget);
  const opened = attempt(() => openDocument(source, header, linearisation, budget));
  const document = opened instanceof PdfDamage ? undefined : opened;
  const settled = settle(source, opened instanceof PdfDamage ? opened : attempt(() => readDocument(opened.document)));
  const encryption = (settled.reading?.document ?? document?.document)?.security?.facts;
  const observations = [...observeEnds(source, header, linearisation, document?.tail), ...observeSettled(settled)];
  if (encryption) {
    const { handler, opensWithoutPassword } = encryption;
    observations.push(observe('pdf.encrypted', { handler, opensWithoutPassword }));
  }
  return {
    pages: settled.pages,
    observations,
    details: {
      version: header.version ?? null,
      linearised: linearisation !== undefined,
      encryption: encryption ?? null,
      ...describeStructure(settled.recoveredFrom ? undefined : document, linearisation !== undefined),
      ...describeReading(settled.reading, header),
    },
  };
}

function describeStructure(
  opened: OpenedDocument | undefined,
  isLinearised: boolean,
): Readonly<Record<string, unknown>> {
  if (opened === undefined) return { crossReference: 'rebuilt', updates: null };
  // A linearised file is written with two sections.
  const written = isLinearised ? 2 : 1;
  return { crossReference: opened.chain.form, updates: Math.max(0, opened.chain.sections - written) };
}

function describeReading(reading: Reading | undefined, header: PdfHeader): Readonly<Record<string, unknown>> {
  if (reading === undefined) return {};
  const { catalog, document, sizes } = reading;
  return {
    objects: document.entries.used,
    pageSizes: sizes.summary(),
    ...(catalog instanceof PdfDamage
      ? {}
      : {
          version: laterVersion(header.version, catalog.version),
          attachments: catalog.attachments,
          active: catalog.active,
          hasForm: catalog.hasForm,
        }),
  };
}

/** The catalog's version counts where it is later than the header's (ISO 32000-2, 7.2.2). Each is "digit.digit". */
function laterVersion(header: string | undefined, catalog: string | undefined): string | null {
  const versions = [header, catalog].filter((version) => version !== undefined).sort();
  return versions.at(-1) ?? null;
}
