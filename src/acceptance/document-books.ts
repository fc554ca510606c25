import type { Workspace } from '../storage/workspace.ts';
import type { FindingRow } from './delivery-store.ts';

/** What became of the documents of a delivery: passed + failed + errored + waived = documents. */
export interface DocumentBooks {
  readonly documents: number;
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  /** Not passed, but every error about them is waived. */
  readonly waived: number;
}

interface DocumentState {
  readonly delivery_file_id: number;
  readonly path: string;
  readonly row: number | null;
  readonly state: string;
}

/** The books of one round, with the waivers that were signed since its check. */
export async function documentBooks(
  { db }: Workspace,
  deliveryId: number,
  findings: readonly FindingRow[],
): Promise<DocumentBooks> {
  const documents = await db
    .selectFrom('delivery_document')
    .innerJoin('delivery_file', 'delivery_file.id', 'delivery_document.delivery_file_id')
    .select([
      'delivery_document.delivery_file_id',
      'delivery_document.path',
      'delivery_document.row',
      'delivery_document.state',
    ])
    .where('delivery_file.delivery_id', '=', deliveryId)
    .execute();
  return countDocuments(documents, findings);
}

export function countDocuments(documents: readonly DocumentState[], findings: readonly FindingRow[]): DocumentBooks {
  const isWaived = waiverTest(findings);
  const books = { documents: documents.length, passed: 0, failed: 0, errored: 0, waived: 0 };
  for (const document of documents) {
    if (document.state === 'passed') books.passed += 1;
    else if (isWaived(document)) books.waived += 1;
    else if (document.state === 'failed') books.failed += 1;
    else books.errored += 1;
  }
  return books;
}

/**
 * Whether all that spoke against a document is waived: the errors about its path or row; where there are none, those about
 * its file (Akte); where there are none either, those about the package.
 */
function waiverTest(findings: readonly FindingRow[]): (document: DocumentState) => boolean {
  const byPlace = new Map<string, FindingRow[]>();
  const add = (key: string, finding: FindingRow): void => {
    const group = byPlace.get(key);
    if (group) group.push(finding);
    else byPlace.set(key, [finding]);
  };
  for (const finding of findings) {
    if (finding.severity !== 'error' || finding.source !== 'check') continue;
    const { delivery_file_id: file, path, row } = finding;
    add(file === null ? 'package' : `file ${file}`, finding);
    if (file !== null) add(`path ${file} ${path}`, finding);
    if (file !== null && row !== null) add(`row ${file} ${row}`, finding);
  }
  return ({ delivery_file_id: file, path, row }) => {
    const about = [...(byPlace.get(`path ${file} ${path}`) ?? []), ...(byPlace.get(`row ${file} ${row}`) ?? [])];
    const errors = [about, byPlace.get(`file ${file}`) ?? [], byPlace.get('package') ?? []].find(
      ({ length }) => length > 0,
    );
    return errors?.every(({ waiver_id }) => waiver_id !== null) ?? false;
  };
}
