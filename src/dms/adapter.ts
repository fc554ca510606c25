import type { MappedObject } from './mapping/mapped-object.ts';
import type { DmsSchema } from './schema/dms-schema.ts';

/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

/** One document of a file (Akte) as it is to be stored. */
export interface NewDocument {
  /** Path inside the object, "/" between folders, kept as the vendor wrote it: "Band 1/Bescheid.pdf". */
  readonly name: string;
  /** Absolute path of the accepted bytes. They are only read. */
  readonly source: string;
  /** Size in bytes at acceptance. */
  readonly size: number;
  /** SHA-256 at acceptance, lower-case hex. Other bytes are refused. */
  readonly sha256: string;
}

/** One file (Akte) with its documents and index data. */
export interface NewObject {
  /** Our own key: stable over retries and restarts. Keys that differ only in Unicode normalisation are the same. */
  readonly key: string;
  /** The index data, as the profile's mapping made them. */
  readonly metadata: JsonObject;
  /** What the mapping to the system's types and fields makes of it, where there is one. */
  readonly mapped?: MappedObject;
  /** At least one. Names are unique, also after Unicode normalisation, and no name is a folder of another. */
  readonly documents: readonly NewDocument[];
}

/** What the system says it holds of one document; nothing here has been read back. */
export interface DocumentEntry {
  readonly name: string;
  /** Size in bytes, or null where the system does not tell. */
  readonly size: number | null;
  /** SHA-256, lower-case hex, or null where the system does not tell. */
  readonly sha256: string | null;
}

/** An object as the system knows it. */
export interface DmsObject {
  /** The system's id, for `readBack`. */
  readonly id: string;
  /** False where a system without transactions holds only a part of the object. */
  readonly complete: boolean;
  /** Sorted by name. */
  readonly documents: readonly DocumentEntry[];
}

/** One document whose bytes were fetched from the system, every one of them, and hashed on the way. */
export interface StoredDocument {
  readonly name: string;
  /** Bytes that were really read. */
  readonly size: number;
  /** SHA-256 of these bytes, lower-case hex. */
  readonly sha256: string;
  /** Pages as the system counts them, where it tells. */
  readonly pages?: number;
}

/** What a system can do; the engine uses what is there and asks for nothing else. */
export interface DmsCapabilities {
  /** Keeps earlier states of an object when it is corrected. */
  readonly versioning: boolean;
  /** Finds an object by our key without the system's id. */
  readonly lookUpByKey: boolean;
  /** `lookUp` tells the documents' SHA-256. */
  readonly reportsHash: boolean;
  /** An object appears whole or not at all; a corrected one in its old state or in its new one. */
  readonly transactions: boolean;
  /** Can bring an object into a corrected state (`update`). */
  readonly update: boolean;
  /** Can remove an object again (`remove`). */
  readonly remove: boolean;
  /** Tells its types and fields (`readSchema`). */
  readonly typesReadable: boolean;
  /** Takes the secondary types and access control lists of a mapping; absent: no, and such a mapping is refused. */
  readonly extensions?: boolean;
}

/**
 * A document management system, seen from the import. Nobody else talks to one.
 *
 * All methods may be called concurrently, also for the same key, and from several processes on the same system. All
 * failures reject with `DmsError`, whose `scope` tells whether the next object is worth trying; an aborted call rejects
 * with the signal's reason. After `close` every other method rejects; `close` itself may be called twice.
 */
export interface DmsAdapter {
  /** Short name for people and protocols: "ocfl". */
  readonly name: string;
  readonly capabilities: DmsCapabilities;
  /**
   * So many small objects are best given to it at once: it makes them durable together. Such a system has no folders in
   * which the order of its objects could be seen. Left out where each object is made durable by itself.
   */
  readonly group?: number;

  /**
   * Completes what processes that were ended left behind, and takes away the rest of it. The engine asks for it before
   * an import: there may be nothing more to store. Changes nothing where nothing was ever stored. Left out where an
   * object that is looked up tells everything.
   */
  settle?(signal?: AbortSignal): Promise<void>;

  /**
   * Finds an object by our own key. Reads only what the system says of itself: neither presence nor hash is proved by
   * it. To be called before any repeated `create` whose outcome is not known.
   * @returns undefined when the system surely has no such object; being unable to tell is an error
   */
  lookUp(key: string, signal?: AbortSignal): Promise<DmsObject | undefined>;

  /**
   * Stores a whole object and returns after the system has made it durable. Content is streamed; memory is bounded
   * whatever its size. The bytes are hashed on the way, and refused when they are not the accepted ones.
   *
   * May be called again with the same object, after a crash at any point too: the object that is there is found, and
   * its id returned. An object with the same key and other content is refused (`dms.object-differs`) and left alone.
   * After a rejection nothing of the object is visible where `transactions` is declared.
   */
  create(object: NewObject, signal?: AbortSignal): Promise<{ readonly id: string }>;

  /**
   * Brings a stored object into a corrected state: its documents and index data are then those of `object`, whose key is
   * the one it was stored under. Where `versioning` is declared the earlier state is kept as a version. Bytes are
   * streamed, hashed and refused as by `create`; content that is there already need not be sent again.
   *
   * The state that is there already is found, and nothing is done; so it may be called again after a crash at any point.
   * After a rejection the object is in its old state, or in the new one, where `transactions` is declared; never mixed.
   * @returns the id under which the object is found from now on; not all systems keep it
   * @throws DmsError dms.object-missing when there is no object of this id; dms.not-supported where `capabilities.update`
   *   is not declared
   */
  update(id: string, object: NewObject, signal?: AbortSignal): Promise<{ readonly id: string }>;

  /**
   * Removes an object with all its documents and versions; what is gone already is done. Afterwards its key is free. May
   * be called again after a crash at any point. Never removes anything that was not stored by `create`.
   * @param why for the system's own protocol, where it has one
   * @throws DmsError dms.not-supported where `capabilities.remove` is not declared
   */
  remove(id: string, why: { readonly reason: string }, signal?: AbortSignal): Promise<void>;

  /**
   * How often the system has asked for less (overload, too many requests) since the adapter was made; the engine then
   * does less at once. Left out where a system never does.
   */
  overloads?(): number;

  /**
   * Fetches all documents of an object, sorted by name, and hashes what arrives. Judges nothing: the caller compares
   * with the accepted hashes. Rejects when the object or one of its documents cannot be read. Every call reads anew.
   */
  readBack(id: string, signal?: AbortSignal): AsyncIterable<StoredDocument>;

  /** The system's types and fields as it tells them just now; there where `typesReadable` is declared. */
  readSchema?(signal?: AbortSignal): Promise<DmsSchema>;

  /** Ends connections and background work; waits for what is under way. */
  close(): Promise<void>;
}
