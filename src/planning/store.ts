import type { Kysely } from 'kysely';
import { add, type Cents } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';

/** Appropriations with carry-over of a fiscal year, gross, by department; none when no budget is recorded for the year. */
export async function appropriations(db: Kysely<Database>, year: number): Promise<Map<string, Cents>> {
  const lines = await db.selectFrom('budget_line').selectAll().where('fiscal_year', '=', year).execute();
  const sums = new Map<string, Cents>();
  for (const { department, appropriation, carry_over } of lines) {
    sums.set(department, add(sums.get(department) ?? (0 as Cents), appropriation, carry_over));
  }
  return sums;
}
