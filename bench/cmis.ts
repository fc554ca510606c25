import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { generatePackage } from '../scripts/generators/package.ts';
import { packagePath } from '../src/shared/package.ts';
import { cmisUser, type OpenCmis, startOpenCmis } from '../test/support/opencmis.ts';
import { prepare } from './import.ts';
import { measure, measureInTurn, scanlot } from './measure.ts';
import { type Bench, type BenchContext, compare, known, type Result, withinMemory } from './result.ts';

const password = 'bench';
/** For both: an import begins with two at once, and would not find out within so few files whether more is better. */
const parallel = 2;
const heapMb = 4096;
const rounds = 5;

/** An import reaches at least four fifths of the loop's rate. */
const limit = 1 / 0.8;

/** An import into a real CMIS repository, against sending and fetching the same files and nothing else. */
export const importCmis: Bench = {
  name: 'cmis',
  about: 'import into OpenCMIS with read-back, against a plain loop of upload and download',
  run: async (context) => {
    const { size } = context;
    const scans = await importPackage(context, 'scans', size === 'full' ? 800e6 : 30e6, limit);
    return [...scans, ...(await importPackage(context, 'small', size === 'full' ? 400 : 40))];
  },
};

async function importPackage(
  context: BenchContext,
  kind: 'scans' | 'small',
  amount: number,
  most?: number,
): Promise<Result[]> {
  const folder = join(context.folder, kind);
  const source = join(folder, 'package');
  const { files, bytes } = generatePackage(source, kind, amount);
  spreadOverBoxes(source);
  const workspace = join(folder, 'workspace');
  prepare(folder, source, kind, workspace, files);
  // Its heap holds what is stored, and code that was not yet compiled is slow: one server for all, and a round before.
  const server = await startOpenCmis(password, 0, heapMb);
  try {
    configure(workspace, server);
    const before = join(folder, 'before');
    cpSync(workspace, before, { recursive: true });
    const environment = `SCANLOT_DMS_PASSWORD=${password}`;
    const loop = { name: 'upload and download', line: '' };
    loop.line = `${environment} ${process.execPath} ${packagePath('bench', 'cmis-loop.mjs')} ${server.url} ${source} ${parallel}`;
    const run = { name: 'import', line: `${environment} ${scanlot(`import run --workspace ${workspace}`)}` };
    const cleanUp = async () => {
      await empty(server);
      rmSync(workspace, { recursive: true });
      cpSync(before, workspace, { recursive: true });
    };
    for (const program of [loop, run]) {
      measure(program, folder);
      await cleanUp();
    }
    const best = await measureInTurn([loop, run], folder, rounds, cleanUp);
    const looped = known(best, loop.name);
    const imported = known(best, run.name).measured;
    const what = `import of ${files} files, ${Math.round(bytes / 1e6)} MB`;
    return [
      { what: `${loop.name}, ${files} files`, measured: looped.measured },
      compare(what, imported, looped, most),
      withinMemory(what, imported),
    ];
  } finally {
    await server.stop();
  }
}

/**
 * An import keeps the order of the files in a box, and stores them one after the other: as many boxes as there may be files at
 * once, equally full, so that what is compared is not how the sizes happened to fall.
 */
function spreadOverBoxes(source: string): void {
  const manifest = join(source, 'index.csv');
  const filled = new Array<number>(parallel).fill(0);
  const lines = readFileSync(manifest, 'utf8').split('\r\n');
  const spread = lines.map((line) => {
    const [path = ''] = line.split(';');
    if (!/;K-\d+;/.test(line)) return line;
    const box = filled.indexOf(Math.min(...filled));
    filled[box] = (filled[box] ?? 0) + statSync(join(source, path)).size;
    return line.replace(/;K-\d+;/, `;K-${box};`);
  });
  writeFileSync(manifest, spread.join('\r\n'));
}

function configure(workspace: string, { url }: OpenCmis): void {
  const path = join(workspace, 'scanlot.json');
  const dms = {
    ...{ type: 'cmis', url, repository: 'A1', user: cmisUser, folder: '/Akten' },
    ...{ types: { file: 'county:file', document: 'county:document' }, keyProperty: 'county:key' },
    properties: { file: { 'county:title': 'reference' }, document: { 'county:pages': 'pages' } },
  };
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), dms, import: { parallel } }));
}

/** Removes all that lies in the root folder. */
async function empty({ url }: OpenCmis): Promise<void> {
  const root = `${url}/A1/root`;
  const told = await ask(`${root}?cmisselector=children&succinct=true&maxItems=10000`);
  const { objects } = JSON.parse(told) as {
    readonly objects: readonly { readonly object: { readonly succinctProperties: Record<string, string> } }[];
  };
  for (const { object } of objects) {
    const { 'cmis:objectId': objectId = '', 'cmis:baseTypeId': base } = object.succinctProperties;
    const cmisaction = base === 'cmis:folder' ? 'deleteTree' : 'delete';
    await ask(root, new URLSearchParams({ cmisaction, objectId }).toString());
  }
}

/** Over a connection of its own: the server ends one that rests while a program is measured. */
function ask(url: string, form?: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${cmisUser}:${password}`).toString('base64')}`;
  const sent = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const options = { agent: false, method: form === undefined ? 'GET' : 'POST', headers: { authorization, ...sent } };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, (answer) => {
      let told = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        told += piece;
      });
      answer.on('error', reject).on('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve(told);
        else reject(new Error(`HTTP ${answer.statusCode}: ${told}`));
      });
    });
    outgoing.on('error', reject).end(form);
  });
}
