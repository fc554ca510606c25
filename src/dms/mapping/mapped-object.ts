import type { DmsFieldType } from '../schema/dms-schema.ts';

/**
 * A value in its field: texts as they are, numbers as such, days as "2020-12-31", instants as "2020-12-31T12:00:00Z".
 * Adapters write it in their system's form.
 */
export type MappedValue = string | number | boolean;

/** A field with its values. */
export interface MappedField {
  readonly id: string;
  /** What the mapping makes it; the system may have another type for it, which the adapter checks. */
  readonly type: DmsFieldType;
  /** None where there is nothing: whoever creates leaves the field out, whoever corrects empties it. Several for a list. */
  readonly values: readonly MappedValue[];
}

/** Types by their ids that add fields to an object beside those of its own type; absent where there are none. */
export type SecondaryTypes = readonly string[];

/** Permissions of one principal (user, group, role), by the system's names. */
export interface AccessEntry {
  readonly principal: string;
  readonly permissions: readonly string[];
}

/** What becomes of the access control list of a file and all that is in it. */
export interface MappedAccess {
  readonly grant: readonly AccessEntry[];
  /** Also what other classes of the same mapping grant and this one does not: a file may have had another class. */
  readonly withdraw: readonly AccessEntry[];
}

/** A folder (cabinet, register) in which a file lies: found by its key, or created. */
export interface MappedFolder {
  readonly type: string;
  readonly secondaryTypes?: SecondaryTypes;
  /** Tells the folder from the others in the same place; the same for all files that shall lie in it. */
  readonly key: string;
  /** Field of the type that holds the key, by which the folder is found; without one its name is what it is found by. */
  readonly keyField?: string;
  readonly name: string;
  readonly fields: readonly MappedField[];
}

export interface MappedDocument {
  /** The name of the document of `NewObject` that is described. */
  readonly document: string;
  readonly type: string;
  readonly secondaryTypes?: SecondaryTypes;
  /** Its name in the system. Unique in the file only where the mapping makes it so: adapters tell equal ones apart. */
  readonly name: string;
  readonly fields: readonly MappedField[];
}

/** A file as the system shall hold it: what the mapping makes of an object's index data. */
export interface MappedObject {
  readonly type: string;
  readonly secondaryTypes?: SecondaryTypes;
  /** From the outermost to the one in which the file itself lies. */
  readonly folders: readonly MappedFolder[];
  readonly name: string;
  readonly fields: readonly MappedField[];
  /** Class of permissions by its name in the system; null where the mapping says nothing of it. */
  readonly permissions: string | null;
  /** What that class means in the system's access control lists, where the mapping says so. */
  readonly access?: MappedAccess;
  /** One for each document of the object, in the same order. */
  readonly documents: readonly MappedDocument[];
}
