import { type Text, text } from '../../shared/language.ts';
import type { DmsAdapter, NewObject } from '../adapter.ts';
import { DmsError, type DmsErrorCode } from '../errors.ts';
import type { DmsSchema } from '../schema/dms-schema.ts';
import type { TestSystem } from './interface-test.ts';
import type { TestObjects } from './test-objects.ts';

/** What the steps of one test share. */
export interface TestRun {
  readonly system: TestSystem;
  readonly adapter: DmsAdapter;
  readonly objects: TestObjects;
  readonly largeBytes: number;
  readonly withWrongPassword: boolean;
  readonly signal: AbortSignal;
  /** Objects that were stored, by key. */
  readonly stored: Map<string, { readonly id: string; readonly object: NewObject }>;
  /** The types, where they could be read. */
  schema: DmsSchema | undefined;
  /** The first object stored; the steps about it rest on it. */
  first: { readonly id: string; readonly object: NewObject } | undefined;
}

/** What a step has seen; `notApplicable` says why there was nothing to see. */
export type Seen =
  | { readonly detail?: Text; readonly bytes?: number }
  | { readonly notApplicable: Text }
  | { readonly skipped: Text };

/** The system did something else than what is expected of it. */
export class Deviation extends Error {
  override readonly name = 'Deviation';
  readonly words: Text;
  constructor(words: Text) {
    super(words.en);
    this.words = words;
  }
}

export const noTypes = text({ de: 'das System kennt keine Objekttypen', en: 'the system has no object types' });

/** Stores an object as the mapping describes it, and remembers that it must go again. */
export async function store(
  test: TestRun,
  object: NewObject,
  adapter = test.adapter,
): Promise<{ readonly id: string }> {
  const mapped = object.mapped ?? test.system.describe(object);
  const described = mapped ? { ...object, mapped } : object;
  const stored = await adapter.create(described, test.signal);
  test.stored.set(object.key, { id: stored.id, object: described });
  return stored;
}

/** Fetches every byte and compares its hash with what was sent. */
export async function readAndCompare(
  adapter: DmsAdapter,
  id: string,
  { documents }: NewObject,
  signal: AbortSignal,
): Promise<Seen> {
  const open = new Map(documents.map(({ name, sha256 }) => [name.normalize('NFC'), sha256]));
  let bytes = 0;
  for await (const { name, size, sha256 } of adapter.readBack(id, signal)) {
    bytes += size;
    if (open.get(name.normalize('NFC')) !== sha256) throw new Deviation(differs(name));
    open.delete(name.normalize('NFC'));
  }
  const [missing] = open.keys();
  if (missing === undefined) return { bytes };
  throw new Deviation(text({ de: `„${missing}“ fehlt.`, en: `"${missing}" is missing.` }));
}

function differs(name: string): Text {
  return text({ de: `„${name}“ kommt anders zurück.`, en: `"${name}" comes back differently.` });
}

/** @param codes any of which says that the system did what it should */
export async function expectRefusal(action: Promise<unknown>, ...codes: readonly DmsErrorCode[]): Promise<Seen> {
  try {
    await action;
  } catch (error) {
    if (!(error instanceof DmsError) || !codes.includes(error.code)) throw error;
    return { detail: error.text };
  }
  throw new Deviation(text({ de: 'Es wird angenommen statt abgelehnt.', en: 'It is taken instead of refused.' }));
}
