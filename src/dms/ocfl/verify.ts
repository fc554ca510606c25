import { join } from 'node:path';
import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import { listFolder } from './validation/listing.ts';
import { type ObjectFacts, validateObject } from './validation/object.ts';
import { type OcflProblem, Report } from './validation/report.ts';
import { checkPlace, findObjects, isObject, validateRoot } from './validation/storage-root.ts';

export { ocflCodes } from './validation/codes.ts';
export { isError, type OcflProblem } from './validation/report.ts';

/** The judgement on one object. It is valid when no problem is an error. */
export interface ObjectVerdict extends ObjectFacts {
  readonly kind: 'object';
  /** From the storage root; "" when the object was named itself. */
  readonly path: string;
  readonly valid: boolean;
  readonly problems: readonly OcflProblem[];
}

/** The judgement on what a storage root holds beside its objects. */
export interface RootVerdict {
  readonly kind: 'root';
  readonly valid: boolean;
  readonly problems: readonly OcflProblem[];
  /** Objects found; a caller who expected some should not take zero for a good result. */
  readonly objects: number;
  /** Objects among them that were read. */
  readonly verified: number;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  /** Which objects of a storage root are read, by their path from the root; all by default. */
  readonly select?: (path: string) => boolean;
}

/**
 * Judges one OCFL object by the specification it declares (1.0 or 1.1), ours or anybody's, re-reading all its bytes.
 * @throws the system's error when the object cannot be read at all
 */
export async function verifyObject(path: string, signal?: AbortSignal): Promise<ObjectVerdict> {
  const report = new Report();
  const facts = await validateObject(path, report, signal);
  return { kind: 'object', path: '', valid: !report.hasErrors, problems: report.problems, ...facts };
}

/** Judges a storage root: every object by itself, in the order of their paths, and at last the root. */
export async function* verifyStorageRoot(
  root: string,
  { signal, select = () => true }: VerifyOptions = {},
): AsyncGenerator<ObjectVerdict | RootVerdict> {
  const report = new Report();
  const top = await listFolder(root, '', report);
  if (!top) throw missing(root);
  const facts = await validateRoot(root, top, report);
  let objects = 0;
  let verified = 0;
  const depths = new Set<boolean>();
  for await (const path of findObjects(root, top, report)) {
    signal?.throwIfAborted();
    depths.add(path.includes('/'));
    objects++;
    if (!select(path)) continue;
    const verdict = await verifyObject(join(root, path), signal);
    checkPlace(path, verdict, facts, report);
    verified++;
    yield { ...verdict, path };
  }
  if (depths.size > 1) report.add('W015', '');
  yield { kind: 'root', valid: !report.hasErrors, problems: report.problems, objects, verified };
}

/** Judges what lies at a path: an object by itself, anything else as a storage root. */
export async function* verifyPath(
  path: string,
  options: VerifyOptions = {},
): AsyncGenerator<ObjectVerdict | RootVerdict> {
  const top = await listFolder(path, '', new Report());
  if (!top) throw missing(path);
  if (isObject(top)) yield await verifyObject(path, options.signal);
  else yield* verifyStorageRoot(path, options);
}

function missing(path: string): DmsError {
  return new DmsError(
    'dms.store-unusable',
    text({ de: `Es gibt keinen Ordner „${path}“.`, en: `There is no folder "${path}".` }),
  );
}
