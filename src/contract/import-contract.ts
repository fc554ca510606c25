import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { change } from '../audit/change.ts';
import { filesOfProfile } from '../delivery/profile.ts';
import { writeFileAtomically } from '../shared/atomic-file.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { type ContractDocument, readContract } from './contract-document.ts';
import { contractVersions, findContract } from './store.ts';
import { amendContract, insertContract } from './version-store.ts';

export interface ImportedContract {
  readonly number: string;
  readonly version: number;
  readonly outcome: 'added' | 'amended' | 'unchanged';
  readonly lots: number;
  /** Delivery profiles copied into the workspace. */
  readonly profiles: readonly string[];
}

/**
 * Imports a contract document. The same document again changes nothing; another document of the same number is an
 * amendment: it must state its reason, and the former state is kept.
 */
export async function importContract(workspace: Workspace, path: string): Promise<ImportedContract> {
  const source = readContract(path);
  const profiles = profileFiles(source, path);
  const document = withStoredProfiles(source);
  const json = canonicalJson(document);
  const current = await findContract(workspace.db, document.number);
  const versions = current ? await contractVersions(workspace.db, current.id) : [];
  const isSame = versions.at(-1)?.document === json;
  if (current && !isSame && !document.amendment) throw amendmentMissing(document.number);
  const outcome = isSame ? 'unchanged' : current ? 'amended' : 'added';
  if (isSame) await copyProfiles(workspace, profiles);
  else {
    await change(workspace, async ({ db, record, beforeCommit }) => {
      if (current) await amendContract(db, current, document, json, workspace.now());
      else await insertContract(db, document, json, workspace.now());
      record({
        action: `contract.${outcome}`,
        subject: `contract/${document.number}`,
        before: versions.at(-1) ? JSON.parse(versions.at(-1)?.document ?? 'null') : undefined,
        after: document,
      });
      // No contract is in force whose profiles could not be written.
      beforeCommit(() => copyProfiles(workspace, profiles));
    });
  }
  return {
    number: document.number,
    version: (current?.version ?? 0) + (isSame ? 0 : 1),
    outcome,
    lots: document.lots.length,
    profiles: profiles.map((file) => basename(file)),
  };
}

function profileFiles(contract: ContractDocument, contractPath: string): string[] {
  const named = contract.lots.flatMap(({ deliveryProfile }) => (deliveryProfile ? [deliveryProfile] : []));
  const files = [...new Set(named)].map((file) => resolve(dirname(contractPath), file));
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length === 0) return files;
  throw new UsageError(
    'contract.profile-missing',
    text({
      de: 'Im Vertrag genannte Lieferprofile fehlen.',
      en: 'Delivery profiles named in the contract are missing.',
    }),
    text({
      de: 'Die Dateien neben das Vertragsdokument legen; Pfade gelten von dort aus.',
      en: 'Put the files beside the contract document; paths are relative to it.',
    }),
    missing.map((file) => text({ de: file, en: file })),
  );
}

function withStoredProfiles(contract: ContractDocument): ContractDocument {
  const lots = contract.lots.map((lot) =>
    lot.deliveryProfile === undefined ? lot : { ...lot, deliveryProfile: basename(lot.deliveryProfile) },
  );
  return { ...contract, lots };
}

/** With the base profiles and lists that they need. All are read before the first is written: one that cannot be read changes none. */
async function copyProfiles(workspace: Workspace, files: readonly string[]): Promise<void> {
  mkdirSync(workspace.paths.profiles, { recursive: true });
  const copies = [...new Set(files.flatMap(filesOfProfile))]
    .map((file) => ({ file: resolve(file), target: join(workspace.paths.profiles, basename(file)) }))
    .filter(({ file, target }) => file !== target)
    .map(({ file, target }) => ({ target, bytes: readFileSync(file) }));
  for (const { target, bytes } of copies) await writeFileAtomically(target, bytes);
}

function amendmentMissing(number: string): UsageError {
  return new UsageError(
    'contract.amendment-missing',
    text({
      de: `Der Vertrag ${number} ist schon mit anderem Inhalt erfasst.`,
      en: `Contract ${number} is already recorded with other content.`,
    }),
    text({
      de: 'Eine Vertragsänderung braucht „amendment“ mit Grund (reason) und Stichtag (effectiveOn); der alte Stand bleibt erhalten.',
      en: 'An amendment needs "amendment" with reason and effectiveOn; the former state is kept.',
    }),
  );
}
