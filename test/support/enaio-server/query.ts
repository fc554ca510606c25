import { type Archive, badRequest, type Stored, type Values } from './archive.ts';

/** One object of an answer: the columns that were selected. */
export interface Hit {
  readonly stored: Stored;
  readonly columns: ReadonlyMap<string, string | undefined>;
}

const form = /^SELECT (.+?) FROM ([\w:]+)(?: WHERE (.+?))?(?: ORDER BY ([\w:]+)(?: (ASC|DESC))?)?$/is;

/**
 * The part of the query language that the adapter speaks: columns, one type, comparisons with parameters joined by AND or,
 * in brackets, by OR, an order. `=` does not regard letter case; system fields come only when they are named.
 */
export function answerQuery(archive: Archive, statement: string, parameters: Record<string, string>): readonly Hit[] {
  const [, columns, name, where, order, direction] = form.exec(statement.trim()) ?? [];
  const type = archive.types.find(({ localName, id }) => localName === name || id === name);
  if (columns === undefined || !type) throw badRequest(`cannot understand: ${statement}`);
  const known = new Set(type.fields.map(({ id }) => id));
  const cell = (stored: Stored, values: Values, column: string): string | undefined => {
    if (column.startsWith('system:')) return systemField(archive, stored, column);
    if (!known.has(column)) throw badRequest(`unknown field ${column}`);
    return values.get(column);
  };
  const wanted = columns.split(',').map((column) => column.trim());
  const hits = archive.searchable(type.id).flatMap(({ stored, values }): readonly Hit[] => {
    if (where !== undefined && !holds(where, parameters, (column) => cell(stored, values, column))) return [];
    return [{ stored, columns: new Map(wanted.map((column) => [column, cell(stored, values, column)])) }];
  });
  if (order === undefined) return hits;
  const sorted = [...hits].sort((a, b) => ((a.columns.get(order) ?? '') < (b.columns.get(order) ?? '') ? -1 : 1));
  return direction === 'DESC' ? sorted.reverse() : sorted;
}

function systemField(archive: Archive, stored: Stored, column: string): string | undefined {
  switch (column) {
    case 'system:objectId':
      return stored.id;
    case 'system:objectTypeId':
      return stored.type;
    case 'system:SDSTA_ID':
      return archive.placeOf(stored).folder;
    case 'system:SDREG_ID':
      return archive.placeOf(stored).register;
  }
  throw badRequest(`unknown system field ${column}`);
}

function holds(
  where: string,
  parameters: Record<string, string>,
  cell: (column: string) => string | undefined,
): boolean {
  return where.split(/ AND /i).every((clause) =>
    clause
      .replace(/^\((.*)\)$/s, '$1')
      .split(/ OR /i)
      .some((comparison) => {
        const [, column, parameter] = /^([\w:]+) = @(\w+)$/.exec(comparison.trim()) ?? [];
        if (column === undefined || parameter === undefined) throw badRequest(`cannot understand: ${comparison}`);
        const wanted = parameters[parameter];
        if (wanted === undefined) throw badRequest(`no parameter ${parameter}`);
        return cell(column)?.toLowerCase() === wanted.toLowerCase();
      }),
  );
}
