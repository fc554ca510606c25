import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleDelivery, sampleProfile, writeDelivery } from '../../scripts/samples/delivery.ts';
import { documentMistakes } from '../../src/shared/document.ts';
import { withFolder } from '../support/delivery.ts';
import { runCli } from '../support/run-cli.ts';

/** A folder with the profile and a delivery: sound, or with one file taken away. */
function withDelivery<T>(missing: string | undefined, work: (folder: string) => Promise<T>): Promise<T> {
  return withFolder({ 'profil.json': JSON.stringify(sampleProfile) }, async (folder) => {
    const files = missing === undefined ? {} : { [missing]: null };
    await writeDelivery(join(folder, 'lieferung'), sampleDelivery(undefined, { files }));
    return work(folder);
  });
}

const command = ['check', 'lieferung', '--profile', 'profil.json'];

test('a sound delivery passes with exit code 0 and shows its books', async () => {
  await withDelivery(undefined, async (folder) => {
    const { exitCode, stdout } = await runCli([...command, '--lang', 'de'], folder);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '4 bestanden + 0 mangelhaft + 0 nicht prüfbar + 0 freigegeben = 4 gemeldet + 0 nicht gemeldet',
    );
    expect(stdout).toContain('Bestanden');
  });
});

test('a faulty one ends with exit code 1, says what to do, and writes result and defect list', async () => {
  await withDelivery('scans/ORD-2019-001/0002.pdf', async (folder) => {
    const run = await runCli([...command, '--lang', 'de', '--out', 'e.json', '--defects', 'm.csv'], folder);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('Gemeldete Datei fehlt (1×, manifest.file-absent)');
    expect(run.stdout).toContain('Datei nachliefern');
    const result = JSON.parse(readFileSync(join(folder, 'e.json'), 'utf8'));
    expect(documentMistakes(result, 'check-result-1')).toEqual([]);
    expect(result).toMatchObject({ verdict: 'fail', findings: [{ code: 'manifest.file-absent' }] });
    expect(readFileSync(join(folder, 'm.csv'), 'utf8')).toContain('Fehler;manifest.file-absent;ORD-2019-001;');
  });
});

test('--json prints the result document and nothing else', async () => {
  await withDelivery('index.csv', async (folder) => {
    const { exitCode, stdout, stderr } = await runCli([...command, '--json'], folder);
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(documentMistakes(JSON.parse(stdout), 'check-result-1')).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'fail', findings: [{ code: 'manifest.absent' }] });
  });
});

test('thousands of equal findings read as one line with examples', async () => {
  await withDelivery(undefined, async (folder) => {
    for (let number = 0; number < 1234; number += 1) writeFileSync(join(folder, `lieferung/scans/~$${number}.pdf`), '');
    const { exitCode, stdout } = await runCli([...command, '--lang', 'de'], folder);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Hinweis: Systemdatei (1.234×, package.junk)');
    expect(stdout).toContain('… und 1.231 weitere');
    expect(stdout.split('\n').length).toBeLessThan(40);
  });
});

test.each([
  ['no package', ['check', '--profile', 'profil.json']],
  ['a profile that is not there', ['check', 'lieferung', '--profile', 'gibt-es-nicht.json']],
  ['a package that is not there', ['check', 'lieferung-2', '--profile', 'profil.json']],
  ['a file in place of a package', ['check', 'profil.json', '--profile', 'profil.json']],
  ['a profile that is none', ['check', 'lieferung', '--profile', 'lieferung/index.csv']],
])('%s is a usage error: exit code 2, no stack trace', async (_name, argv) => {
  await withDelivery(undefined, async (folder) => {
    const { exitCode, stdout, stderr } = await runCli(argv, folder);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr.length).toBeGreaterThan(20);
  });
});

test('writes several forms at once, each by its ending, and one to stdout without words for people', async () => {
  await withDelivery('scans/ORD-2019-001/0002.pdf', async (folder) => {
    const outs = ['e.json', 'e.jsonl', 'e.csv', 'e.xlsx', 'e.html', 'e.xml', 'e.sarif', 'e.docx', 'e.pdf'];
    const run = await runCli([...command, ...outs.flatMap((out) => ['--out', out]), '--lang', 'de'], folder);
    expect(run.exitCode).toBe(1);
    for (const out of outs) {
      expect(run.stdout).toContain(`Geschrieben: ${out}`);
      expect(readFileSync(join(folder, out)).length).toBeGreaterThan(100);
    }
    expect(documentMistakes(JSON.parse(readFileSync(join(folder, 'e.json'), 'utf8')), 'check-result-1')).toEqual([]);
    const printed = await runCli([...command, '--format', 'sarif'], folder);
    expect(JSON.parse(printed.stdout)).toMatchObject({ version: '2.1.0' });
    const named = await runCli([...command, '--format', 'junit', '--out', 'bericht.txt'], folder);
    expect(named.exitCode).toBe(1);
    expect(readFileSync(join(folder, 'bericht.txt'), 'utf8')).toMatch(/^<\?xml/);
  });
});

test('without a profile the verdict says that none was applied', async () => {
  await withDelivery(undefined, async (folder) => {
    const { exitCode, stdout } = await runCli(['check', 'lieferung', '--lang', 'de'], folder);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Unversehrt: Prüfsummen und Form stimmen. Ein Lieferprofil wurde nicht angewandt.');
    expect(stdout).not.toContain('entspricht dem Lieferprofil');
  });
});

test('a filter hides findings, never the verdict, and says so', async () => {
  await withDelivery('scans/ORD-2019-001/0002.pdf', async (folder) => {
    const run = await runCli([...command, '--severity', 'note', '--out', 'e.json', '--lang', 'de'], folder);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).not.toContain('manifest.file-absent,');
    expect(run.stdout).toContain('Gefiltert (Schweregrad Hinweis): 0 von 1 Befunden');
    expect(run.stdout).toContain('Nicht bestanden');
    const result = JSON.parse(readFileSync(join(folder, 'e.json'), 'utf8'));
    expect(documentMistakes(result, 'check-result-1')).toEqual([]);
    expect(result).toMatchObject({ verdict: 'fail', findings: [], filter: { severities: ['note'], shown: 0, of: 1 } });
  });
});

test.each(['file', 'cause'])('findings can be put together by %s', async (by) => {
  await withDelivery('scans/ORD-2019-001/0002.pdf', async (folder) => {
    const { exitCode, stdout } = await runCli([...command, '--group-by', by, '--lang', 'de'], folder);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('scans/ORD-2019-001/0002.pdf');
  });
});

test.each([
  ['a form that the name does not tell', ['--out', 'e.txt']],
  ['a form that is no text on stdout', ['--format', 'xlsx']],
  ['two forms for one file', ['--format', 'csv', '--format', 'xlsx', '--out', 'e.csv']],
  ['a file named twice', ['--out', 'e.csv', '--out', 'e.csv']],
  ['an unknown code', ['--code', 'pdf.nonsense']],
  ['a page that is none', ['--page', '7-3']],
])('%s is refused before anything is checked', async (_name, more) => {
  await withDelivery(undefined, async (folder) => {
    const { exitCode, stdout, stderr } = await runCli([...command, ...more], folder);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
