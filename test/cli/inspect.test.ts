import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentMistakes } from '../../src/shared/document.ts';
import { asksForPassword, opensWithoutPassword } from '../inspection/pdf/encrypted-samples.ts';
import { withFolder } from '../support/delivery.ts';
import { pagePdf } from '../support/page-pdf.ts';
import { runCli } from '../support/run-cli.ts';
import { samplePdfs, tablePdf } from '../support/sample-pdfs.ts';

interface Line {
  readonly path: string;
  readonly format: string | null;
  readonly pages: number | null;
  readonly sha256: string | null;
  readonly size: number | null;
  readonly findings: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

async function inspect(folder: string, ...words: readonly string[]): Promise<{ exitCode: number; lines: Line[] }> {
  const { exitCode, stdout } = await runCli(['inspect', ...words, '--json', '--lang', 'en'], folder);
  const lines = stdout.split('\n').slice(0, -1);
  return { exitCode, lines: lines.map((line) => JSON.parse(line) as Line) };
}

describe('scanlot inspect', () => {
  test('prints one line a file, in the order of the words and of the names in folders', async () => {
    const files = { 'b/2.pdf': tablePdf(2), 'b/10.pdf': tablePdf(10), 'a.pdf': tablePdf(1), 'c.txt': 'text' };
    await withFolder(files, async (folder) => {
      const { exitCode, lines } = await inspect(folder, 'c.txt', 'b', 'a.pdf');
      expect(lines.map(({ path, format, pages }) => [path, format, pages])).toEqual([
        ['c.txt', 'text', null],
        ['b/10.pdf', 'pdf', 10],
        ['b/2.pdf', 'pdf', 2],
        ['a.pdf', 'pdf', 1],
      ]);
      expect(exitCode).toBe(0);
    });
  });

  test('keeps the order however many files there are and however different their size', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 700 }, (_, index) => [
        `${String(index).padStart(4, '0')}.pdf`,
        tablePdf(index % 50 === 0 ? 300 : 1),
      ]),
    );
    await withFolder(files, async (folder) => {
      const { lines } = await inspect(folder, '.');
      expect(lines.map(({ path }) => path)).toEqual(Object.keys(files).map((name) => `./${name}`));
      expect(lines.map(({ pages }) => pages)).toEqual(
        Object.keys(files).map((_, index) => (index % 50 === 0 ? 300 : 1)),
      );
    });
  });

  test('tells what cannot be read as a finding of its own line, and ends with 1', async () => {
    await withFolder({ 'empty.pdf': '', 'cut.pdf': tablePdf(9).subarray(0, 300) }, async (folder) => {
      mkdirSync(join(folder, 'links'));
      symlinkSync('../cut.pdf', join(folder, 'links', 'cut.pdf'));
      const { exitCode, lines } = await inspect(folder, 'missing.pdf', 'empty.pdf', 'cut.pdf', 'links');
      expect(lines.map(({ path, format, pages }) => [path, format, pages])).toEqual([
        ['missing.pdf', null, null],
        ['empty.pdf', 'empty', null],
        ['cut.pdf', 'pdf', null],
        ['links/cut.pdf', null, null],
      ]);
      for (const { findings } of lines) expect(findings.length).toBeGreaterThan(0);
      expect(lines[0]?.findings[0]?.code).toBe('file.missing');
      expect(lines[3]?.findings[0]?.code).toBe('file.not-regular');
      expect(exitCode).toBe(1);
    });
  });

  test('follows a link that was named itself', async () => {
    await withFolder({ 'real.pdf': tablePdf(3) }, async (folder) => {
      symlinkSync('real.pdf', join(folder, 'named.pdf'));
      const { lines } = await inspect(folder, 'named.pdf');
      expect(lines).toMatchObject([{ path: 'named.pdf', pages: 3 }]);
    });
  });

  test('prints lines that fit their published schema, whatever the file', async () => {
    const files = Object.fromEntries([
      ...samplePdfs.map(({ name, bytes }) => [`${name}.pdf`, bytes()] as const),
      ...opensWithoutPassword.map(([name, base64]) => [`${name}.pdf`, Buffer.from(base64, 'base64')] as const),
      ...asksForPassword.map(([name, base64]) => [`locked ${name}.pdf`, Buffer.from(base64, 'base64')] as const),
      ['broken.pdf', tablePdf(9).subarray(0, 500)] as const,
      ['page.png', Buffer.from('89504e470d0a1a0a', 'hex')] as const,
    ]);
    await withFolder(files, async (folder) => {
      const { lines } = await inspect(folder, '.', 'missing');
      expect(lines).toHaveLength(Object.keys(files).length + 1);
      for (const line of lines) expect(documentMistakes(line, 'file-facts-1').map(({ en }) => en)).toEqual([]);
    });
  });

  test('says it for people in their language, with the sum of the pages', async () => {
    await withFolder({ 'a.pdf': tablePdf(1200), 'b.pdf': tablePdf(34) }, async (folder) => {
      const { exitCode, stdout } = await runCli(['inspect', '.', '--lang', 'de'], folder);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/1\.200 {2}pdf, .* {2}\.\/a\.pdf/);
      expect(stdout).toMatch(/Seiten +1\.234/);
    });
  });

  test('shows a single file with all its facts, and what is wrong with it', async () => {
    await withFolder(
      { 'a.pdf': pagePdf({ content: '/Lost Do', trailer: '/Info << /Title (Akte 7) >>' }) },
      async (folder) => {
        const { exitCode, stdout } = await runCli(['inspect', 'a.pdf', '--lang', 'de'], folder);
        expect(exitCode).toBe(1);
        expect(stdout).toMatch(/Titel +Akte 7/);
        expect(stdout).toMatch(/1 +210 × 297 +A4 +ohne Bild/);
        expect(stdout).toContain('Fehler: Seite 1: Seiten zeigen Bilder, die in der Datei fehlen');
      },
    );
  });

  test('writes no control characters of names to the terminal', async () => {
    await withFolder({}, async (folder) => {
      writeFileSync(join(folder, 'a\u001b[31m.pdf'), tablePdf(1));
      const { stdout } = await runCli(['inspect', '.'], folder);
      expect(stdout).not.toContain('\u001b[31m');
    });
  });
});
