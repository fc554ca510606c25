import { text } from '../../shared/language.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { metadataOf } from '../import/new-object.ts';
import { objectKey } from '../import/plan.ts';
import { type AcceptedFile, acceptedDocuments, acceptedFiles } from '../import/store.ts';
import type { DmsSchema } from '../schema/dms-schema.ts';
import { objectProblems } from './check-values.ts';
import type { MappableObject, MappingProblem } from './map-object.ts';
import type { MappedObject } from './mapped-object.ts';

/** A value of an accepted file that the system would refuse. */
export interface RefusedValue extends MappingProblem {
  readonly reference: string;
  readonly volume: string;
  readonly batch: string;
}

/** How accepted files are worked out. */
export interface BatchCheck {
  /** What is made of a file; undefined where the system takes it as it is. */
  map(object: MappableObject): WorkedOut | undefined;
  /** Undefined: only what the mapping itself can tell. */
  readonly schema: DmsSchema | undefined;
  /** Fields that the adapter fills itself. */
  readonly reserved: readonly string[];
}

/** What the system would refuse of the accepted files of a batch, or of all: nothing is sent, and nothing read from it. */
export async function* checkBatch(
  workspace: Workspace,
  check: BatchCheck,
  batch: string | undefined,
): AsyncGenerator<{ readonly file: AcceptedFile; readonly refused: readonly RefusedValue[] }, void> {
  const places = new Map<string, string>();
  for (const file of await acceptedFiles(workspace.db, batch)) {
    const documents = await acceptedDocuments(workspace.db, file.deliveryFileId);
    const object: MappableObject = {
      key: objectKey(file),
      metadata: metadataOf(workspace, file, documents),
      documents: documents.map(({ path, size, sha256 }) => ({ name: path, source: '', size, sha256 })),
    };
    const { reference, volume } = file;
    const { mapped, problems } = problemsOf(check, object);
    const refused = [...problems, ...takenPlace(mapped, object.key, places)].map((problem) => ({
      reference,
      volume,
      batch: file.batch,
      ...problem,
    }));
    yield { file, refused };
  }
}

/** What was made of a file, where anything could be made of it, and what is wrong. */
export interface WorkedOut {
  readonly mapped?: MappedObject;
  readonly problems: readonly MappingProblem[];
}

function problemsOf({ map, schema, reserved }: BatchCheck, object: MappableObject): WorkedOut {
  const result = map(object);
  if (!result) return { problems: [] };
  const { mapped, problems } = result;
  if (!schema || !mapped) return result;
  const told = new Set(problems.map(placeOf));
  // What the mapping could not make is not told once more as missing.
  const refused = objectProblems(schema, chosen(mapped), reserved).filter((problem) => !told.has(placeOf(problem)));
  return { mapped, problems: [...problems, ...refused] };
}

/** Folders take each name once, and many do not regard letter case. */
function takenPlace(mapped: MappedObject | undefined, key: string, places: Map<string, string>): MappingProblem[] {
  if (!mapped || mapped.name === '') return [];
  const steps = [...mapped.folders.map((folder) => folder.key), mapped.name];
  const place = JSON.stringify(steps.map((step) => step.normalize('NFC').toLowerCase()));
  const holder = places.get(place);
  places.set(place, holder ?? key);
  if (holder === undefined) return [];
  const reason = text({
    de: `die Akte „${holder}“ bekommt denselben Namen am selben Ort`,
    en: `file "${holder}" gets the same name in the same place`,
  });
  return [{ document: null, field: 'name', value: mapped.name, reason }];
}

/** Documents for which no variant holds have been told already. */
function chosen(mapped: MappedObject): MappedObject {
  return { ...mapped, documents: mapped.documents.filter(({ type }) => type !== '') };
}

function placeOf({ document, field }: MappingProblem): string {
  return JSON.stringify([document, field]);
}
