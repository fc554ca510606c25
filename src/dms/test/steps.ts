import { writeFile } from 'node:fs/promises';
import { type Text, text } from '../../shared/language.ts';
import type { DmsAdapter, NewObject } from '../adapter.ts';
import { DmsError, type DmsErrorCode } from '../errors.ts';
import type { MappedField, MappedObject } from '../mapping/mapped-object.ts';
import type { DmsField, DmsSchema } from '../schema/dms-schema.ts';
import type { StepId, TestSystem } from './interface-test.ts';
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

export interface Step {
  readonly id: StepId;
  /** Whether it rests on the object that `create` stored. */
  readonly needsFirst?: true;
  run(test: TestRun): Promise<Seen>;
}

/** Every step, in its order. What a step stores is removed at the end. */
export const steps: readonly Step[] = [
  { id: 'read-types', run: readTypes },
  { id: 'look-up-absent', run: lookUpAbsent },
  { id: 'create', run: createFirst },
  { id: 'look-up', needsFirst: true, run: lookUpFirst },
  { id: 'read-back', needsFirst: true, run: readBackFirst },
  { id: 'create-again', needsFirst: true, run: createAgain },
  { id: 'other-content', needsFirst: true, run: otherContent },
  { id: 'other-connection', needsFirst: true, run: otherConnection },
  { id: 'umlauts', run: (test) => storeAndRead(test, umlauts) },
  { id: 'long-names', run: (test) => storeAndRead(test, longNames()) },
  { id: 'empty-content', run: (test) => storeAndRead(test, { 'leer.txt': '', 'voll.txt': 'voll' }) },
  { id: 'large-content', run: largeContent },
  { id: 'parallel-writers', run: parallelWriters },
  { id: 'update', needsFirst: true, run: update },
  { id: 'source-changed', run: sourceChanged },
  { id: 'unknown-type', run: unknownType },
  { id: 'missing-field', run: missingField },
  { id: 'too-long', run: tooLong },
  { id: 'not-in-catalogue', run: notInCatalogue },
  { id: 'wrong-password', run: wrongPassword },
  { id: 'remove', needsFirst: true, run: removeFirst },
];

const umlauts: Readonly<Record<string, string>> = {
  'Übersicht größerer Maßnahmen.pdf': 'a',
  [`${'Verfügung über Gebühren'.normalize('NFD')}.pdf`]: 'b',
  "O'Neil & Söhne; 50 %.pdf": 'c',
  'Band 2/Anlage „A“.pdf': 'd',
};

function longNames(): Readonly<Record<string, string>> {
  return { [`${'Verfügung'.repeat(20)}.pdf`]: 'a', [`${'Ordner/'.repeat(20)}tief.pdf`]: 'b' };
}

async function readTypes(test: TestRun): Promise<Seen> {
  const { adapter, signal } = test;
  if (!adapter.capabilities.typesReadable || !adapter.readSchema) return { notApplicable: noTypes };
  const schema = await adapter.readSchema(signal);
  test.schema = schema;
  const { name, version } = schema.system;
  const words = (format: { number(value: number): string }) => `${format.number(schema.types.length)}`;
  return {
    detail: text({
      de: (f) => `${words(f)} Objekttypen; ${name ?? 'das System'} ${version ?? 'nennt keine Version'}`,
      en: (f) => `${words(f)} object types; ${name ?? 'the system'} ${version ?? 'tells no version'}`,
    }),
  };
}

const noTypes = text({ de: 'das System kennt keine Objekttypen', en: 'the system has no object types' });

async function lookUpAbsent({ adapter, objects, signal }: TestRun): Promise<Seen> {
  const { key } = await objects.small({ 'a.txt': 'a' });
  if ((await adapter.lookUp(key, signal)) === undefined) return {};
  throw new Deviation(text({ de: 'Es wird gefunden, was nie abgelegt wurde.', en: 'It finds what was never stored.' }));
}

/** Stores an object as the mapping describes it, and remembers that it must go again. */
async function store(test: TestRun, object: NewObject, adapter = test.adapter): Promise<{ readonly id: string }> {
  const mapped = object.mapped ?? test.system.describe(object);
  const described = mapped ? { ...object, mapped } : object;
  const stored = await adapter.create(described, test.signal);
  test.stored.set(object.key, { id: stored.id, object: described });
  return stored;
}

async function createFirst(test: TestRun): Promise<Seen> {
  const object = await test.objects.small({ 'Bescheid.pdf': 'Bescheid', 'Band 1/Antrag.pdf': 'Antrag' });
  const { id } = await store(test, object);
  test.first = test.stored.get(object.key);
  return { detail: text({ de: `Kennung ${id}`, en: `id ${id}` }), bytes: sizeOf(object) };
}

function sizeOf({ documents }: NewObject): number {
  return documents.reduce((sum, { size }) => sum + size, 0);
}

