import { createHash } from 'node:crypto';

/** Storage root declaration, OCFL 1.1 section 4.2. */
export const rootDeclaration = { name: '0=ocfl_1.1', content: 'ocfl_1.1\n' } as const;
/** Object declaration, OCFL 1.1 section 3.2. */
export const objectDeclaration = { name: '0=ocfl_object_1.1', content: 'ocfl_object_1.1\n' } as const;

/** OCFL community extension 0004 with its defaults: objects lie three folders deep by the hash of their id. */
export const layoutExtension = '0004-hashed-n-tuple-storage-layout';
export const layoutConfiguration = {
  extensionName: layoutExtension,
  digestAlgorithm: 'sha256',
  tupleSize: 3,
  numberOfTuples: 3,
  shortObjectRoot: false,
} as const;

const idPrefix = 'urn:scanlot:file:';

/**
 * The OCFL id (a URI, section 3.5.1) of our own key. Equal keys after Unicode normalisation have the same id.
 * @throws URIError when the key is no well-formed Unicode text
 */
export function objectId(key: string): string {
  return idPrefix + encodeURIComponent(key.normalize('NFC'));
}

/** Folders from the storage root to the object of this id; the last is the object root (extension 0004). */
export function objectFolders(id: string): readonly string[] {
  const digest = createHash(layoutConfiguration.digestAlgorithm).update(id, 'utf8').digest('hex');
  const { tupleSize, numberOfTuples } = layoutConfiguration;
  const tuples = Array.from({ length: numberOfTuples }, (_, at) => digest.slice(at * tupleSize, (at + 1) * tupleSize));
  return [...tuples, digest];
}

/** The name of the version after this one; leading zeros stay (OCFL 1.1 section 3.5.1, "v009" → "v010"). */
export function versionAfter(head: string): string {
  return `v${String(Number(head.slice(1)) + 1).padStart(head.startsWith('v0') ? head.length - 1 : 1, '0')}`;
}
