import { type Text, text } from '../shared/language.ts';
import { emptySeal, type Seal } from '../storage/seal.ts';
import type { Workspace } from '../storage/workspace.ts';
import { type ChainedEntry, chainStart, entryHash } from './chain.ts';

/** One place where the log or a table is not what the log says it should be. */
export interface AuditBreak {
  readonly code: 'entry-changed' | 'entry-missing' | 'table-changed' | 'head-differs' | 'database-damaged';
  /** Sequence number of the entry, where the break is in the log. */
  readonly seq?: number;
  readonly table?: string;
  readonly message: Text;
}

export interface AuditVerification {
  readonly entries: number;
  /** Hash of the last entry: written into a protocol, it proves later that nothing was cut off the end. */
  readonly head: string;
  readonly tables: number;
  readonly breaks: readonly AuditBreak[];
}

const PAGE_SIZE = 5_000;

/**
 * Recomputes the hash chain and the seals of all tables.
 * @param expectedHead a head hash noted earlier; it must be in the chain
 */
export async function verifyAudit(workspace: Workspace, expectedHead?: string): Promise<AuditVerification> {
  const { breaks, sealed, head, entries, sawExpectedHead } = await walkChain(workspace, expectedHead);
  const actual = workspace.database.computeSeals();
  breaks.push(...tableBreaks(sealed, actual));
  if (!sawExpectedHead) breaks.push(headDiffers(expectedHead ?? ''));
  for (const damage of workspace.database.integrityErrors()) {
    breaks.push({
      code: 'database-damaged',
      message: text({ de: `Die Datenbank ist beschädigt: ${damage}`, en: `The database is damaged: ${damage}` }),
    });
  }
  return { entries, head, tables: actual.size, breaks: deduplicate(breaks) };
}

async function walkChain(workspace: Workspace, expectedHead: string | undefined) {
  const breaks: AuditBreak[] = [];
  const sealed = new Map<string, Seal>();
  let head = chainStart;
  let entries = 0;
  let sawExpectedHead = expectedHead === undefined || expectedHead === chainStart;
  for await (const row of auditRows(workspace)) {
    breaks.push(...entryBreaks(row, entries, head));
    if (row.seals) for (const [table, seal] of Object.entries(JSON.parse(row.seals))) sealed.set(table, seal as Seal);
    head = row.hash;
    entries = row.seq;
    sawExpectedHead ||= head === expectedHead;
  }
  return { breaks, sealed, head, entries, sawExpectedHead };
}

function entryBreaks(row: ChainedEntry & { hash: string }, previousSeq: number, previousHash: string): AuditBreak[] {
  const breaks: AuditBreak[] = [];
  if (row.seq !== previousSeq + 1) breaks.push(missing(previousSeq + 1, row.seq - 1));
  else if (row.previous_hash !== previousHash) breaks.push(changed(Math.max(1, row.seq - 1)));
  if (entryHash(row) !== row.hash) breaks.push(changed(row.seq));
  return breaks;
}

/** The log from the start, in pages. */
export async function* auditRows(workspace: Workspace) {
  let after = 0;
  while (true) {
    const page = await workspace.db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(PAGE_SIZE)
      .execute();
    yield* page;
    const lastRow = page.at(-1);
    if (!lastRow) return;
    after = lastRow.seq;
  }
}

function tableBreaks(sealed: Map<string, Seal>, actual: Map<string, Seal>): AuditBreak[] {
  return [...actual]
    .filter(([table, seal]) => (sealed.get(table) ?? emptySeal).digest !== seal.digest)
    .map(([table, seal]) => {
      const rows = (sealed.get(table) ?? emptySeal).rows;
      return {
        code: 'table-changed' as const,
        table,
        message: text({
          de: `Tabelle ${table} wurde an scanlot vorbei geändert (${rows} Zeilen laut Protokoll, ${seal.rows} vorhanden).`,
          en: `Table ${table} was changed behind scanlot's back (${rows} rows by the log, ${seal.rows} present).`,
        }),
      };
    });
}

function changed(seq: number): AuditBreak {
  return {
    code: 'entry-changed',
    seq,
    message: text({ de: `Eintrag ${seq} wurde verändert.`, en: `Entry ${seq} has been changed.` }),
  };
}

function missing(from: number, to: number): AuditBreak {
  const which = from === to ? `${from}` : `${from}–${to}`;
  return {
    code: 'entry-missing',
    seq: from,
    message: text({ de: `Eintrag ${which} fehlt.`, en: `Entry ${which} is missing.` }),
  };
}

function headDiffers(expected: string): AuditBreak {
  return {
    code: 'head-differs',
    message: text({
      de: `Der notierte Stand ${expected.slice(0, 16)}… kommt im Protokoll nicht vor: Einträge wurden entfernt oder ersetzt.`,
      en: `The noted head ${expected.slice(0, 16)}… is not in the log: entries were removed or replaced.`,
    }),
  };
}

function deduplicate(breaks: readonly AuditBreak[]): AuditBreak[] {
  const seen = new Set<string>();
  return breaks.filter(({ code, seq, table, message }) => {
    const key = `${code}/${seq ?? ''}/${table ?? ''}/${seq === undefined ? message.en : ''}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
