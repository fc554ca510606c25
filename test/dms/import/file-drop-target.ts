import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../../scripts/generators/random.ts';
import { createFileDropAdapter } from '../../../src/dms/enaio/file-drop/adapter.ts';
import type { FileDropSettings } from '../../../src/dms/enaio/file-drop/settings.ts';
import { runImport } from '../../support/enaio-server/importer.ts';
import { type EnaioServer, startEnaioServer } from '../../support/enaio-server/server.ts';
import type { FaultyFiles } from '../../support/faulty-files.ts';
import { canary } from '../enaio-system.ts';
import { failAtRandom } from './folder-target.ts';
import type { Target } from './seeded-run.ts';

/** The drop folder of enaio's automatic import, on a disk that fails; the import looks into it after every round. */
export async function fileDropTarget(folder: string, random: Random, count: (fault: string) => void): Promise<Target> {
  const server = await startEnaioServer('scanlot', canary);
  const dropFolder = join(folder, 'drop');
  mkdirSync(dropFolder);
  const dropFolderInEnaio = 'D:\\drop';
  const settings: FileDropSettings = {
    ...{ type: 'enaio', service: 'file-drop', dropFolder, dropFolderInEnaio },
    dropFormat: random.next() < 0.5 ? 'text' : 'xml',
    names: { cabinet: 'Akten', file: 'Akte', document: 'Schriftstück' },
    ...{ keyField: 'ScanlotKey', documentKeyField: 'ScanlotDocument', fields: { document: { Name: 'name' } } },
    ...{ url: server.url, user: 'scanlot', types: { document: '262146' } },
  };
  let disk: FaultyFiles | undefined;
  return {
    open(share) {
      disk?.restore();
      disk = share === 0 ? undefined : failAtRandom(dropFolder, random.between(0, 60), random, count);
      const adapter = createFileDropAdapter({ settings, environment: { SCANLOT_DMS_PASSWORD: canary } });
      return {
        ...adapter,
        async close() {
          await adapter.close();
          disk?.restore();
          disk = undefined;
          await runImport(server.archive, {
            ...{ dropFolder, seenAs: dropFolderInEnaio },
            ...{ fileFields: ['ScanlotKey'], documentFields: ['ScanlotDocument', 'Name'] },
          });
        },
      };
    },
    stored: async () => filesIn(server),
    close: async () => {
      disk?.restore();
      await server.close();
    },
  };
}

/** Key → digests of what lies in enaio. */
function filesIn({ archive }: EnaioServer): ReadonlyMap<string, string> {
  const all = archive.all();
  const files = all.filter(({ type }) => type === '3');
  const stored = new Map(
    files.map(({ id, values }) => {
      const documents = all.filter(({ type, parent }) => type === '262146' && parent === id);
      const lines = documents.map(({ values: own, files: [bytes = Buffer.alloc(0)] }) => {
        return `${own.get('Name')} ${createHash('sha256').update(bytes).digest('hex')}`;
      });
      return [values.get('ScanlotKey') ?? '', lines.sort().join('\n')] as const;
    }),
  );
  if (stored.size !== files.length) throw new Error('a file is stored twice');
  return stored;
}
