import type { Kysely } from 'kysely';
import { groupBy } from '../shared/group-by.ts';
import type { Database } from '../storage/schema.ts';
import { selectContents } from './content-store.ts';
import type { Redelivered } from './effective.ts';
import type { UnchangedContent } from './facts.ts';

/**
 * Which deliveries in the place of accepted content brought the same again. Documents count by their bytes: another name
 * alone mends nothing.
 * @returns by delivered file
 */
export async function findUnchangedContent(
  db: Kysely<Database>,
  corrections: readonly Redelivered[],
): Promise<Map<number, UnchangedContent>> {
  const ids = corrections.flatMap(({ delivered, accepted }) => [delivered.file.id, accepted.file.id]);
  const contents = groupBy(await selectContents(db, [...new Set(ids)]), ({ deliveryFileId }) => deliveryFileId);
  const print = (id: number, part: 'sha256' | 'fields') =>
    JSON.stringify(
      (contents.get(id) ?? []).map((document) => [document.sha256, part === 'fields' ? document.fields : '']).sort(),
    );
  return new Map(
    corrections.flatMap(({ delivered, accepted }): [number, UnchangedContent][] => {
      const [now, before] = [delivered.file.id, accepted.file.id];
      if (print(now, 'sha256') !== print(before, 'sha256')) return [];
      return [[now, print(now, 'fields') === print(before, 'fields') ? 'all' : 'documents']];
    }),
  );
}
