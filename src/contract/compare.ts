/** A place of a contract document that two versions state differently; null where one does not have it. */
export interface ContractChange {
  /** "lots.L1.prices.scan.price": lists are named by their keys. */
  readonly place: string;
  readonly before: string | number | boolean | null;
  readonly after: string | number | boolean | null;
}

type Scalar = string | number | boolean;

/** What is different between two contract documents, in the order of the newer one; what only the older has comes last. */
export function compareContracts(before: unknown, after: unknown): ContractChange[] {
  const [older, newer] = [flatten(before), flatten(after)];
  const places = [...newer.keys(), ...[...older.keys()].filter((place) => !newer.has(place))];
  return places
    .map((place) => ({ place, before: older.get(place) ?? null, after: newer.get(place) ?? null }))
    .filter((change) => change.before !== change.after && !ignored.has(change.place.split('.')[0] ?? ''));
}

/** What differs between versions without changing the contract. */
const ignored = new Set(['$schema', 'amendment']);

function flatten(document: unknown): Map<string, Scalar> {
  const flat = new Map<string, Scalar>();
  const open: { place: string; value: unknown }[] = [{ place: '', value: document }];
  for (let next = open.shift(); next; next = open.shift()) {
    const { place, value } = next;
    if (typeof value === 'object' && value !== null) open.unshift(...children(place, value));
    else if (value !== undefined && value !== null) flat.set(place, value as Scalar);
  }
  return flat;
}

function children(place: string, value: object): { place: string; value: unknown }[] {
  const at = (name: string) => (place === '' ? name : `${place}.${name}`);
  if (!Array.isArray(value)) return Object.entries(value).map(([name, child]) => ({ place: at(name), value: child }));
  const names = value.map(nameOf);
  return value.map((child, index) => {
    const name = names[index] ?? String(index + 1);
    // A position with several periods is told apart by their first days, the rest by their place.
    const same = names.filter((other) => other === name).length > 1;
    const from = (child as { validFrom?: unknown }).validFrom;
    return { place: at(same ? `${name}@${typeof from === 'string' ? from : index + 1}` : name), value: child };
  });
}

/** The word by which a member of a list is known: its key, role, day. */
function nameOf(member: unknown): string | undefined {
  if (typeof member !== 'object' || member === null) return undefined;
  const { key, role, from, declareBy } = member as Readonly<Record<string, unknown>>;
  const name = [key, role, from, declareBy].find((one) => typeof one === 'string' || typeof one === 'number');
  return name === undefined ? undefined : String(name);
}
