import type { Text } from '../../shared/language.ts';
import { compareStored } from './compare-stored.ts';
import type { FileImport } from './import-file.ts';
import { expectedDocuments, ownOf, recordOwn } from './own-documents.ts';
import type { PlannedImport } from './plan.ts';
import type { AcceptedDocument } from './store.ts';

/**
 * Compares an object that the system has and of which nothing is recorded. Whether something of ours went along is not known
 * then: it has to be as it would be sent now, or as it was accepted.
 * @returns the first difference to what was accepted; undefined when it is as one of the two
 */
export async function compareUnknown(
  run: FileImport,
  planned: PlannedImport,
  id: string,
  documents: readonly AcceptedDocument[],
): Promise<Text | undefined> {
  const additions = await run.addTo(planned, documents);
  await additions.remove();
  const own = ownOf(additions);
  if (own.length > 0 && !(await compareStored(run.adapter, id, expectedDocuments(documents, own)))) {
    await recordOwn(run, planned, own);
    return undefined;
  }
  return compareStored(run.adapter, id, expectedDocuments(documents, []));
}
