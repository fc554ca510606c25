import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sourceChanged } from '../../../src/dms/accepted-source.ts';
import type { DmsAdapter, DmsCapabilities, NewObject } from '../../../src/dms/adapter.ts';
import { DmsError, type DmsErrorCode } from '../../../src/dms/errors.ts';
import { metadataBytes } from '../../../src/dms/object-rules.ts';
import { verbatim } from '../../../src/shared/language.ts';

export interface Held {
  readonly id: string;
  readonly key: string;
  readonly index: string;
  readonly documents: ReadonlyMap<string, Buffer>;
}

export type Call = 'lookUp' | 'create' | 'update' | 'remove' | 'readBack';
/** `before`: nothing is done; `after`: it is done, and the answer is lost; `falsify`: other bytes are read back. */
export type Fault = { readonly when: 'before' | 'after'; readonly error: unknown } | { readonly when: 'falsify' };

/** A system in memory that does as it is told, and can be made to fail. */
export class MemoryDms implements DmsAdapter {
  readonly name = 'memory';
  capabilities: DmsCapabilities = {
    versioning: false,
    lookUpByKey: true,
    reportsHash: false,
    transactions: true,
    update: true,
    remove: true,
    typesReadable: false,
  };
  /** By key; a list, so that something stored twice is noticed. */
  readonly held: Held[] = [];
  readonly calls: string[] = [];
  /** Pages that the system claims to have counted. */
  pages: number | undefined;
  refusals = 0;
  /** Asked before every call. */
  judge: (call: Call, key: string) => Fault | undefined | Promise<Fault | undefined> = () => undefined;
  #created = 0;

  overloads(): number {
    return this.refusals;
  }

  async lookUp(key: string) {
    return this.#run('lookUp', key, async () => {
      const object = this.held.find((one) => one.key === key);
      return object && { id: object.id, complete: true, documents: [] };
    });
  }

  async create(object: NewObject) {
    return this.#run('create', object.key, async () => {
      const wanted = await this.#read(object);
      const present = this.held.find((one) => one.key === object.key);
      if (present && present.index !== wanted.index) throw failure('dms.object-differs');
      if (present) return { id: present.id };
      this.held.push(wanted);
      return { id: wanted.id };
    });
  }

  async update(id: string, object: NewObject) {
    return this.#run('update', object.key, async () => {
      const at = this.held.findIndex((one) => one.id === id);
      if (at < 0) throw failure('dms.object-missing');
      this.held[at] = { ...(await this.#read(object)), id };
      return { id };
    });
  }

  async remove(id: string) {
    const key = this.held.find((one) => one.id === id)?.key ?? id;
    return this.#run('remove', key, async () => {
      const at = this.held.findIndex((one) => one.id === id);
      if (at >= 0) this.held.splice(at, 1);
    });
  }

  async *readBack(id: string) {
    const object = this.held.find((one) => one.id === id);
    if (!object) throw failure('dms.object-missing');
    const fault = await this.judge('readBack', object.key);
    if (fault && fault.when !== 'falsify') throw fault.error;
    this.calls.push(`readBack ${object.key}`);
    for (const [name, bytes] of object.documents) {
      const read = fault ? Buffer.concat([bytes, Buffer.from('!')]) : bytes;
      const pages = this.pages === undefined ? {} : { pages: this.pages };
      yield { name, size: read.length, sha256: sha256(read), ...pages };
    }
  }

  async close() {}

  async #run<Result>(call: Call, key: string, action: () => Promise<Result>): Promise<Result> {
    this.calls.push(`${call} ${key}`);
    const fault = await this.judge(call, key);
    if (fault?.when === 'before') throw fault.error;
    const result = await action();
    if (fault?.when === 'after') throw fault.error;
    return result;
  }

  async #read(object: NewObject): Promise<Held> {
    const documents = new Map<string, Buffer>();
    for (const document of object.documents) {
      const bytes = await readFile(document.source).catch(() => undefined);
      if (!bytes) throw failure('dms.source-unreadable');
      if (sha256(bytes) !== document.sha256) throw sourceChanged(document);
      documents.set(document.name, bytes);
    }
    const index = metadataBytes(object, object.documents).toString();
    return { id: `id-${(this.#created += 1)}`, key: object.key, index, documents };
  }
}

export function failure(code: DmsErrorCode): DmsError {
  return new DmsError(code, verbatim(code));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
