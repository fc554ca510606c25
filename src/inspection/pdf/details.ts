import type { PageRun } from '../page-facts.ts';
import type { ActiveKind } from './actions.ts';
import { PdfDamage } from './damage.ts';
import type { Encryption } from './encryption.ts';
import type { Evidence } from './evidence.ts';
import type { PdfHeader } from './file-ends.ts';
import type { SignatureFacts } from './form.ts';
import type { Metadata, PdfaClaim } from './metadata.ts';
import type { OpenedDocument } from './open-document.ts';
import type { Reading } from './reading.ts';

/** Facts of a PDF, as `FormatFacts.details` holds them. */
export type PdfDetails = {
  /** The later of header and catalog; null where neither says one. */
  readonly version: string | null;
  readonly headerVersion: string | null;
  /** Written for display from the web, and not changed since: an update undoes it (ISO 32000-2, annex F.1). */
  readonly linearised: boolean;
  readonly encryption: Encryption | null;
  /** Of the newest section; rebuilt: the file was damaged, and its objects were searched for. */
  readonly crossReference: 'table' | 'stream' | 'hybrid' | 'rebuilt';
  /** Incremental updates behind the first state; null where they cannot be told. */
  readonly updates: number | null;
  readonly document: PdfDocumentDetails | null;
  /** Every page, runs of equal ones together. */
  readonly pages: readonly PageRun[];
  /** Pages counted, but not described in `pages`, because there are too many different ones. */
  readonly undescribed: number;
};

/** What catalog and pages say; null in `PdfDetails` where they could not be read. */
export interface PdfDocumentDetails {
  /** Objects in use, and whether some stand in object streams. */
  readonly objects: number;
  readonly objectStreams: boolean;
  /** Smallest and largest page in millimetres, pages by sheet class, and those turned when shown. */
  readonly pageSizes: Readonly<Record<string, unknown>>;
  /** Fonts that text is shown in; the names of those that are not embedded, the first fifty. */
  readonly fonts: { readonly embedded: number; readonly notEmbedded: readonly string[] };
  /** As the information dictionary says, and as the XMP metadata say. */
  readonly info: Metadata;
  readonly xmp: Metadata | null;
  /** What it claims to be; the claim is checked for plain contradictions only. */
  readonly pdfa: PdfaClaim | null;
  /** Embedded files, of the document and of its annotations. */
  readonly attachments: number;
  /** Actions that start by themselves, and actions of annotations by their names in the file. */
  readonly active: readonly ActiveKind[];
  readonly actions: readonly string[];
  readonly form: { readonly fields: number; readonly xfa: boolean } | null;
  readonly signatures: readonly SignatureFacts[];
}

/** @param opened undefined where the cross-reference was rebuilt, or nothing could be read */
export function describePdf(
  header: PdfHeader,
  linearisation: { readonly wasWritten: boolean; readonly isIntact: boolean },
  encryption: Encryption | undefined,
  opened: OpenedDocument | undefined,
  reading: Reading | undefined,
): PdfDetails {
  const catalog = reading && !(reading.catalog instanceof PdfDamage) ? reading.catalog : undefined;
  // A linearised file is written with two sections.
  const written = linearisation.wasWritten ? 2 : 1;
  return {
    version: laterVersion(header.version, catalog?.version),
    headerVersion: header.version ?? null,
    linearised: linearisation.isIntact,
    encryption: encryption ?? null,
    crossReference: opened?.chain.form ?? 'rebuilt',
    updates: opened ? Math.max(0, opened.chain.sections - written) : null,
    document: reading ? describeDocument(reading) : null,
    pages: reading?.survey.runs.runs ?? [],
    undescribed: reading?.survey.runs.undescribed ?? 0,
  };
}

/** Whether it claims to be PDF/A, and nothing else of the details. */
export function describeClaim(reading: Reading | undefined): { readonly document?: Pick<PdfDocumentDetails, 'pdfa'> } {
  const catalog = reading?.catalog;
  const pdfa = catalog instanceof PdfDamage ? undefined : catalog?.xmp?.pdfa;
  return pdfa ? { document: { pdfa } } : {};
}

const mostFontNames = 50;

function describeDocument({ document, survey, catalog }: Reading): PdfDocumentDetails {
  const known = catalog instanceof PdfDamage ? undefined : catalog;
  const { evidence } = survey;
  const form = known?.form;
  return {
    objects: document.entries.used,
    objectStreams: document.entries.hasObjectStreams,
    pageSizes: survey.sizes.summary(),
    fonts: describeFonts(evidence),
    info: known?.info ?? {},
    xmp: known?.xmp?.metadata ?? null,
    pdfa: known?.xmp?.pdfa ?? null,
    attachments: (known?.attachments ?? 0) + evidence.attached.size,
    active: known?.active ?? [],
    actions: [...evidence.actions.keys()],
    form: form ? { fields: form.fields, xfa: form.xfa } : null,
    signatures: form?.signatures ?? [],
  };
}

function describeFonts(evidence: Evidence): PdfDocumentDetails['fonts'] {
  const fonts = [...evidence.fonts];
  const missing = new Set(fonts.filter(({ isEmbedded }) => !isEmbedded).map(({ name }) => name));
  return {
    embedded: fonts.filter(({ isEmbedded }) => isEmbedded).length,
    notEmbedded: [...missing].slice(0, mostFontNames),
  };
}

/** The catalog's version counts where it is later than the header's (ISO 32000-2, 7.2.2). Each is "digit.digit". */
function laterVersion(header: string | undefined, catalog: string | undefined): string | null {
  const versions = [header, catalog].filter((version) => version !== undefined).sort();
  return versions.at(-1) ?? null;
}
