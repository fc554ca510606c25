import { hash } from 'node:crypto';
import type BetterSqlite3 from 'better-sqlite3';

/**
 * The seal of a table: how many rows it has and the sum of their SHA-256 digests modulo 2^256. The order of rows does not
 * matter and a change costs only the rows it touches. Each transaction writes the new seals into its audit row, so that a
 * change made behind scanlot's back shows as a table that no longer matches the last seal recorded in the chain.
 */
export interface Seal {
  readonly rows: number;
  /** 64 hex digits. */
  readonly digest: string;
}

export const emptySeal: Seal = { rows: 0, digest: '0'.repeat(64) };

/** Tables that are not sealed: the chain itself and what belongs to it. */
const unsealed = new Set(['audit', 'seal', 'migration']);

const modulus = 1n << 256n;

interface Difference {
  rows: number;
  sum: bigint;
}

/** Watches one connection and tells by how much each table's seal has changed since the transaction began. */
export interface SealTracker {
  reset(): void;
  /** The changed tables with their new seals. */
  changed(previous: (table: string) => Seal): Map<string, Seal>;
}

/**
 * Sets temporary triggers on every sealed table of this connection. They report old and new row values to a function of
 * ours; nothing of it is stored in the database file.
 */
export function trackSeals(connection: BetterSqlite3.Database): SealTracker {
  const differences = new Map<string, Difference>();
  connection.function('scanlot_seal', { deterministic: false, varargs: false }, (table, sign, row) => {
    const difference = differences.get(String(table)) ?? { rows: 0, sum: 0n };
    const direction = Number(sign);
    difference.rows += direction;
    difference.sum += BigInt(direction) * rowDigest(String(row));
    differences.set(String(table), difference);
    return null;
  });
  for (const table of sealedTables(connection)) connection.exec(triggersFor(connection, table));
  return {
    reset: () => differences.clear(),
    changed: (previous) =>
      new Map(
        [...differences]
          .filter(([, { rows, sum }]) => rows !== 0 || sum !== 0n)
          .map(([table, difference]) => [table, shift(previous(table), difference)]),
      ),
  };
}

/** Computes the seals of all tables from their rows. */
export function computeSeals(connection: BetterSqlite3.Database): Map<string, Seal> {
  const seals = new Map<string, Seal>();
  for (const table of sealedTables(connection)) {
    const difference: Difference = { rows: 0, sum: 0n };
    const rows = connection
      .prepare(`select ${rowExpression(connection, table, '')} as row from ${quote(table)}`)
      .pluck();
    for (const row of rows.iterate()) {
      difference.rows += 1;
      difference.sum += rowDigest(String(row));
    }
    seals.set(table, shift(emptySeal, difference));
  }
  return seals;
}

function shift(seal: Seal, { rows, sum }: Difference): Seal {
  const digest = (((BigInt(`0x${seal.digest}`) + sum) % modulus) + modulus) % modulus;
  return { rows: seal.rows + rows, digest: digest.toString(16).padStart(64, '0') };
}

function rowDigest(row: string): bigint {
  return BigInt(`0x${hash('sha256', row)}`);
}

function sealedTables(connection: BetterSqlite3.Database): string[] {
  const names = connection
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all() as string[];
  return names.filter((name) => !unsealed.has(name));
}

function rowExpression(connection: BetterSqlite3.Database, table: string, prefix: string): string {
  const columns = connection.prepare('select name from pragma_table_info(?)').pluck().all(table) as string[];
  return `json_array(${columns.map((column) => prefix + quote(column)).join(', ')})`;
}

function triggersFor(connection: BetterSqlite3.Database, table: string): string {
  const old = `scanlot_seal('${table}', -1, ${rowExpression(connection, table, 'old.')})`;
  const fresh = `scanlot_seal('${table}', 1, ${rowExpression(connection, table, 'new.')})`;
  const trigger = (event: string, calls: string) =>
    `create temp trigger ${quote(`seal_${event}_${table}`)} after ${event} on main.${quote(table)} begin select ${calls}; end;`;
  return trigger('insert', fresh) + trigger('update', `${old}, ${fresh}`) + trigger('delete', old);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
