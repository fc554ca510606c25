import { canonicalJson } from '../shared/canonical-json.ts';
import { text } from '../shared/language.ts';
import type { NewDocument, NewObject } from './adapter.ts';
import { DmsError } from './errors.ts';
import { pathConflicts, pathFaults } from './ocfl/validation/paths.ts';

/** Names the form of the index data beside the documents, for those who read a store without scanlot. */
const metadataSchema = 'urn:scanlot:schemas/stored-object-1';

/** In characters; no file system has longer paths. */
const longestName = 4096;
/** Half of a surrogate pair: it has no UTF-8 form. */
const brokenText = /\p{Surrogate}/u;

/** @throws DmsError dms.object-invalid when the key is empty or no well-formed text */
export function checkedKey(key: string): string {
  if (key === '') throw refused(key, 'der Schlüssel ist leer', 'its key is empty');
  if (brokenText.test(key)) throw refused(key, 'der Schlüssel ist kein gültiger Text', 'its key is no valid text');
  return key;
}

/** @returns the documents, sorted by name. @throws DmsError dms.object-invalid when no store could tell them apart */
export function checkedDocuments({ key, documents }: NewObject): readonly NewDocument[] {
  if (documents.length === 0) throw refused(key, 'es sind keine Dokumente genannt', 'no documents are named');
  checkNames(key, documents);
  return [...documents].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** OCFL 1.1 section 3.5.3.1 for logical paths; names that a reader could take for the same count as the same. */
function checkNames(key: string, documents: readonly NewDocument[]): void {
  for (const { name } of documents) {
    const { ends, elements } = pathFaults(name);
    if (ends || elements || name.length > longestName || name.includes('\0') || brokenText.test(name)) {
      throw refused(key, `der Name „${name}“ ist nicht zulässig`, `the name "${name}" is not allowed`);
    }
  }
  for (const name of pathConflicts(documents.map((document) => document.name.normalize('NFC')))) {
    throw refused(
      key,
      `„${name}“ kommt zweimal vor oder ist zugleich ein Ordner`,
      `"${name}" occurs twice, or is also a folder`,
    );
  }
}

/** The index data as they are stored: equal objects have equal bytes, whatever the order of their members. */
export function metadataBytes(
  { key, metadata: index }: NewObject,
  documents: readonly (Pick<NewDocument, 'name' | 'size' | 'sha256'> & { readonly stored?: string })[],
): Buffer {
  const content = {
    schema: metadataSchema,
    key: key.normalize('NFC'),
    index,
    documents: documents.map(({ name, size, sha256, stored }) => ({ name, size, sha256, stored })),
  };
  // Canonical, so that equal data are equal bytes, and indented, because people read it.
  return Buffer.from(`${JSON.stringify(JSON.parse(canonicalJson(content)), null, 2)}\n`);
}

/** An object that no store takes. */
export function refused(key: string, de: string, en: string): DmsError {
  return new DmsError(
    'dms.object-invalid',
    text({ de: `Die Akte „${key}“ kann nicht abgelegt werden: ${de}.`, en: `File "${key}" cannot be stored: ${en}.` }),
  );
}
