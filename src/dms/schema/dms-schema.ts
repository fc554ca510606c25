/** What a system takes for the values of a field; each adapter translates its own kinds into these. */
export const dmsFieldTypes = ['text', 'integer', 'decimal', 'date', 'dateTime', 'boolean'] as const;
export type DmsFieldType = (typeof dmsFieldTypes)[number];

/**
 * What objects of a type are: enaio's cabinet, folder, register, document; a CMIS type's base type. Types of the base
 * "secondary" have no objects of their own: they add fields to those of other types (CMIS 1.1 section 2.1.9).
 */
export const dmsBases = ['cabinet', 'folder', 'register', 'document', 'secondary', 'other'] as const;
export type DmsBase = (typeof dmsBases)[number];

/** The object types of a system as it describes them itself, in the same form for every system. */
export interface DmsSchema {
  /** What the system says it is; null where it does not tell. */
  readonly system: { readonly name: string | null; readonly version: string | null };
  /** What can be done with access control lists; absent where the interface knows none. */
  readonly accessControl?: {
    /** Whether the interface changes them. */
    readonly changeable: boolean;
    /** Permissions there are, sorted; empty where the system does not tell. */
    readonly permissions: readonly string[];
  };
  /** Sorted by id; ids are unique. */
  readonly types: readonly DmsType[];
}

export interface DmsType {
  /** As the interface wants it: "county:file", "262146". */
  readonly id: string;
  /** For people: "Bauakte". */
  readonly name: string;
  readonly base: DmsBase;
  /** Ids of the types in which objects of this one may lie; empty where the system sets no such limit. */
  readonly parents: readonly string[];
  /** Whether objects of this very type can be created. */
  readonly creatable: boolean;
  /** Whether objects of this type take secondary types; absent: no. */
  readonly extensible?: boolean;
  /** Whether the interface changes who may do what with objects of this type; absent: no. */
  readonly accessControlled?: boolean;
  /** Sorted by id; ids are unique. */
  readonly fields: readonly DmsField[];
}

export interface DmsField {
  readonly id: string;
  /** For people: "Betreff". */
  readonly label: string;
  readonly type: DmsFieldType;
  /** Whoever creates an object must give a value: the system sets none itself. */
  readonly required: boolean;
  /** Nobody may give a value: the system, or our adapter, sets it. */
  readonly readOnly: boolean;
  /** Whether a field takes several values. */
  readonly multiple: boolean;
  readonly queryable: boolean;
  /** In characters; absent where there is no limit. */
  readonly maxLength?: number;
  /** Bounds of numbers, both included. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** The only values allowed (a closed catalogue), as text; absent where others are, too. */
  readonly choices?: readonly string[];
}

/** The same schema with types and fields in the order of their ids, whatever order a system tells them in. */
export function sortedSchema({ types, ...schema }: DmsSchema): DmsSchema {
  const sorted = types.map((type) => ({ ...type, fields: [...type.fields].sort(byId) }));
  return { ...schema, types: sorted.sort(byId) };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
