import type { Kysely } from 'kysely';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { didYouMean } from '../../shared/suggest.ts';
import type { Database } from '../../storage/schema.ts';
import { objectKey } from './plan.ts';
import { type AcceptedFile, acceptedFiles } from './store.ts';

/**
 * The accepted files that words on the command line mean: a batch, the key of an object, or a reference with all its
 * volumes.
 * @throws UsageError for a word that means none
 */
export async function namedFiles(
  db: Kysely<Database>,
  words: readonly string[],
  { batches }: { readonly batches: boolean },
): Promise<ReadonlySet<number>> {
  const files = await acceptedFiles(db);
  const chosen = new Set<number>();
  for (const word of words) {
    const wanted = word.normalize('NFC');
    const matches = files.filter((file) => namesOf(file, batches).includes(wanted));
    if (matches.length === 0) throw unknown(word, files, batches);
    for (const { fileId } of matches) chosen.add(fileId);
  }
  return chosen;
}

function namesOf(file: AcceptedFile, batches: boolean): readonly string[] {
  const { batch, reference, referenceKey, volume } = file;
  const names = [objectKey(file), reference.normalize('NFC'), referenceKey, `${referenceKey}#${volume}`];
  return batches ? [...names, batch] : names;
}

function unknown(word: string, files: readonly AcceptedFile[], batches: boolean): UsageError {
  const known = files.flatMap((file) => namesOf(file, batches));
  return new UsageError(
    'usage.unknown-id',
    batches
      ? text({
          de: `Es gibt keine Charge und keine abgenommene Akte „${word}“.`,
          en: `There is no batch and no accepted file "${word}".`,
        })
      : text({ de: `Es gibt keine abgenommene Akte „${word}“.`, en: `There is no accepted file "${word}".` }),
    didYouMean(word, [...new Set(known)], 'scanlot import plan'),
  );
}
