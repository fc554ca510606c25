import type { Content } from '../http/multipart.ts';
import type { Received } from '../http/received.ts';
import type { EnaioType } from './object-types.ts';

export type Signal = AbortSignal | undefined;

/** Field id → value; null removes it. */
export type FieldValues = ReadonlyMap<string, string | null>;

/** An object as enaio tells it. */
export interface EnaioObject {
  readonly id: string;
  readonly type: string;
  /** Values as text, by the ids of their fields; fields without a value are left out. */
  readonly values: ReadonlyMap<string, string>;
}

export interface NewEnaioObject {
  readonly type: string;
  /** The folder or register it goes into; none for a folder at the top of its cabinet. */
  readonly parent?: string;
  readonly values: FieldValues;
  /** The field among them whose value tells the object from all others. */
  readonly tellingField: string;
  readonly content?: Content;
}

/** What is looked for: objects of a type with this value in this field, and in this place where one is named. */
export interface Search {
  readonly type: string;
  readonly field: string;
  readonly value: string;
  readonly parent?: string;
}

/**
 * The requests to enaio that an import needs, over either of its interfaces. What only reads is repeated when its answer
 * is lost; what creates or changes is sent once and throws `LostAnswer`: its caller has to find out.
 */
export interface EnaioService {
  /** The types by their ids; undefined where the interface does not tell them. */
  readonly types: ReadonlyMap<string, EnaioType> | undefined;
  /** Whether objects can be removed; else `discard` only makes them unfindable. */
  readonly canRemove: boolean;
  /** Objects that hold exactly this value, letter case regarded; what has just been stored may be missing. */
  find(search: Search, columns: readonly string[], signal: Signal): Promise<readonly EnaioObject[]>;
  /** All documents of a type in a folder or register; undefined where the interface cannot tell. */
  documentsIn?(
    parent: Pick<EnaioObject, 'id' | 'type'>,
    type: string,
    columns: readonly string[],
    signal: Signal,
  ): Promise<readonly EnaioObject[]>;
  /** One object as it is now; undefined when there is none, or none of this type where one is named. */
  get(id: string, type: string | undefined, signal: Signal): Promise<EnaioObject | undefined>;
  /** @returns the new object's id */
  insert(object: NewEnaioObject, signal: Signal): Promise<string>;
  /** What is not named stays. */
  update(object: Pick<EnaioObject, 'id' | 'type'>, values: FieldValues, signal: Signal): Promise<void>;
  /** The bytes of a document's first file; nothing is repeated once the first have come. @throws Refusal not-found */
  content(id: string, signal: Signal): Promise<Received>;
  /**
   * Removes an object; done already is done.
   * @param cascading with all that is in it; else a folder that is not empty is refused
   */
  remove(object: Pick<EnaioObject, 'id' | 'type'>, cascading: boolean, signal: Signal): Promise<void>;
}
