import type { AcceptedFile, ImportObjectRow } from './store.ts';

/** What is to be done with one accepted file: create it, finish what was begun, try a failed one again, nothing. */
export type ImportAction = 'create' | 'resume' | 'retry' | 'none';

export interface PlannedImport {
  readonly file: AcceptedFile;
  readonly objectKey: string;
  readonly action: ImportAction;
  /** What is recorded of an earlier run. */
  readonly object: ImportObjectRow | undefined;
}

/** Version of the plan's form. */
export const importPlanVersion = 1;

/**
 * What an import would do; pure. Every accepted file is in the plan exactly once.
 * @param objects what is recorded of earlier runs, by file id
 */
export function planImport(
  files: readonly AcceptedFile[],
  objects: ReadonlyMap<number, ImportObjectRow>,
): PlannedImport[] {
  return files.map((file) => {
    const object = objects.get(file.fileId);
    return { file, objectKey: object?.object_key ?? objectKey(file), action: actionFor(object?.state), object };
  });
}

/** @param state as recorded of an earlier run */
export function actionFor(state: string | null | undefined): ImportAction {
  if (!state) return 'create';
  if (state === 'confirmed') return 'none';
  return state === 'failed' ? 'retry' : 'resume';
}

/** Our own key of a file in the DMS: stable, unique within the county, readable. */
export function objectKey({ contract, lot, referenceKey, volume }: AcceptedFile): string {
  return `${contract}/${lot}/${referenceKey}${volume === '' ? '' : `#${volume}`}`;
}
