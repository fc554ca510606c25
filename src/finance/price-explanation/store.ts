import type { Kysely } from 'kysely';
import type { PageClassCount } from '../../contract/pricing/page-class.ts';
import { referenceKey } from '../../custody/reference.ts';
import type { Database } from '../../storage/schema.ts';
import type { CountedFile } from './file-prices.ts';

/** Ids in one statement: well below the number of values that a database binds at once. */
const CHUNK = 500;

/** Decisions that accepted a file of this reference. */
export async function decisionsOfFile(db: Kysely<Database>, reference: string): Promise<number[]> {
  const rows = await db
    .selectFrom('decision_file')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .select('decision_file.decision_id')
    .distinct()
    .where('file.reference_key', '=', referenceKey(reference))
    .where('decision_file.outcome', '=', 'accepted')
    .execute();
  return rows.map(({ decision_id }) => decision_id);
}

/** The accepted files of decisions with what was counted in them, in the order of the pick list; by decision. */
export async function selectCountedFiles(
  db: Kysely<Database>,
  decisions: readonly number[],
): Promise<Map<number, CountedFile[]>> {
  const files = new Map<number, CountedFile[]>();
  for (let start = 0; start < decisions.length; start += CHUNK) {
    const ids = decisions.slice(start, start + CHUNK);
    const classes = await selectClasses(db, ids);
    const rows = await db
      .selectFrom('decision_file')
      .innerJoin('file', 'file.id', 'decision_file.file_id')
      .innerJoin('delivery_file', 'delivery_file.id', 'decision_file.delivery_file_id')
      .where('decision_file.decision_id', 'in', ids)
      .where('decision_file.outcome', '=', 'accepted')
      .select(['decision_file.decision_id', 'decision_file.delivery_file_id', 'file.reference', 'file.volume'])
      .select(['decision_file.pages', 'decision_file.documents', 'delivery_file.removed_blanks'])
      .orderBy('decision_file.file_id')
      .execute();
    for (const { decision_id, delivery_file_id, removed_blanks, ...row } of rows) {
      const own = files.get(decision_id) ?? [];
      files.set(decision_id, own);
      own.push({ ...row, files: 1, removedBlanks: removed_blanks, classes: classes.get(delivery_file_id) ?? [] });
    }
  }
  return files;
}

async function selectClasses(
  db: Kysely<Database>,
  decisions: readonly number[],
): Promise<Map<number, PageClassCount[]>> {
  const rows = await db
    .selectFrom('delivery_page_class as class')
    .innerJoin('decision_file', 'decision_file.delivery_file_id', 'class.delivery_file_id')
    .where('decision_file.decision_id', 'in', decisions)
    .select(['class.delivery_file_id', 'class.size', 'class.colour', 'class.pages'])
    .orderBy('class.id')
    .execute();
  const byFile = new Map<number, PageClassCount[]>();
  for (const { delivery_file_id, ...one } of rows) {
    const own = byFile.get(delivery_file_id) ?? [];
    byFile.set(delivery_file_id, own);
    own.push(one as PageClassCount);
  }
  return byFile;
}
