import { acceptedContent, ownContent } from '../http/accepted-content.ts';
import { persist } from '../http/back-off.ts';
import type { Content } from '../http/multipart.ts';
import type { MappedAccess } from '../mapping/mapped-object.ts';
import type { CmisObject } from './answers.ts';
import type { PropertyValues } from './browser-binding.ts';
import { settleAccess } from './object-access.ts';
import { type CmisObjectPlan, indexName } from './object-plan.ts';
import type { Repository } from './repository.ts';
import { requireSecondaryTypes } from './secondary-types.ts';

/** A document that is to be laid into a file's folder. */
interface NewDocument {
  readonly folderId: string;
  readonly properties: PropertyValues;
  readonly content: Content;
  /** That of the file. */
  readonly access: MappedAccess;
}

/** Sends the index and all documents of a file into the folder that was claimed for it. */
export async function uploadAll(
  repository: Repository,
  plan: CmisObjectPlan,
  folderId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { access, indexProperties } = plan;
  for (const document of plan.documents) {
    const content = acceptedContent(document, document.stored, signal);
    await upload(repository, { folderId, properties: document.properties, content, access }, signal);
  }
  const content = ownContent(plan.index, indexName, 'application/json');
  await upload(repository, { folderId, properties: indexProperties, content, access }, signal);
}

/** Sends one document. @returns it as the repository tells it */
export async function upload(
  repository: Repository,
  { folderId, properties, content, access }: NewDocument,
  signal: AbortSignal | undefined,
): Promise<CmisObject> {
  const { binding, settings, typeOf, patience } = repository;
  // Where a folder's list holds for what lies in it, documents need none of their own.
  const own = binding.access.isInherited ? { grant: [], withdraw: [] } : access;
  const created = { properties: new Map([['cmis:name', content.fileName] as const, ...properties]), grant: own.grant };
  const { isVersionable } = await typeOf(String(properties.get('cmis:objectTypeId')), 'cmis:document');
  const versioningState = settings.versioningState ?? (isVersionable ? 'major' : 'none');
  const made = await persist(
    async (before) => {
      // The answer to an earlier attempt was lost: what it left, whole or not, makes room. The folder is ours alone.
      if (before > 0) {
        const left = (await binding.children(folderId, signal)).filter(({ name }) => name === content.fileName);
        for (const { id } of left) await binding.remove(id, signal);
      }
      return binding.createDocument(folderId, created, content, versioningState, signal);
    },
    patience,
    signal,
  );
  await requireSecondaryTypes(repository, made, properties, signal);
  await settleAccess(repository, made.id, own, signal);
  return made;
}
