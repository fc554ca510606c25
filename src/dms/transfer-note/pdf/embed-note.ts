import { createHash } from 'node:crypto';
import type { ByteSource } from '../../../inspection/byte-source.ts';
import { Name } from '../../../inspection/pdf/names.ts';
import {
  type Dictionary,
  isArray,
  isDictionary,
  PdfStream,
  type PdfValue,
  Ref,
} from '../../../inspection/pdf/values.ts';
import type { CalendarDate } from '../../../shared/dates.ts';
import { freeAttachmentName, nameTree, readNames } from './attachment-names.ts';
import { mayBecomePart3 } from './may-raise.ts';
import { type Obstacle, ObstacleFound } from './obstacle.ts';
import { type OpenScan, obstacleIn, openScan } from './open-scan.ts';
import { mentionsClaim, raiseClaim } from './raise-claim.ts';
import { textString } from './serialise.ts';
import { type UpdatedObject, updateSection } from './update-section.ts';

/** A transfer note as it is attached to a scan. */
export interface AttachedNote {
  readonly fileName: string;
  readonly description: string;
  readonly xml: Uint8Array;
  /** The day that it is stated for. */
  readonly day: CalendarDate;
}

export type EmbeddedNote = { readonly update: Buffer } | { readonly obstacle: Obstacle };

/**
 * Attaches a transfer note to a PDF (ISO 32000-2, 7.11.4 and 14.13) by an incremental update: the bytes that are to be
 * appended to it. A document that claims to be PDF/A-1 or PDF/A-2 claims PDF/A-3 of the same level then (ISO 19005-3); one
 * that claims nothing still claims nothing. Reads only the blocks that it needs. Equal scans and notes give equal bytes.
 * @returns why not, where the scan cannot hold it
 */
export function embedNote(source: ByteSource, note: AttachedNote): EmbeddedNote {
  try {
    return { update: update(openScan(source), note) };
  } catch (error) {
    const obstacle = obstacleIn(error);
    if (obstacle === undefined) throw error;
    return { obstacle };
  }
}

function update(scan: OpenScan, note: AttachedNote): Buffer {
  const { base, catalogRef } = scan;
  const file = new Ref(base.nextNumber, 0);
  const specification = new Ref(base.nextNumber + 1, 0);
  const metadata = raisedMetadata(scan);
  const names = readNames(scan.document, namesOf(scan)?.get('EmbeddedFiles'));
  const fileName = freeAttachmentName(names, note.fileName);
  return updateSection(base, [
    { ref: file, ...embeddedFile(note) },
    { ref: specification, value: fileSpecification(note, fileName, file) },
    ...metadata,
    {
      ref: catalogRef,
      value: catalogWith(scan, nameTree([...names, [textString(fileName), specification]]), specification),
    },
  ]);
}

function namesOf({ document, catalog }: OpenScan): Dictionary | undefined {
  const names = document.resolve(catalog.get('Names'));
  if (names === undefined || isDictionary(names)) return names;
  throw new ObstacleFound('damaged');
}

/** The note as an embedded file stream (7.11.4); not compressed, so that its bytes depend on no library. */
function embeddedFile({ xml, day }: AttachedNote): Pick<UpdatedObject, 'value' | 'data'> {
  const parameters = new Map<string, PdfValue>([
    ['Size', xml.length],
    ['ModDate', textString(`D:${day.replaceAll('-', '')}`)],
    ['CheckSum', new Uint8Array(createHash('md5').update(xml).digest())],
  ]);
  const value = new Map<string, PdfValue>([
    ['Type', new Name('EmbeddedFile')],
    ['Subtype', new Name('text/xml')],
    ['Params', parameters],
  ]);
  return { value, data: xml };
}

function fileSpecification({ description }: AttachedNote, fileName: string, file: Ref): PdfValue {
  const name = textString(fileName);
  return new Map<string, PdfValue>([
    ['Type', new Name('Filespec')],
    ['F', name],
    ['UF', name],
    [
      'EF',
      new Map([
        ['F', file],
        ['UF', file],
      ]),
    ],
    ['Desc', textString(description)],
    ['AFRelationship', new Name('Supplement')],
  ]);
}

/** Attached files belong to 1.7 (/UF), associated ones to 2.0 and PDF/A-3, which is a 1.7. */
const lowestVersion = '1.7';

function catalogWith(scan: OpenScan, embeddedFiles: PdfValue, specification: Ref): PdfValue {
  const { document, catalog, version } = scan;
  const names = new Map([...(namesOf(scan) ?? []), ['EmbeddedFiles', embeddedFiles] as const]);
  const associated = catalog.get('AF');
  const list = document.resolve(associated);
  const others = isArray(list) ? list : associated === undefined || list === undefined ? [] : [associated];
  const isOlder = version === null || version < lowestVersion;
  return new Map<string, PdfValue>([
    ...catalog,
    ...(isOlder ? [['Version', new Name(lowestVersion)] as const] : []),
    ['Names', names],
    ['AF', [...others, specification]],
  ]);
}

/** The metadata with the claim that holds then, where there is one to change. */
function raisedMetadata(scan: OpenScan): readonly UpdatedObject[] {
  const { document, catalog, pdfa } = scan;
  const ref = catalog.get('Metadata');
  const stream = document.resolve(ref);
  if (!(ref instanceof Ref) || !(stream instanceof PdfStream)) return [];
  const data = document.contentData(stream, ref);
  if (pdfa === null && !mentionsClaim(data)) return [];
  const raised = raiseClaim(data);
  const isRaised = raised !== undefined;
  // Two readers of the same metadata: where they do not agree, nobody knows what the document claims.
  const expected = pdfa !== null && pdfa.part !== 3;
  if (isRaised !== expected) throw new ObstacleFound('pdfa-not-raised');
  if (pdfa && !mayBecomePart3(scan, pdfa.part)) throw new ObstacleFound('pdfa-not-raised');
  if (!isRaised) return [];
  const value = new Map<string, PdfValue>([
    ['Type', new Name('Metadata')],
    ['Subtype', new Name('XML')],
  ]);
  return [{ ref, value, data: raised }];
}
