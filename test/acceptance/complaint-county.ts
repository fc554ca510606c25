import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SampleDocument, writePackage } from '../../scripts/samples/package.ts';
import { samplePdf } from '../../scripts/samples/pdf.ts';
import { packagePath } from '../../src/shared/package.ts';
import { runCli } from '../support/run-cli.ts';

type Json = Record<string, unknown> & { readonly exitCode: number };

/** A workspace of the sample county with one batch, driven by the command line alone. */
export interface ComplaintCounty {
  readonly root: string;
  /** Runs a command. @returns its JSON document, with the exit code; @throws when it is refused */
  run(...argv: readonly string[]): Promise<Json>;
  /** Runs a command that is to be refused. @returns the code of its error */
  refused(...argv: readonly string[]): Promise<string>;
  /** Delivers documents as the next round of B-1, and reconciles it. @returns the codes of what reconciling found */
  deliver(documents: readonly SampleDocument[]): Promise<string[]>;
  remove(): void;
}

const sample = (name: string) => packagePath('samples', 'county', name);

/** A sound document of two sheets. @param text what stands on its pages */
export function scan(reference: string, text = 'first', more: Partial<SampleDocument> = {}): SampleDocument {
  const pages = more.pages ?? 4;
  return {
    ...{
      path: `scans/${reference.replace('/', '-')}.pdf`,
      reference,
      volume: '',
      box: 'K-0001',
      title: 'Akte',
      sheets: 2,
      pages,
    },
    ...{ removedBlanks: 4 - pages, bytes: samplePdf(`${reference} ${text}`, pages) },
    ...more,
  };
}

/** References as the sample profile wants them. */
export const [A, B, C] = ['33.1-0901/2019', '33.1-0902/2019', '33.1-0903/2019'] as const;

/** The sample profile, with the subject as index data of its own. */
function profileWithSubject() {
  const profile = JSON.parse(readFileSync(sample('profile-files.json'), 'utf8'));
  const { title, ...columns } = profile.manifest.columns;
  return { ...profile, manifest: { columns: { ...columns, fields: { subject: title } } } };
}

/** @param references files of batch B-1, of two sheets each */
export async function complaintCounty(references: readonly string[]): Promise<ComplaintCounty> {
  const root = mkdtempSync(join(tmpdir(), 'scanlot-complaint-'));
  const tell = async (...argv: readonly string[]): Promise<Json> => {
    const workspace = argv[0] === 'init' ? [] : ['--workspace', 'county'];
    const { exitCode, stdout, stderr } = await runCli([...argv, ...workspace, '--json'], root);
    if (stdout === '') throw new Error(`${argv.join(' ')}: ${stderr}`);
    return { ...JSON.parse(stdout), exitCode };
  };
  const run = async (...argv: readonly string[]): Promise<Json> => {
    const told = await tell(...argv);
    if (told.error) throw new Error(`${argv.join(' ')}: ${JSON.stringify(told.error)}`);
    return told;
  };
  const refused = async (...argv: readonly string[]): Promise<string> => {
    const { error } = await tell(...argv);
    return (error as { code: string } | undefined)?.code ?? 'not refused';
  };
  let rounds = 0;
  const deliver = async (documents: readonly SampleDocument[]): Promise<string[]> => {
    rounds += 1;
    const folder = `delivery-${rounds}`;
    writePackage(join(root, folder), documents);
    await run('delivery', 'receive', folder, '--batch', 'B-1', '--date', '2021-03-10');
    await run('reconcile', 'B-1');
    return codes((await run('delivery', 'show', 'B-1')).findings);
  };
  await run('init', 'county');
  copyFileSync(sample('contract.json'), join(root, 'contract.json'));
  writeFileSync(join(root, 'profile-files.json'), JSON.stringify(profileWithSubject()));
  await run('contract', 'import', 'contract.json');
  await run('budget', 'import', sample('budget.csv'));
  await run('order', 'create', '--lot', 'L5', '--pages', '1000', '--date', '2021-03-01', '--number', 'O-1');
  const rows = references.map((reference) => `${reference};2\r\n`).join('');
  writeFileSync(join(root, 'picked.csv'), `Aktenzeichen;Blatt\r\n${rows}`);
  const batch = ['--order', 'O-1', '--pick-list', 'picked.csv', '--key', 'B-1', '--handed-over', '2021-03-02'];
  await run('batch', 'create', ...batch);
  return { root, run, refused, deliver, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function codes(findings: unknown): string[] {
  const list = (findings ?? []) as readonly { readonly code: string; readonly waived?: boolean }[];
  return list
    .filter(({ waived }) => !waived)
    .map(({ code }) => code)
    .filter((code) => code.startsWith('ledger.'))
    .sort();
}
