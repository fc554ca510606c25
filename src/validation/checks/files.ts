import { createFinding, type Finding, type FindingCode, placeObservation } from '../../findings/finding.ts';
import type { FileFormat } from '../../inspection/facts.ts';
import { type CheckContext, documentsOf, factsOf, isDocument } from '../context.ts';

/** Said more precisely by the format that was agreed: why the pages of another format cannot be counted. */
const toldByFormat: ReadonlySet<FindingCode> = new Set(['file.pages-not-countable']);

const endings: Readonly<Partial<Record<FileFormat, readonly string[]>>> = {
  pdf: ['pdf'],
  tiff: ['tif', 'tiff'],
  jpeg: ['jpg', 'jpeg', 'jpe'],
  png: ['png'],
  jp2: ['jp2', 'j2k', 'jpf', 'jpx'],
};

/** What the inspection observed in the documents; of other files, only that they could not be read. */
export function* fileObservations(context: CheckContext): Iterable<Finding> {
  for (const entry of context.index.entries) {
    const { path } = entry;
    const observations = context.files.observations.get(path);
    if (!observations || (factsOf(context, path) && !isDocument(context, entry))) continue;
    for (const observation of observations) {
      if (!toldByFormat.has(observation.code)) yield placeObservation(observation, { path });
    }
  }
}

/** What other programs said of any file. */
export function* engineJudgements({ index, judgements }: CheckContext): Iterable<Finding> {
  for (const { path } of index.entries) {
    for (const observation of judgements.get(path) ?? []) yield placeObservation(observation, { path });
  }
}

/** Documents of a format that was not agreed, or whose name pretends another one; documents beyond the agreed size. */
export function* documentForms(context: CheckContext): Iterable<Finding> {
  const { formats, source } = context.profile;
  const limit = source.files?.maximumBytes;
  for (const { path, size } of documentsOf(context)) {
    if (limit !== undefined && size > limit) yield createFinding('package.file-too-large', { path }, { size, limit });
    const facts = factsOf(context, path);
    if (!facts || isUnnamed(facts.format)) continue;
    if (!formats.includes(facts.format)) {
      yield createFinding('package.format-not-agreed', { path }, { format: facts.format, agreed: formats });
    } else if (pretendsOther(path, facts.format)) {
      yield createFinding('name.extension-misleads', { path }, { format: facts.format });
    }
  }
}

/** The inspection has said that the file is empty or of no known format. */
function isUnnamed(format: FileFormat): boolean {
  return format === 'empty' || format === 'unknown';
}

function pretendsOther(path: string, format: FileFormat): boolean {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  return !(endings[format] ?? []).some((usual) => usual === ending);
}
