import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import type { Holders } from './repository.ts';

/** More than one folder of a key: whatever made them, neither is to be taken for the file. */
export function duplicate(key: string, complete: Holders['complete']): DmsError {
  const ids = complete.map(({ object }) => object.id).join(', ');
  return new DmsError(
    'dms.object-duplicate',
    text({
      de: `enaio enthält die Akte „${key}“ mehrfach: ${ids}.`,
      en: `enaio holds file "${key}" more than once: ${ids}.`,
    }),
  );
}

/** Somebody else is at the same file. */
export function busy(key: string): DmsError {
  return new DmsError(
    'dms.object-busy',
    text({
      de: `Ein anderer Import legt die Akte „${key}“ gerade ab.`,
      en: `Another import is storing file "${key}" just now.`,
    }),
  );
}
