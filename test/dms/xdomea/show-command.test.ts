import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.ts';
import { archive, documentId, fileId, messageXml, processId, receiptXml, scanName } from './messages.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-xdomea-show-'));
  const named = `${processId}_Abgabe.Abgabe.0401.xml`;
  writeFileSync(join(folder, 'ganz.zip'), archive({ [named]: messageXml(), [scanName]: 'scan' }));
  writeFileSync(join(folder, 'halb.zip'), archive({ [named]: messageXml(), 'fremd.pdf': 'x' }));
  writeFileSync(join(folder, 'antwort.xml'), receiptXml([{ id: fileId }, { id: documentId, takenOver: false }]));
  writeFileSync(join(folder, 'brief.txt'), 'Sehr geehrte Damen und Herren');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('scanlot xdomea show', () => {
  it('tells a machine the tree, the files and how many there are of each', async () => {
    const { exitCode, stdout } = await runCli(['xdomea', 'show', 'ganz.zip', '--json'], folder);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'urn:scanlot:schemas/xdomea-show-1',
      version: '3.1.0',
      code: '0401',
      counts: { kinds: { file: 1, document: 1 }, objects: 2, files: 1, missing: 0, unnamed: 0 },
      files: [{ name: scanName, present: true, size: 4 }],
      findings: [],
    });
  });

  it('ends with 1 where a file is missing, and says what to do', async () => {
    const { exitCode, stdout } = await runCli(['xdomea', 'show', 'halb.zip', '--lang', 'de'], folder);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Genannte Dateien: 1, es fehlen 1.');
    expect(stdout).toContain(`Die Nachricht nennt „${scanName}“ (Objekt ${documentId}), im ZIP ist die Datei nicht.`);
    expect(stdout).toContain('fremd.pdf: Die Datei liegt im ZIP, die Nachricht nennt sie nicht.');
  });

  it('shows of an acknowledgement what was taken over, and ends with 1 where something was not', async () => {
    const { exitCode, stdout } = await runCli(['xdomea', 'show', 'antwort.xml', '--lang', 'en'], folder);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 of 2 objects taken over.');
  });

  it('refuses what is no message, and what is not there', async () => {
    const text = await runCli(['xdomea', 'show', 'brief.txt', '--lang', 'de'], folder);
    expect(text.exitCode).toBe(2);
    expect(text.stderr).toContain('keine lesbare xdomea-Nachricht: kein wohlgeformtes XML');
    const absent = await runCli(['xdomea', 'show', 'fehlt.xml', '--lang', 'en'], folder);
    expect(absent.exitCode).toBeGreaterThan(1);
    expect(absent.stderr).not.toMatch(/ {4}at /);
    const place = await runCli(['xdomea', 'show', '.', '--lang', 'en'], folder);
    expect(place.exitCode).toBe(2);
    expect(place.stderr).not.toMatch(/ {4}at /);
  });
});
