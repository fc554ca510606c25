import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportObject } from '../../src/dms/ocfl/export-object.ts';
import { findObject, type InventoriedObject } from '../../src/dms/ocfl/read-object.ts';
import { checkPackage } from '../../src/validation/check-package.ts';
import { type SmallCounty, smallCounty } from '../storage/small-county.ts';
import { directInspector } from '../support/delivery.ts';
import { runCli } from '../support/run-cli.ts';

const at = new Date('2021-05-01T10:00:00Z');
let county: SmallCounty;
let root: string;
let out: string;
beforeAll(async () => {
  county = await smallCounty();
  root = county.copyOf('accepted');
  await runCli(['import', 'run', '--workspace', root], root);
});
afterAll(() => county.remove());
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'scanlot-export-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

function storedObjects(): string[] {
  const names = readdirSync(join(root, 'store'), { recursive: true }) as string[];
  return names.filter((name) => name.endsWith('inventory.json') && !name.includes('v1'));
}

async function anyObject(): Promise<InventoriedObject> {
  const { id } = JSON.parse(readFileSync(join(root, 'store', storedObjects()[0] ?? ''), 'utf8'));
  const object = await findObject(join(root, 'store'), id);
  if (!object) throw new Error(id);
  return object;
}

const filesIn = (folder: string) =>
  (readdirSync(folder, { recursive: true, withFileTypes: true }) as { isFile(): boolean; name: string }[])
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

describe('the export of a stored object', () => {
  it('is a folder with its files by their names', async () => {
    const object = await anyObject();
    const { files } = await exportObject(object, 'plain', join(out, 'akte'), { at });
    expect(files).toBe(object.files.size);
    for (const [path, { contentPath }] of object.files) {
      expect(readFileSync(join(out, 'akte', path))).toEqual(readFileSync(join(object.root, contentPath)));
    }
    expect(readdirSync(out)).toEqual(['akte']);
  });

  it.each(['akte', 'akte.zip'])('is a bag that a check finds sound: %s', async (name) => {
    const target = join(out, name);
    await exportObject(await anyObject(), 'bagit', target, { at });
    const check = await checkPackage(target, null, { inspector: directInspector, form: 'bagit' });
    expect(check.findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(check.verdict).toBe('pass');
    expect(readdirSync(out)).toEqual([name]);
  });

  it('leaves nothing behind when a stored file is not what the inventory says', async () => {
    const object = await anyObject();
    const [first] = [...object.files.values()];
    const path = join(object.root, first?.contentPath ?? '');
    const sound = readFileSync(path);
    writeFileSync(path, Buffer.concat([sound, Buffer.from('x')]));
    await expect(exportObject(object, 'plain', join(out, 'akte'), { at })).rejects.toMatchObject({
      code: 'dms.object-damaged',
    });
    expect(readdirSync(out)).toEqual([]);
    writeFileSync(path, sound);
  });

  it('is asked for by the key of the file, and never written over anything', async () => {
    const { id } = await anyObject();
    const key = decodeURIComponent(id.replace('urn:scanlot:file:', ''));
    const run = (...argv: string[]) => runCli(['store', 'export', ...argv, '--workspace', root, '--lang', 'en'], out);
    const done = await run(key, '--out', 'akte.zip');
    expect(done).toMatchObject({ exitCode: 0 });
    expect(done.stdout).toMatch(/files \(.*\) written to akte\.zip/);
    expect(await run(key, '--out', 'akte.zip')).toMatchObject({ exitCode: 2 });
    const unknown = await run(`${key.slice(0, -1)}x`, '--out', 'other.zip');
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain(`Did you mean "${key}"`);
    const byReference = await run(key.slice(key.indexOf('/', key.indexOf('/') + 1) + 1), '--out', 'other.zip');
    expect(byReference.stderr).toContain(`Did you mean "${key}"?`);
    expect(filesIn(out)).toEqual(['akte.zip']);
  });
});
