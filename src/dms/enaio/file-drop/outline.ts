import { isRecord } from '../../http/answer.ts';
import { damaged } from '../read-object.ts';
import { contentOf, type DropPlaces } from './drop.ts';
import type { DropPlan } from './plan.ts';

/** What the logs are compared with; it stays beside the documents. */
export interface DropOutline {
  /** How many values a record has. */
  readonly columns: number;
  /** Where among them the document's key is. */
  readonly keyColumn: number;
  /** Size of the import's summary in bytes when the drop was laid down: before that it tells of earlier attempts. */
  readonly summary?: number;
  /** Sorted by name. */
  readonly documents: readonly { readonly name: string; readonly documentKey: string }[];
}

export function outlineOf({ columns, records, documents }: DropPlan, summary: number): DropOutline {
  return {
    summary,
    columns: columns.length,
    keyColumn: columns.findIndex(({ object }) => object === 'document'),
    documents: documents.map(({ name }, at) => ({ name, documentKey: records[at]?.documentKey ?? '' })),
  };
}

/** @returns undefined when there is no such drop. @throws DmsError dms.object-damaged when it is unreadable */
export async function readOutline(places: DropPlaces, name: string): Promise<DropOutline | undefined> {
  const bytes = await contentOf(places.outline);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (isRecord(value) && Array.isArray(value.documents)) return value as unknown as DropOutline;
  } catch {
    // Told below.
  }
  throw damaged(name, 'was für den Import bereitlag, ist unlesbar', 'what was laid down for the import is unreadable');
}
