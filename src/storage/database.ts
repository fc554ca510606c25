import BetterSqlite3 from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, Kysely, SqliteDialect, SqliteDriver } from 'kysely';
import { exitCodes, ScanlotError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { restoreBackup } from '../shared/system-errors.ts';
import { isCurrent, migrate } from './migrate.ts';
import type { Database } from './schema.ts';
import { computeSeals, type Seal, type SealTracker, trackSeals } from './seal.ts';

/** An open ledger database: the query builder, and what is particular to the embedded store. */
export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly seals: SealTracker;
  /** Recomputes the seals of all tables from their rows. */
  computeSeals(): Map<string, Seal>;
  /** The database engine's own check of the file; empty when it is sound. */
  integrityErrors(): string[];
  close(): Promise<void>;
}

/** Writers queue at their first statement, so that none has to give up in the middle. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: BetterSqlite3.Database;
  constructor(database: BetterSqlite3.Database) {
    super({ database });
    this.#database = database;
  }
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  /** A full disk ends a transaction by itself: what failed must be told, and not that there is none to take back. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: BetterSqlite3.Database;
  constructor(database: BetterSqlite3.Database) {
    super({ database });
    this.#database = database;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database);
  }
}

/**
 * Opens the database file and brings it to the current shape. Confirmed means on disk: every commit is synced.
 * @param mustExist refuse to begin a new one: a lost or emptied database must not look like an empty ledger
 * @throws ScanlotError (exit 12) for a file that holds no ledger, or one of a newer scanlot
 */
export async function openDatabase(path: string, mustExist: boolean, now: Date): Promise<OpenDatabase> {
  const connection = new BetterSqlite3(path, { fileMustExist: mustExist, timeout: 10_000 });
  try {
    // Before anything is set: what is not ours stays as it is.
    if (mustExist && !hasMigrations(connection)) throw noLedger(path);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('trusted_schema = OFF');
    const db = new Kysely<Database>({ dialect: new ImmediateDialect(connection) });
    if (!hasMigrations(connection) || !(await isCurrent(db))) await migrate(db, now);
    return {
      db,
      seals: trackSeals(connection),
      computeSeals: () => computeSeals(connection),
      integrityErrors: () => integrityErrors(connection),
      close: () => db.destroy(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** An empty file is a sound database to SQLite, and so is that of another program. */
function noLedger(path: string): ScanlotError {
  return new ScanlotError(exitCodes.workspaceBroken, 'workspace.no-ledger', {
    message: text({
      de: `Die Datenbank ${path} ist leer oder gehört nicht zu scanlot.`,
      en: `The database ${path} is empty or does not belong to scanlot.`,
    }),
    remedy: restoreBackup,
  });
}

function hasMigrations(connection: BetterSqlite3.Database): boolean {
  return connection.prepare("select 1 from sqlite_schema where name = 'migration'").get() !== undefined;
}

function integrityErrors(connection: BetterSqlite3.Database): string[] {
  const answers = connection.prepare('pragma integrity_check').pluck().all() as string[];
  const orphans = connection.prepare('pragma foreign_key_check').all() as { table: string; rowid: number }[];
  return [
    ...answers.filter((answer) => answer !== 'ok'),
    ...orphans.map(({ table, rowid }) => `foreign key violated in ${table}, row ${rowid}`),
  ];
}
