import type { DmsField, DmsSchema, DmsType } from './dms-schema.ts';

/** One difference between two states of a system's types. */
export interface SchemaChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly type: string;
  /** Null where the type itself is concerned. */
  readonly field: string | null;
  /** What of it: "maxLength", "choices"; null where all of it was added or removed. */
  readonly member: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** Tells what an upgrade changed, in the order of types and fields. */
export function compareSchemas(before: DmsSchema, after: DmsSchema): SchemaChange[] {
  const [old, now] = [byId(before.types), byId(after.types)];
  return idsOf(old, now).flatMap((id) => {
    const [a, b] = [old.get(id), now.get(id)];
    const place = { type: id, field: null, member: null } as const;
    if (!a) return [{ ...place, change: 'added' as const, before: null, after: b?.name ?? id }];
    if (!b) return [{ ...place, change: 'removed' as const, before: a.name, after: null }];
    return compareTypes(a, b);
  });
}

const typeMembers = ['name', 'base', 'creatable', 'extensible', 'accessControlled'] as const;
const fieldMembers = [
  'label',
  'type',
  'required',
  'readOnly',
  'multiple',
  'queryable',
  'maxLength',
  'minimum',
  'maximum',
] as const;

function compareTypes(a: DmsType, b: DmsType): SchemaChange[] {
  const [old, now] = [byId(a.fields), byId(b.fields)];
  return [
    ...compareMembers(a, b, typeMembers, { type: a.id, field: null }),
    ...compareLists(a.parents, b.parents, { type: a.id, field: null, member: 'parents' }),
    ...idsOf(old, now).flatMap((id) => {
      const [x, y] = [old.get(id), now.get(id)];
      const place = { type: a.id, field: id, member: null };
      if (!x) return [{ ...place, change: 'added' as const, before: null, after: y?.label ?? id }];
      if (!y) return [{ ...place, change: 'removed' as const, before: x.label, after: null }];
      return compareFields(a.id, x, y);
    }),
  ];
}

function compareFields(type: string, a: DmsField, b: DmsField): SchemaChange[] {
  const place = { type, field: a.id };
  const changes = compareMembers(a, b, fieldMembers, place);
  const catalogue = { ...place, member: 'choices' };
  if (a.choices && b.choices) return [...changes, ...compareLists(a.choices, b.choices, catalogue)];
  if (!a.choices && !b.choices) return changes;
  return [...changes, { ...catalogue, change: 'changed', before: a.choices ?? null, after: b.choices ?? null }];
}

function compareMembers<Item>(
  a: Item,
  b: Item,
  members: readonly (keyof Item & string)[],
  place: Pick<SchemaChange, 'type' | 'field'>,
): SchemaChange[] {
  return members
    .filter((member) => a[member] !== b[member])
    .map((member) => ({ ...place, member, change: 'changed', before: a[member] ?? null, after: b[member] ?? null }));
}

/** Entries of a list (a catalogue) that came and went; their order says nothing. */
function compareLists(
  a: readonly string[],
  b: readonly string[],
  place: Pick<SchemaChange, 'type' | 'field' | 'member'>,
): SchemaChange[] {
  const [old, now] = [new Set(a), new Set(b)];
  return [
    ...a
      .filter((one) => !now.has(one))
      .map((one) => ({ ...place, change: 'removed' as const, before: one, after: null })),
    ...b
      .filter((one) => !old.has(one))
      .map((one) => ({ ...place, change: 'added' as const, before: null, after: one })),
  ];
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

function idsOf(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort();
}
