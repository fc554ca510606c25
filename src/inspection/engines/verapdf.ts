import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { claimsPdfa } from '../pdfa-claim.ts';
import { contentPieces } from '../read-content.ts';
import type { Engine, EngineFile, EngineJudgement } from './engine.ts';
import { runProgram } from './run-program.ts';
import { notJudged, readVerapdfReport } from './verapdf-report.ts';

/** Files for one start of the Java machine, which costs more than a second; few enough that a report fits in memory. */
const mostFiles = 500;
/** Command lines have a limit: 32 kB on Windows, 128 kB for all of them at least elsewhere. */
const mostCharacters = process.platform === 'win32' ? 24_000 : 100_000;

/** A program that never ends must end: a second a file is ample, and large ones take their bytes' time. */
function timeoutFor(files: readonly EngineFile[], floorMs: number): number {
  return floorMs + files.length * 20_000;
}

/**
 * The PDF/A validator veraPDF (MPL-2.0 or GPL-3.0, https://verapdf.org) as an engine: judges each PDF that claims to be
 * PDF/A by its claim.
 * @param program its start script; "verapdf" is looked for on the path
 * @throws UsageError when it cannot be started
 */
export async function createVerapdf(program = 'verapdf', { floorMs = 120_000 } = {}): Promise<Engine> {
  const version = await versionOf(program);
  return {
    description: `veraPDF ${version}`,
    wants: claimsPdfa,
    judge: (files, signal) => judgeAll(program, files, floorMs, signal),
  };
}

async function versionOf(program: string): Promise<string> {
  try {
    const { stdout } = await runProgram(program, ['--version'], { timeoutMs: 60_000 });
    const version = /veraPDF\s+(\d[\w.-]*)/.exec(stdout)?.[1];
    if (version) return version;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
  throw new UsageError(
    'verapdf.missing',
    text({
      de: `veraPDF lässt sich nicht starten („${program}“).`,
      en: `veraPDF cannot be started ("${program}").`,
    }),
    text({
      de: 'veraPDF und Java installieren (https://verapdf.org) oder mit SCANLOT_VERAPDF den Pfad des Startskripts angeben; ohne --pdfa wird nur auf offensichtliche Widersprüche geprüft.',
      en: 'Install veraPDF and Java (https://verapdf.org), or give the path of its start script in SCANLOT_VERAPDF; without --pdfa only plain contradictions are looked for.',
    }),
  );
}

async function* judgeAll(
  program: string,
  files: readonly EngineFile[],
  floorMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<EngineJudgement> {
  const folder = await mkdtemp(join(tmpdir(), 'scanlot-verapdf-'));
  try {
    for (const batch of inBatches(files)) {
      const paths = await onDisk(batch, folder, signal);
      yield* judgeBatch({ program, folder, floorMs, signal }, batch, paths);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function* inBatches(files: readonly EngineFile[]): Iterable<readonly EngineFile[]> {
  let batch: EngineFile[] = [];
  let characters = 0;
  for (const file of files) {
    const length = file.location.file.length + 100;
    if (batch.length === mostFiles || (batch.length > 0 && characters + length > mostCharacters)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(file);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}

/** Paths that veraPDF can open. It knows no zip files: what lies in one is unpacked for it, one batch at a time. */
async function onDisk(
  batch: readonly EngineFile[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<EngineFile, string>> {
  const paths = new Map<EngineFile, string>();
  for (const [index, file] of batch.entries()) {
    if (file.location.part === undefined) {
      paths.set(file, resolve(file.location.file));
      continue;
    }
    const unpacked = join(folder, `${index}.pdf`);
    await pipeline(contentPieces(file.location, signal), createWriteStream(unpacked));
    paths.set(file, unpacked);
  }
  return paths;
}

interface Running {
  readonly program: string;
  /** For what veraPDF leaves behind. */
  readonly folder: string;
  readonly floorMs: number;
  readonly signal: AbortSignal | undefined;
}

/** A batch on which veraPDF fails is halved until the file that it fails on stands alone. */
async function* judgeBatch(
  running: Running,
  batch: readonly EngineFile[],
  paths: ReadonlyMap<EngineFile, string>,
): AsyncGenerator<EngineJudgement> {
  const { program, folder, floorMs, signal } = running;
  const options = [
    '--loglevel',
    '0',
    '--flavour',
    '0',
    '--format',
    'json',
    '--maxfailuresdisplayed',
    '20',
    '--nonpdfext',
  ];
  const given = batch.map((file) => paths.get(file) ?? '');
  const { stdout, stderr, ended } = await runProgram(program, [...options, ...given], {
    environment: { JAVA_OPTS: `${process.env.JAVA_OPTS ?? ''} -Djava.io.tmpdir=${folder}`.trim() },
    timeoutMs: timeoutFor(batch, floorMs),
    signal,
  });
  const judged = ended === null ? readVerapdfReport(stdout) : undefined;
  const missing = batch.filter((file) => !judged?.has(paths.get(file) ?? ''));
  for (const file of batch) {
    const observations = judged?.get(paths.get(file) ?? '');
    if (observations) yield { path: file.path, observations };
  }
  if (missing.length === 0) return;
  if (batch.length === 1) {
    const [file] = batch;
    if (file) yield { path: file.path, observations: [notJudged(ended ?? firstLine(stderr))] };
    return;
  }
  const half = Math.ceil(missing.length / 2);
  for (const part of [missing.slice(0, half), missing.slice(half)]) {
    if (part.length > 0) yield* judgeBatch(running, part, paths);
  }
}

function firstLine(words: string): string {
  return words.trim().split('\n')[0]?.trim() || 'no report';
}