async function lookUpFirst(test: TestRun): Promise<Seen> {
  await expectFound(test, test.adapter);
  return {};
}

async function expectFound({ first, signal }: TestRun, adapter: DmsAdapter): Promise<void> {
  const found = first && (await adapter.lookUp(first.object.key, signal));
  if (!found) throw new Deviation(text({ de: 'Die Akte wird nicht gefunden.', en: 'The file is not found.' }));
  if (found.id !== first.id || !found.complete) {
    throw new Deviation(
      text({
        de: `Gefunden wird ${found.id}, abgelegt wurde ${first.id}.`,
        en: `It finds ${found.id}, but stored ${first.id}.`,
      }),
    );
  }
}

async function readBackFirst({ adapter, first, signal }: TestRun): Promise<Seen> {
  return first ? readAndCompare(adapter, first.id, first.object, signal) : {};
}

/** Fetches every byte and compares its hash with what was sent. */
async function readAndCompare(
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

async function createAgain(test: TestRun): Promise<Seen> {
  const { first } = test;
  if (!first) return {};
  const { id } = await test.adapter.create(first.object, test.signal);
  if (id === first.id) return {};
  throw new Deviation(
    text({ de: `Es entsteht ein zweites Objekt: ${id}.`, en: `A second object comes into being: ${id}.` }),
  );
}

async function otherContent(test: TestRun): Promise<Seen> {
  const { first } = test;
  if (!first) return {};
  const other = await test.objects.small({ 'Bescheid.pdf': 'anderer Bescheid', 'Band 1/Antrag.pdf': 'Antrag' });
  const object = { ...other, key: first.object.key };
  const mapped = test.system.describe(object);
  return expectRefusal(test.adapter.create(mapped ? { ...object, mapped } : object, test.signal), 'dms.object-differs');
}

/** @param codes any of which says that the system did what it should */
async function expectRefusal(action: Promise<unknown>, ...codes: readonly DmsErrorCode[]): Promise<Seen> {
  try {
    await action;
  } catch (error) {
    if (!(error instanceof DmsError) || !codes.includes(error.code)) throw error;
    return { detail: error.text };
  }
  throw new Deviation(text({ de: 'Es wird angenommen statt abgelehnt.', en: 'It is taken instead of refused.' }));
}

async function otherConnection(test: TestRun): Promise<Seen> {
  const other = test.system.another();
  try {
    await expectFound(test, other);
    return {};
  } finally {
    await other.close();
  }
}

async function storeAndRead(test: TestRun, contents: Readonly<Record<string, string>>): Promise<Seen> {
  const object = await test.objects.small(contents);
  const { id } = await store(test, object);
  return readAndCompare(test.adapter, id, object, test.signal);
}

async function largeContent(test: TestRun): Promise<Seen> {
  if (test.largeBytes === 0) {
    return { skipped: text({ de: 'nicht verlangt', en: 'not asked for' }) };
  }
  const object = await test.objects.large(test.largeBytes);
  const began = performance.now();
  const { id } = await store(test, object);
  const sent = performance.now();
  await readAndCompare(test.adapter, id, object, test.signal);
  const done = performance.now();
  const rate = (milliseconds: number) =>
    Math.round(object.documents.reduce((sum, { size }) => sum + size, 0) / 1000 / Math.max(1, milliseconds));
  const [up, down] = [rate(sent - began), rate(done - sent)];
  return {
    bytes: test.largeBytes,
    detail: text({
      de: (f) => `${f.bytes(test.largeBytes)}: ${f.number(up)} MB/s hin, ${f.number(down)} MB/s zurück`,
      en: (f) => `${f.bytes(test.largeBytes)}: ${f.number(up)} MB/s there, ${f.number(down)} MB/s back`,
    }),
  };
}

async function parallelWriters(test: TestRun): Promise<Seen> {
  const object = await test.objects.small({ 'a.pdf': 'a', 'b.pdf': 'b' });
  const others = [test.system.another(), test.system.another()];
  try {
    const results = await Promise.all([test.adapter, ...others].map((adapter) => store(test, object, adapter)));
    const ids = [...new Set(results.map(({ id }) => id))];
    if (ids.length === 1) return {};
    throw new Deviation(
      text({ de: `Drei Importe legen ${ids.join(', ')} an.`, en: `Three imports create ${ids.join(', ')}.` }),
    );
  } finally {
    await Promise.all(others.map((adapter) => adapter.close()));
  }
}

async function update(test: TestRun): Promise<Seen> {
  const { adapter, first, signal } = test;
  if (!first) return {};
  if (!adapter.capabilities.update) {
    return { notApplicable: text({ de: 'das System berichtigt nicht', en: 'the system corrects nothing' }) };
  }
  const corrected = await test.objects.small({ 'Bescheid.pdf': 'berichtigter Bescheid', 'neu.pdf': 'neu' });
  const object = { ...corrected, key: first.object.key };
  const mapped = test.system.describe(object);
  const described = mapped ? { ...object, mapped } : object;
  const { id } = await adapter.update(first.id, described, signal);
  test.first = { id, object: described };
  test.stored.set(object.key, test.first);
  return readAndCompare(adapter, id, object, signal);
}

async function sourceChanged(test: TestRun): Promise<Seen> {
  const object = await test.objects.small({ 'a.pdf': 'abgenommen' });
  await writeFile(object.documents[0]?.source ?? '', 'verfälscht');
  const seen = await expectRefusal(store(test, object), 'dms.source-changed');
  if ((await test.adapter.lookUp(object.key, test.signal)) === undefined) return seen;
  throw new Deviation(text({ de: 'Ein Teil der Akte liegt im System.', en: 'A part of the file is in the system.' }));
}

async function describedObject(test: TestRun): Promise<(NewObject & { readonly mapped: MappedObject }) | undefined> {
  const object = await test.objects.small({ 'a.pdf': 'a' });
  const mapped = test.system.describe(object);
  return mapped && { ...object, mapped };
}

const refusals = ['dms.value-refused', 'dms.settings-wrong'] as const;

async function unknownType(test: TestRun): Promise<Seen> {
  const object = await describedObject(test);
  if (!object || !test.schema) return { notApplicable: noTypes };
  const mapped = { ...object.mapped, type: 'scanlot-no-such-type' };
  return expectRefusal(store(test, { ...object, mapped }), ...refusals);
}

/** Tries a file one of whose fields is not as the system wants it. */
async function tryField(
  test: TestRun,
  isWanted: (field: DmsField) => boolean,
  change: (field: DmsField) => MappedField,
  nothing: Text,
): Promise<Seen> {
  const object = await describedObject(test);
  if (!object || !test.schema) return { notApplicable: noTypes };
  const type = test.schema.types.find(({ id }) => id === object.mapped.type);
  const field = type?.fields.find((one) => !one.readOnly && !test.system.reserved.includes(one.id) && isWanted(one));
  if (!field) return { notApplicable: nothing };
  const fields = [...object.mapped.fields.filter(({ id }) => id !== field.id), change(field)];
  const seen = await expectRefusal(store(test, { ...object, mapped: { ...object.mapped, fields } }), ...refusals);
  if ((await test.adapter.lookUp(object.key, test.signal)) === undefined) return seen;
  throw new Deviation(
    text({ de: 'Die Akte liegt trotzdem im System.', en: 'The file is in the system all the same.' }),
  );
}

function missingField(test: TestRun): Promise<Seen> {
  return tryField(
    test,
    ({ required }) => required,
    ({ id, type }) => ({ id, type, values: [] }),
    text({ de: 'der Typ der Akten hat kein Pflichtfeld', en: 'the type of files has no mandatory field' }),
  );
}

function tooLong(test: TestRun): Promise<Seen> {
  return tryField(
    test,
    ({ type, maxLength, choices }) => type === 'text' && maxLength !== undefined && maxLength < 100_000 && !choices,
    ({ id, maxLength = 0 }) => ({ id, type: 'text', values: ['x'.repeat(maxLength + 1)] }),
    text({ de: 'kein Feld der Akten hat eine größte Länge', en: 'no field of files has a greatest length' }),
  );
}

function notInCatalogue(test: TestRun): Promise<Seen> {
  return tryField(
    test,
    ({ choices }) => choices !== undefined,
    ({ id }) => ({ id, type: 'text', values: ['scanlot-no-such-value'] }),
    text({ de: 'kein Feld der Akten hat einen Katalog', en: 'no field of files has a catalogue' }),
  );
}

async function wrongPassword({ system, withWrongPassword, signal }: TestRun): Promise<Seen> {
  if (!system.wrongPassword) {
    return { notApplicable: text({ de: 'das System verlangt kein Kennwort', en: 'the system asks for no password' }) };
  }
  if (!withWrongPassword) {
    return {
      skipped: text({
        de: 'nicht verlangt (--with-wrong-password), weil Konten gesperrt werden können',
        en: 'not asked for (--with-wrong-password), since accounts may get locked',
      }),
    };
  }
  const stranger = system.wrongPassword();
  try {
    return await expectRefusal(stranger.lookUp('scanlot-test', signal), 'dms.login-refused');
  } finally {
    await stranger.close();
  }
}

async function removeFirst(test: TestRun): Promise<Seen> {
  const { adapter, first, signal } = test;
  if (!first) return {};
  if (!adapter.capabilities.remove) {
    return { notApplicable: text({ de: 'das System entfernt nichts', en: 'the system removes nothing' }) };
  }
  await adapter.remove(first.id, { reason: 'scanlot dms test' }, signal);
  if ((await adapter.lookUp(first.object.key, signal)) !== undefined) {
    throw new Deviation(text({ de: 'Die Akte ist noch da.', en: 'The file is still there.' }));
  }
  test.stored.delete(first.object.key);
  return {};
}
