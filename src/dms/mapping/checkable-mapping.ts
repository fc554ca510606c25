import type { DmsType } from '../schema/dms-schema.ts';
import type { CompiledField } from './compile-mapping.ts';
import type { MappedAccess } from './mapped-object.ts';
import type { CompiledValue } from './value.ts';

/** What the types of a system are compared with. */
export interface CheckableMapping {
  readonly folders: readonly (CheckableVariant & {
    readonly keyField: string | undefined;
    readonly key: CheckableValue;
  })[];
  readonly file: readonly CheckableVariant[];
  readonly document: readonly CheckableVariant[];
  readonly permissions:
    | { readonly field: string | undefined; readonly access: ReadonlyMap<string, MappedAccess> }
    | undefined;
}

interface CheckableVariant {
  readonly place: string;
  /** Where the type is written; beside the fields where nothing is said. */
  readonly typePlace?: string;
  readonly type: string;
  readonly secondaryTypes?: readonly string[];
  readonly fields: readonly CheckableField[];
}

export type CheckableField = Pick<CompiledField, 'id' | 'place'> & { readonly value: CheckableValue };

export type CheckableValue = Pick<CompiledValue, 'type' | 'several' | 'possible'>;

/** A variant without its fields. */
export type Placed = Pick<CheckableVariant, 'place' | 'typePlace' | 'type' | 'secondaryTypes'>;

/** What a mapping is held against. */
export interface Check {
  readonly types: ReadonlyMap<string, DmsType>;
  readonly reserved: readonly string[];
}
