import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createFinding, type Finding } from '../../../findings/finding.ts';
import { runProgram } from '../../../inspection/engines/run-program.ts';
import type { ReadInvoice } from '../read-invoice.ts';
import { attachedInvoice } from '../read-invoice.ts';
import { readJsonResult } from './json-result.ts';
import { readKositReport } from './kosit-report.ts';
import type { FormalMessage, FormalOpinion } from './opinion.ts';

/** Whether an invoice has the form that the law asks for, and who says so. */
export interface FormalResult {
  /** not-asked: no validator is configured. paper: an invoice on paper has no such form. */
  readonly verdict: 'valid' | 'invalid' | 'not-judged' | 'not-asked' | 'paper';
  /** The program. */
  readonly validator: string | null;
  readonly findings: readonly Finding[];
}

/** Rules of EN 16931 and XRechnung that scanlot checks itself, as far as it relies on them. */
export const ownRules: readonly string[] = [
  ...['BR-02', 'BR-03', 'BR-04', 'BR-05', 'BR-06', 'BR-07', 'BR-13', 'BR-14', 'BR-15', 'BR-16'],
  ...['BR-CO-10', 'BR-CO-11', 'BR-CO-12', 'BR-CO-13', 'BR-CO-14', 'BR-CO-15', 'BR-CO-16', 'BR-CO-17', 'BR-CO-18'],
  ...['BR-S-08', 'BR-DE-18'],
];

export interface FormalOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A report is some hundred kilobytes at most. */
const mostOutput = 20 * 2 ** 20;

/**
 * Has another program judge an electronic invoice: the KoSIT validator, or one that prints a JSON line as result. What it
 * cannot judge, for whatever reason, is told as an error and never passes.
 * @param command program and arguments; "{file}" stands for the invoice's XML (put at the end where it stands nowhere),
 * "{output}" for an empty folder that the report is written to; undefined where there is no validator
 */
export async function checkFormally(
  path: string,
  { invoice, attachment }: ReadInvoice,
  command: readonly string[] | undefined,
  options: FormalOptions = {},
): Promise<FormalResult> {
  if (invoice.syntax === 'entry') return { verdict: 'paper', validator: null, findings: [] };
  const [program, ...words] = command ?? [];
  if (program === undefined) return { verdict: 'not-asked', validator: null, findings: [] };
  const folder = await mkdtemp(join(tmpdir(), 'scanlot-formal-'));
  try {
    const file = attachment === null ? resolve(path) : await extract(path, folder);
    const opinion = await ask(program, words, { file, output: await mkdtemp(join(folder, 'report-')) }, options);
    return resultOf(opinion, program, basename(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the XML of a hybrid PDF to where the validator can read it. */
async function extract(path: string, folder: string): Promise<string> {
  const file = join(folder, 'invoice.xml');
  await writeFile(file, attachedInvoice(path));
  return file;
}

async function ask(
  program: string,
  words: readonly string[],
  places: { readonly file: string; readonly output: string },
  { timeoutMs = 120_000, signal }: FormalOptions,
): Promise<FormalOpinion> {
  const named = words.some((word) => word.includes('{file}')) ? words : [...words, '{file}'];
  const argv = named.map((word) => word.replaceAll('{file}', places.file).replaceAll('{output}', places.output));
  try {
    const run = await runProgram(program, argv, { timeoutMs, mostOutput, ...(signal ? { signal } : {}) });
    if (run.ended !== null) return notJudged(run.ended === 'timeout' ? 'too slow' : 'too much output');
    const told = readJsonResult(run.stdout) ?? readKositReport((await writtenReport(places.output)) ?? run.stdout);
    if (!told) return notJudged(`exit code ${run.exitCode}, no result. ${run.stderr}`);
    // Whatever is printed: a program that ends otherwise than with 0 accepts nothing.
    if (told.valid === true && run.exitCode !== 0) return { ...told, valid: null, reason: `exit code ${run.exitCode}` };
    return told;
  } catch (error) {
    if (signal?.aborted) throw error;
    return notJudged((error as NodeJS.ErrnoException).code ?? String(error));
  }
}

function notJudged(reason: string): FormalOpinion {
  return { valid: null, reason, messages: [] };
}

/** The report that the program wrote; undefined where it wrote none of a fit size. */
async function writtenReport(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.xml')).sort();
  const [name = names[0]] = names.filter((one) => one.endsWith('-report.xml'));
  if (name === undefined) return undefined;
  const report = join(folder, name);
  const facts = await stat(report);
  return facts.isFile() && facts.size <= mostOutput ? readFile(report, 'utf8') : undefined;
}

function resultOf({ valid, reason, messages }: FormalOpinion, validator: string, path: string): FormalResult {
  const findings: Finding[] = messages.map((message) => findingOf(message, path));
  if (valid === null) {
    const words = reason.replace(/\s+/g, ' ').trim().slice(0, 300);
    findings.push(createFinding('invoice.formal-not-judged', { path }, { validator, reason: words }));
    return { verdict: 'not-judged', validator, findings };
  }
  const isTold = findings.some(({ severity }) => severity === 'error');
  if (!valid && !isTold) findings.push(createFinding('invoice.formal-rejected', { path }, { validator }));
  // An error that is told counts, even where the validator accepts all the same.
  return { verdict: valid && !isTold ? 'valid' : 'invalid', validator, findings };
}

function findingOf({ level, rule, location, text }: FormalMessage, path: string): Finding {
  const args = { rule, place: location, text };
  if (level === 'error') return createFinding('invoice.formal-error', { path }, args);
  if (level === 'warning') return createFinding('invoice.formal-warning', { path }, args);
  return createFinding('invoice.formal-note', { path }, args);
}
