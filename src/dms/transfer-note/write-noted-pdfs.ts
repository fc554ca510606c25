import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import type { Workspace } from '../../storage/workspace.ts';
import type { NotePlaces } from '../import/additions.ts';
import type { PlannedImport } from '../import/plan.ts';
import { acceptedDocuments } from '../import/store.ts';
import { checkedDocuments } from '../object-rules.ts';
import { makeCopies } from './embed-notes.ts';
import { readNoteFacts } from './read-facts.ts';

/**
 * Writes the PDFs of an accepted file with their notes attached, under their own names, to look at. What is there already
 * is not overwritten.
 * @throws UsageError where something is there; DmsError dms.object-invalid for names that lead out of the folder; as an import for the bytes
 */
export async function writeNotedPdfs(
  workspace: Workspace,
  planned: PlannedImport,
  folder: string,
): Promise<NotePlaces> {
  const documents = await acceptedDocuments(workspace.db, planned.file.deliveryFileId);
  const named = documents.map(({ path, size, sha256 }) => ({ name: path, source: '', size, sha256 }));
  checkedDocuments({ key: planned.objectKey, metadata: {}, documents: named });
  const [there] = documents.map(({ path }) => resolve(folder, path)).filter((path) => existsSync(path));
  if (there !== undefined) throw alreadyThere(there);
  const facts = await readNoteFacts(workspace, planned);
  const target = (path: string) => {
    const place = resolve(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    return place;
  };
  const { places } = await makeCopies({ workspace, planned, documents, facts, target });
  return places;
}

function alreadyThere(path: string): UsageError {
  return new UsageError(
    'usage.target-exists',
    text({ de: `${path} gibt es schon.`, en: `${path} is there already.` }),
    text({ de: 'Einen anderen Ordner angeben.', en: 'Name another folder.' }),
  );
}
