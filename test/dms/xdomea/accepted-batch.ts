import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  addBatch,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  edit,
  type Ledger,
  lotDocument,
} from '../../support/ledger.ts';

export const batch = 'B-2021-001';

/** Path of a document in its package → content. */
export type Documents = Readonly<Record<string, string>>;

/** A workspace with one batch, each of whose files is accepted with its documents. */
export async function acceptedBatch(
  files: readonly Documents[],
  { profile, fields = {} }: { readonly profile?: object; readonly fields?: Readonly<Record<string, string>> } = {},
): Promise<Ledger> {
  const ledger = await createLedger();
  if (profile) writeFileSync(join(ledger.root, 'p.json'), JSON.stringify(profile));
  const more = profile ? { deliveryProfile: 'p.json' } : {};
  await addContract(ledger, { lots: [lotDocument(more)] });
  await addCallOff(ledger, { number: 'A-2021-001', on: '2021-01-10', pages: 1000, files: files.length });
  await addBatch(ledger, { key: batch, callOff: 'A-2021-001', files: files.length });
  const decided = files.map((documents, file) => ({ file, pages: 2, documents: Object.keys(documents).length }));
  await addDecision(ledger, { batch, on: '2021-02-01', files: decided });
  await edit(ledger, async (db) => {
    const delivered = await db.selectFrom('delivery_file').select('id').orderBy('id').execute();
    const rows = files.flatMap((documents, index) =>
      Object.entries(documents).map(([path, content]) => ({
        ...{
          delivery_file_id: delivered[index]?.id ?? 0,
          path,
          row: null,
          format: 'pdf',
          size: Buffer.byteLength(content),
        },
        ...{ sha256: createHash('sha256').update(content).digest('hex'), declared_pages: 1, pages: 1, state: 'passed' },
        fields: JSON.stringify(fields),
      })),
    );
    if (rows.length > 0) await db.insertInto('delivery_document').values(rows).execute();
  });
  for (const [path, content] of files.flatMap((documents) => Object.entries(documents))) {
    const place = documentPath(ledger, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
  return ledger;
}

/** Where the accepted bytes of a document lie. */
export function documentPath({ root }: Ledger, path: string): string {
  return join(root, 'deliveries', batch, '1', path);
}
