import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Kysely } from 'kysely';
import { exitCodes, ScanlotError, UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { restoreBackup } from '../shared/system-errors.ts';
import { type OpenDatabase, openDatabase } from './database.ts';
import { type LockMode, lockWorkspace } from './lock.ts';
import type { Database } from './schema.ts';
import { readWorkspaceConfig, type WorkspaceConfig } from './workspace-config.ts';

/** The folders and files of a workspace. */
export interface WorkspacePaths {
  readonly root: string;
  readonly config: string;
  readonly database: string;
  readonly locks: string;
  /** The embedded document store (an OCFL storage root). */
  readonly store: string;
  /** Packages received, one folder a batch and round. */
  readonly deliveries: string;
  /** Delivery profiles, as agreed in the contracts. */
  readonly profiles: string;
  /** Reports, pick lists, defect lists. */
  readonly outputs: string;
}

/** An open workspace: the place where one county's ledger, deliveries and store live. */
export interface Workspace {
  readonly paths: WorkspacePaths;
  readonly config: WorkspaceConfig;
  readonly db: Kysely<Database>;
  readonly database: OpenDatabase;
  /** Who is at work, for the audit log. */
  readonly actor: string;
  now(): Date;
  /** @throws when the workspace was opened for reading, or its lock was lost */
  requireWritable(): void;
  close(): Promise<void>;
}

export const CONFIG_FILE = 'scanlot.json';

export function workspacePaths(root: string): WorkspacePaths {
  return {
    root,
    config: join(root, CONFIG_FILE),
    database: join(root, 'scanlot.db'),
    locks: join(root, '.locks'),
    store: join(root, 'store'),
    deliveries: join(root, 'deliveries'),
    profiles: join(root, 'profiles'),
    outputs: join(root, 'outputs'),
  };
}

/** The nearest folder at or above `from` that is a workspace; undefined when there is none. */
export function findWorkspace(from: string): string | undefined {
  let folder = resolve(from);
  while (!existsSync(join(folder, CONFIG_FILE))) {
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
  return folder;
}

export interface OpenOptions {
  readonly mode: LockMode;
  readonly now?: () => Date;
  readonly actor?: string;
  /** How long to wait for others who work in it. */
  readonly waitMs?: number;
}

/**
 * Makes a new workspace. Its configuration is written last: without it there is no workspace, so that whatever stops the
 * work half-way, the same can simply be done again.
 * @param fill what belongs to making it; done again after an interruption, it finds what it did before
 * @throws UsageError when there is a workspace already; ScanlotError (exit 12) when its database was lost
 */
export async function createWorkspace(
  root: string,
  config: WorkspaceConfig,
  options: OpenOptions,
  fill: (workspace: Workspace) => Promise<void> = async () => {},
): Promise<Workspace> {
  const paths = workspacePaths(resolve(root));
  const isConfigured = existsSync(paths.config);
  if (isConfigured && existsSync(paths.database)) throw alreadyThere(root);
  if (isConfigured && holdsWork(paths)) throw databaseMissing(paths.database);
  for (const folder of [paths.root, paths.deliveries, paths.profiles, paths.outputs])
    mkdirSync(folder, { recursive: true });
  const chosen = isConfigured ? await readWorkspaceConfig(paths.config) : config;
  const workspace = await open(paths, chosen, options, false);
  try {
    // Somebody else may have made it while we waited.
    if (!isConfigured && existsSync(paths.config)) throw alreadyThere(root);
    await fill(workspace);
    if (!isConfigured) await writeConfig(paths, config);
    return workspace;
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

async function writeConfig(paths: WorkspacePaths, config: WorkspaceConfig): Promise<void> {
  const { writeFileAtomically } = await import('../shared/atomic-file.ts');
  await writeFileAtomically(paths.config, `${JSON.stringify(config, undefined, 2)}\n`);
}

/** Whether something is kept here that a database must have known of. */
function holdsWork(paths: WorkspacePaths): boolean {
  return [paths.store, paths.deliveries].some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}

/** Opens an existing workspace. @throws UsageError or ScanlotError (exit 11, 12, 13) that says what to do */
export async function openWorkspace(root: string, options: OpenOptions): Promise<Workspace> {
  const paths = workspacePaths(resolve(root));
  if (!existsSync(paths.config)) throw existsSync(paths.database) ? configMissing(paths.config) : noWorkspace(root);
  if (!existsSync(paths.database)) throw databaseMissing(paths.database);
  return open(paths, await readWorkspaceConfig(paths.config), options, true);
}

async function open(
  paths: WorkspacePaths,
  config: WorkspaceConfig,
  options: OpenOptions,
  mustExist: boolean,
): Promise<Workspace> {
  const actor = options.actor ?? currentActor();
  const now = options.now ?? (() => new Date());
  const lock = await lockWorkspace(paths.locks, { mode: options.mode, actor, waitMs: options.waitMs ?? 10_000 });
  try {
    const database = await openDatabase(paths.database, mustExist, now());
    return {
      paths,
      config,
      db: database.db,
      database,
      actor,
      now,
      requireWritable: () => {
        if (lock.mode !== 'write') throw new Error('the workspace is open for reading');
        lock.assertHeld();
      },
      close: async () => {
        try {
          await database.close();
        } finally {
          lock.release();
        }
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The name that the audit log records: SCANLOT_USER, or the account at the operating system. */
export function currentActor(): string {
  return process.env.SCANLOT_USER?.trim() || userInfo().username;
}

export function noWorkspace(from: string): UsageError {
  return new UsageError(
    'workspace.none',
    text({
      de: `In ${from} und darüber gibt es keinen Arbeitsbereich (keine ${CONFIG_FILE}).`,
      en: `There is no workspace in ${from} or above (no ${CONFIG_FILE}).`,
    }),
    text({
      de: 'Einen anlegen: scanlot init ORDNER – oder mit --workspace ORDNER auf einen vorhandenen zeigen.',
      en: 'Make one: scanlot init DIR – or name an existing one with --workspace DIR.',
    }),
  );
}

function alreadyThere(root: string): UsageError {
  return new UsageError(
    'workspace.exists',
    text({ de: `${root} ist schon ein Arbeitsbereich.`, en: `${root} is a workspace already.` }),
    text({
      de: 'Einen anderen Ordner wählen, oder in diesem weiterarbeiten: scanlot status',
      en: 'Choose another folder, or go on in this one: scanlot status',
    }),
  );
}

/** Either "init" was cut off, or the file was lost since. */
export function configMissing(path: string): ScanlotError {
  return new ScanlotError(exitCodes.workspaceBroken, 'workspace.config-missing', {
    message: text({
      de: `Die Einstellungen ${path} fehlen, obwohl es daneben eine Datenbank gibt.`,
      en: `The configuration ${path} is missing although there is a database beside it.`,
    }),
    remedy: text({
      de: `Wurde „scanlot init“ unterbrochen, denselben Befehl erneut ausführen; sonst ${CONFIG_FILE} aus der Datensicherung zurückspielen.`,
      en: `If "scanlot init" was interrupted, run the same command again; otherwise restore ${CONFIG_FILE} from the backup.`,
    }),
  });
}

function databaseMissing(path: string): ScanlotError {
  return new ScanlotError(exitCodes.workspaceBroken, 'workspace.database-missing', {
    message: text({
      de: `Die Datenbank ${path} fehlt, obwohl ein Arbeitsbereich eingerichtet ist.`,
      en: `The database ${path} is missing although a workspace is set up.`,
    }),
    remedy: restoreBackup,
  });
}
