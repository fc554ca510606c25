import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import { acceptedContent, ownContent } from '../http/accepted-content.ts';
import { persist } from '../http/back-off.ts';
import type { Content } from '../http/multipart.ts';
import { numberedName } from './index-data.ts';
import type { EnaioObjectPlan } from './object-plan.ts';
import { digestOf } from './read-object.ts';
import type { EnaioRepository } from './repository.ts';
import type { FieldValues, Signal } from './service.ts';

/**
 * Sends all documents of a file, each with a request of its own, and behind them the index, which tells where each of
 * them lies.
 */
export async function uploadAll(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  folder: string,
  signal: Signal,
): Promise<Uploaded> {
  const ids: string[] = [];
  const places: string[] = [];
  let isCertain = true;
  const unsure = () => {
    isCertain = false;
  };
  for (const [at, document] of plan.documents.entries()) {
    const content = acceptedContent(document, numberedName(document.name, at), signal);
    const key = `${folder}-${at + 1}`;
    const id = await upload(repository, { ...document, folder, key, content, unsure }, signal);
    ids.push(id);
    places.push(`${document.type}/${id}`);
  }
  const index = indexWith(plan.identity, places);
  const content = ownContent(index.bytes, 'scanlot-index.json', 'application/json');
  const values = { type: plan.indexType, values: plan.indexValues };
  const own = { ...values, folder, key: `${folder}-index`, content, sha256: undefined, unsure };
  const indexId = await upload(repository, own, signal);
  return { indexId, ids: [...ids, indexId], isCertain };
}

/** What was sent into a folder. */
export interface Uploaded {
  readonly indexId: string;
  /** Of the documents and the index. */
  readonly ids: readonly string[];
  /** False when an answer was lost: then a request may have been, or be, carried out twice. */
  readonly isCertain: boolean;
}

interface Upload {
  readonly type: string;
  readonly values: FieldValues;
  readonly folder: string;
  /** Tells the document from all others in enaio. */
  readonly key: string;
  readonly content: Content;
  /** What the bytes have to be, where something is there already. */
  readonly sha256: string | undefined;
  /** Called when an answer was lost. */
  unsure(): void;
}

/** When an answer is lost, what is there by the document's key counts if its bytes are those that were sent. */
async function upload(
  repository: EnaioRepository,
  { type, values, folder, key, content, sha256, unsure }: Upload,
  signal: Signal,
): Promise<string> {
  const { service, settings, patience } = repository;
  const all = new Map([...values, [settings.documentKeyField, key] as const]);
  return persist(
    async (before) => {
      if (before > 0) {
        unsure();
        const [left, other] = await findUploaded(repository, type, key, signal);
        if (left !== undefined && other === undefined) {
          if (sha256 === undefined || (await digestOf(repository, left, signal)).sha256 === sha256) return left;
        }
        if (left !== undefined) throw arrivedOtherwise(key);
      }
      const tellingField = settings.documentKeyField;
      return service.insert({ type, parent: folder, values: all, tellingField, content }, signal);
    },
    patience,
    signal,
  );
}

async function findUploaded(
  { service, settings }: EnaioRepository,
  type: string,
  key: string,
  signal: Signal,
): Promise<readonly string[]> {
  const { documentKeyField } = settings;
  const found = await service.find({ type, field: documentKeyField, value: key }, [documentKeyField], signal);
  return found.map(({ id }) => id);
}

/** The index as it is stored: what the file is, and with each document its type and object in enaio. */
function indexWith(identity: string, places: readonly string[]): { readonly bytes: Buffer } {
  const index = JSON.parse(identity) as { documents: Record<string, unknown>[] };
  const documents = index.documents.map((document, at) => ({ ...document, stored: places[at] }));
  return { bytes: Buffer.from(`${JSON.stringify({ ...index, documents }, null, 2)}\n`) };
}

function arrivedOtherwise(key: string): DmsError {
  return new DmsError(
    'dms.object-damaged',
    text({
      de: `In enaio kam unter „${key}“ anderes an, als gesendet wurde.`,
      en: `Under "${key}" other things arrived in enaio than were sent.`,
    }),
  );
}
