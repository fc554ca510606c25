import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleDelivery, sampleProfile, writeDelivery } from '../../scripts/samples/delivery.ts';
import { eicar, startClamd } from '../inspection/engines/clamd.ts';
import { runCli } from '../support/run-cli.ts';

let folder: string;
let clamd: Awaited<ReturnType<typeof startClamd>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-engines-'));
  clamd = await startClamd();
  await writeDelivery(join(folder, 'sound'), sampleDelivery());
  await writeDelivery(join(folder, 'infected'), sampleDelivery());
  writeFileSync(join(folder, 'infected', 'Thumbs.db'), eicar);
  writeFileSync(join(folder, 'infected', 'liesmich.txt'), eicar);
  writeFileSync(join(folder, 'profile.json'), JSON.stringify(sampleProfile));
});
afterAll(async () => {
  await clamd.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function check(path: string, ...more: string[]) {
  const { exitCode, stdout, stderr } = await runCli(
    ['check', path, '--profile', 'profile.json', '--json', ...more],
    folder,
  );
  return { exitCode, stderr, document: stdout === '' ? undefined : JSON.parse(stdout) };
}

describe('a check with engines', () => {
  it('names them in its result', async () => {
    const { exitCode, document } = await check('sound', '--virus-scan', clamd.address);
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ engines: ['ClamAV 1.4.1'], pdfa: { claims: 0, judgedBy: 'contradictions' } });
  });

  it('tells malware in whatever file of the delivery it is', async () => {
    const { exitCode, document } = await check('infected', '--virus-scan', clamd.address);
    expect(exitCode).toBe(1);
    const found = document.findings.filter(({ code }: { code: string }) => code === 'virus.found');
    expect(found.map(({ path }: { path: string }) => path)).toEqual(['liesmich.txt']);
  });

  it('does not begin without an engine that was asked for', async () => {
    const none = await check('sound', '--virus-scan', '127.0.0.1:1');
    expect(none).toMatchObject({ exitCode: 2, document: { error: { code: 'clamav.missing' } } });
    const { exitCode, document } = await check('sound', '--pdfa', 'verapdf');
    // Where veraPDF is installed, it says so; otherwise the check refuses.
    expect([exitCode, document.error?.code ?? document.engines[0]]).toEqual(
      exitCode === 0 ? [0, expect.stringMatching(/^veraPDF/)] : [2, 'verapdf.missing'],
    );
  });
});
