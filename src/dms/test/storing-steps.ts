import { text } from '../../shared/language.ts';
import type { DmsAdapter, NewObject } from '../adapter.ts';
import { Deviation, noTypes, readAndCompare, type Seen, store, type TestRun } from './test-run.ts';

export async function readTypes(test: TestRun): Promise<Seen> {
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

export async function lookUpAbsent({ adapter, objects, signal }: TestRun): Promise<Seen> {
  const { key } = await objects.small({ 'a.txt': 'a' });
  if ((await adapter.lookUp(key, signal)) === undefined) return {};
  throw new Deviation(text({ de: 'Es wird gefunden, was nie abgelegt wurde.', en: 'It finds what was never stored.' }));
}

export async function createFirst(test: TestRun): Promise<Seen> {
  const object = await test.objects.small({ 'Bescheid.pdf': 'Bescheid', 'Band 1/Antrag.pdf': 'Antrag' });
  const { id } = await store(test, object);
  test.first = test.stored.get(object.key);
  return { detail: text({ de: `Kennung ${id}`, en: `id ${id}` }), bytes: sizeOf(object) };
}

function sizeOf({ documents }: NewObject): number {
  return documents.reduce((sum, { size }) => sum + size, 0);
}

export async function lookUpFirst(test: TestRun): Promise<Seen> {
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

export async function readBackFirst({ adapter, first, signal }: TestRun): Promise<Seen> {
  return first ? readAndCompare(adapter, first.id, first.object, signal) : {};
}

export async function createAgain(test: TestRun): Promise<Seen> {
  const { first } = test;
  if (!first) return {};
  const { id } = await test.adapter.create(first.object, test.signal);
  if (id === first.id) return {};
  throw new Deviation(
    text({ de: `Es entsteht ein zweites Objekt: ${id}.`, en: `A second object comes into being: ${id}.` }),
  );
}

export async function otherConnection(test: TestRun): Promise<Seen> {
  const other = test.system.another();
  try {
    await expectFound(test, other);
    return {};
  } finally {
    await other.close();
  }
}

export async function storeAndRead(test: TestRun, contents: Readonly<Record<string, string>>): Promise<Seen> {
  const object = await test.objects.small(contents);
  const { id } = await store(test, object);
  return readAndCompare(test.adapter, id, object, test.signal);
}

export async function largeContent(test: TestRun): Promise<Seen> {
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

export async function parallelWriters(test: TestRun): Promise<Seen> {
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

export async function update(test: TestRun): Promise<Seen> {
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

export async function removeFirst(test: TestRun): Promise<Seen> {
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
