import { type FieldDefinition, type TypeDefinition, typeDefinitions } from './definition.ts';

/** What enaio would not do. */
export class Refused extends Error {
  readonly status: number;
  readonly errorCode: number;
  constructor(status: number, errorCode: number, message: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}

export const notFound = (id: string) => new Refused(404, 1001, `object ${id} not found`);
export const badRequest = (message: string) => new Refused(400, 1100, message);

export type Values = ReadonlyMap<string, string>;

export interface Stored {
  readonly id: string;
  type: string;
  parent: string | undefined;
  values: Values;
  files: readonly Buffer[];
  inTrash: boolean;
  /** Earlier states of the values, by the time at which they began: what a search that lags behind knows. */
  readonly history: { readonly at: number; readonly values: Values; readonly there: boolean }[];
}

export interface Change {
  readonly type?: string;
  readonly parent?: string;
  /** null removes. */
  readonly values: ReadonlyMap<string, string | null>;
  readonly files?: readonly Buffer[];
}

/** The objects of one enaio, whatever interface asks; kept in memory. It checks what enaio's own definition says. */
export class Archive {
  types: readonly TypeDefinition[] = typeDefinitions;
  lastModificationDate = '2020-02-20T11:38:39+01:00';
  /** How long a search does not know what has happened, in milliseconds. */
  searchLag = 0;
  readonly #objects = new Map<string, Stored>();
  #next = 4700;

  insert({ type = '', parent, values, files = [] }: Change): Stored {
    const definition = this.type(type);
    this.#checkPlace(definition, parent);
    const set = this.#changed(definition, new Map(), values);
    const missing = definition.fields.find(({ id, required }) => required && !set.has(id));
    if (missing) throw badRequest(`mandatory field ${missing.id} is empty`);
    const id = String(++this.#next);
    const stored: Stored = { id, type, parent, values: set, files, inTrash: false, history: [] };
    this.#objects.set(id, stored);
    this.#remember(stored);
    return stored;
  }

  update(id: string, { parent, values, files }: Change): Stored {
    const stored = this.get(id);
    const definition = this.type(stored.type);
    if (parent !== undefined) {
      this.#checkPlace(definition, parent);
      stored.parent = parent;
    }
    stored.values = this.#changed(definition, stored.values, values);
    if (files) stored.files = files;
    this.#remember(stored);
    return stored;
  }

  get(id: string): Stored {
    const stored = this.#objects.get(id);
    if (!stored || stored.inTrash) throw notFound(id);
    return stored;
  }

  remove(id: string, { hard, cascading }: { readonly hard: boolean; readonly cascading: boolean }): void {
    const stored = this.get(id);
    const children = this.childrenOf(id);
    if (children.length > 0 && !cascading) throw badRequest(`${id} is not empty`);
    for (const child of children) this.remove(child.id, { hard, cascading });
    stored.inTrash = true;
    this.#remember(stored);
    if (hard) this.#objects.delete(id);
  }

  childrenOf(id: string): readonly Stored[] {
    return [...this.#objects.values()].filter(({ parent, inTrash }) => parent === id && !inTrash);
  }

  all(): readonly Stored[] {
    return [...this.#objects.values()].filter(({ inTrash }) => !inTrash);
  }

  /** Those of a type as a search knows them: with the values of some time ago. */
  searchable(type: string): readonly { readonly stored: Stored; readonly values: Values }[] {
    const then = performance.now() - this.searchLag;
    return [...this.#objects.values()].flatMap((stored) => {
      const known = stored.history.findLast(({ at }) => at <= then);
      return stored.type === type && known?.there ? [{ stored, values: known.values }] : [];
    });
  }

  /** The folder and the register that an object lies in. */
  placeOf({ parent }: Stored): { readonly folder: string | undefined; readonly register: string | undefined } {
    const above = parent === undefined ? undefined : this.#objects.get(parent);
    if (!above) return { folder: undefined, register: undefined };
    if (this.type(above.type).base === 'folder') return { folder: above.id, register: undefined };
    return { folder: this.placeOf(above).folder, register: above.id };
  }

  /** Removes everything behind the interface's back, as somebody else would. */
  forget(): void {
    this.#objects.clear();
  }

  type(id: string): TypeDefinition {
    const found = this.types.find((one) => one.id === id);
    if (!found) throw badRequest(`unknown object type ${id}`);
    return found;
  }

  #checkPlace({ parents, displayName }: TypeDefinition, parent: string | undefined): void {
    if (parent === undefined && parents.length === 0) return;
    if (parent === undefined) throw badRequest(`${displayName} cannot lie at the top of a cabinet`);
    if (!parents.includes(this.get(parent).type)) throw badRequest(`${displayName} cannot lie in ${parent}`);
  }

  #changed(definition: TypeDefinition, before: Values, change: Change['values']): Values {
    const values = new Map(before);
    for (const [id, value] of change) {
      const field = definition.fields.find((one) => one.id === id);
      if (!field) throw badRequest(`unknown field ${id}`);
      if (value === null || value === '') values.delete(id);
      else values.set(id, checked(field, value));
    }
    return values;
  }

  #remember(stored: Stored): void {
    stored.history.push({ at: performance.now(), values: stored.values, there: !stored.inTrash });
  }
}

function checked({ id, maxLength, catalogue, propertyType = 'string' }: FieldDefinition, value: string): string {
  if (maxLength !== undefined && value.length > maxLength) throw badRequest(`${id} is longer than ${maxLength}`);
  if (catalogue && !catalogue.includes(value)) throw badRequest(`${value} is not in the catalogue of ${id}`);
  const forms: Partial<Record<string, RegExp>> = {
    integer: /^-?\d+$/,
    date: /^(\d{4}-\d{2}-\d{2}|\d{2}\.\d{2}\.\d{4})$/,
    boolean: /^[01]$/,
  };
  if (forms[propertyType]?.test(value) === false) throw badRequest(`${value} is no ${propertyType} (${id})`);
  return value;
}
