import { acceptedContent, ownContent } from '../http/accepted-content.ts';
import { persist } from '../http/back-off.ts';
import type { Content } from '../http/multipart.ts';
import type { CmisObject, PropertyValues } from './browser-binding.ts';
import { type CmisObjectPlan, indexName } from './object-plan.ts';
import type { Repository } from './repository.ts';

/** Sends the index and all documents of a file into the folder that was claimed for it. */
export async function uploadAll(
  repository: Repository,
  plan: CmisObjectPlan,
  folderId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const document of plan.documents) {
    await upload(repository, folderId, document.properties, acceptedContent(document, document.stored, signal), signal);
  }
  await upload(
    repository,
    folderId,
    plan.indexProperties,
    ownContent(plan.index, indexName, 'application/json'),
    signal,
  );
}

/** Sends one document. @returns it as the repository tells it */
export async function upload(
  { binding, settings, typeOf, patience }: Repository,
  folderId: string,
  properties: PropertyValues,
  content: Content,
  signal: AbortSignal | undefined,
): Promise<CmisObject> {
  const all = new Map([['cmis:name', content.fileName] as const, ...properties]);
  const { isVersionable } = await typeOf(String(properties.get('cmis:objectTypeId')), 'cmis:document');
  const versioningState = settings.versioningState ?? (isVersionable ? 'major' : 'none');
  return persist(
    async (before) => {
      // The answer to an earlier attempt was lost: what it left, whole or not, makes room. The folder is ours alone.
      if (before > 0) {
        const left = (await binding.children(folderId, signal)).filter(({ name }) => name === content.fileName);
        for (const { id } of left) await binding.remove(id, signal);
      }
      return binding.createDocument(folderId, all, content, versioningState, signal);
    },
    patience,
    signal,
  );
}
