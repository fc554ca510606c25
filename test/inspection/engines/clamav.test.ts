import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClamav } from '../../../src/inspection/engines/clamav.ts';
import { type ClamdMood, eicar, startClamd } from './clamd.ts';

let folder: string;
let mood: ClamdMood;
let clamd: Awaited<ReturnType<typeof startClamd>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-clamav-'));
  clamd = await startClamd(() => mood);
});
afterAll(async () => {
  await clamd.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function judge(contents: Readonly<Record<string, string | Buffer>>, state: ClamdMood = 'well') {
  mood = state;
  const engine = await createClamav(clamd.address);
  const files = Object.entries(contents).map(([path, content]) => {
    const file = join(folder, path);
    writeFileSync(file, content);
    return { path, location: { file } };
  });
  const judged: Record<string, unknown> = {};
  for await (const { path, observations } of engine.judge(files)) {
    judged[path] = observations.map(({ code, args }) => [code, args]);
  }
  return judged;
}

describe('the virus scanner ClamAV', () => {
  it('names itself with its version', async () => {
    expect((await createClamav(clamd.address)).description).toBe('ClamAV 1.4.1');
  });

  it('tells what it finds, of each file by itself, also behind a megabyte', async () => {
    const far = Buffer.concat([Buffer.alloc(1_300_000, 'a'), Buffer.from(eicar)]);
    expect(await judge({ 'a.pdf': 'sound', 'b.pdf': eicar, 'c.pdf': far, 'd.pdf': '' })).toEqual({
      'a.pdf': [],
      'b.pdf': [['virus.found', { signature: 'Eicar-Test-Signature' }]],
      'c.pdf': [['virus.found', { signature: 'Eicar-Test-Signature' }]],
      'd.pdf': [],
    });
  });

  it('never passes what was not scanned: too large, hung up, vanished', async () => {
    expect(await judge({ 'a.pdf': Buffer.alloc(5000) }, 'limited')).toEqual({
      'a.pdf': [['virus.not-scanned', { reason: 'INSTREAM size limit exceeded' }]],
    });
    const hungUp = await judge({ 'a.pdf': Buffer.alloc(3_000_000) }, 'hangs-up');
    expect(hungUp).toMatchObject({ 'a.pdf': [['virus.not-scanned', {}]] });
    const engine = await createClamav(clamd.address);
    const vanished = [{ path: 'x.pdf', location: { file: join(folder, 'vanished.pdf') } }];
    for await (const { observations } of engine.judge(vanished)) {
      expect(observations).toMatchObject([{ code: 'virus.not-scanned' }]);
    }
  });

  it('says what to do when there is none', async () => {
    await expect(createClamav('127.0.0.1:1')).rejects.toMatchObject({ code: 'clamav.missing', exitCode: 2 });
    await expect(createClamav(join(folder, 'no.ctl'))).rejects.toMatchObject({ code: 'clamav.missing' });
  });

  it('stops when it is told to', async () => {
    const engine = await createClamav(clamd.address);
    const files = [{ path: 'a', location: { file: join(folder, 'a.pdf') } }];
    const run = async () => {
      for await (const _ of engine.judge(files, AbortSignal.abort(new Error('enough'))));
    };
    await expect(run()).rejects.toThrow('enough');
  });
});
