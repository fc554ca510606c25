import { writeFile } from 'node:fs/promises';
import { type Text, text } from '../../shared/language.ts';
import type { NewObject } from '../adapter.ts';
import type { MappedField, MappedObject } from '../mapping/mapped-object.ts';
import type { DmsField } from '../schema/dms-schema.ts';
import { Deviation, expectRefusal, noTypes, type Seen, store, type TestRun } from './test-run.ts';

export async function otherContent(test: TestRun): Promise<Seen> {
  const { first } = test;
  if (!first) return {};
  const other = await test.objects.small({ 'Bescheid.pdf': 'anderer Bescheid', 'Band 1/Antrag.pdf': 'Antrag' });
  const object = { ...other, key: first.object.key };
  const mapped = test.system.describe(object);
  return expectRefusal(test.adapter.create(mapped ? { ...object, mapped } : object, test.signal), 'dms.object-differs');
}

export async function sourceChanged(test: TestRun): Promise<Seen> {
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

export async function unknownType(test: TestRun): Promise<Seen> {
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

export function missingField(test: TestRun): Promise<Seen> {
  return tryField(
    test,
    ({ required }) => required,
    ({ id, type }) => ({ id, type, values: [] }),
    text({ de: 'der Typ der Akten hat kein Pflichtfeld', en: 'the type of files has no mandatory field' }),
  );
}

export function tooLong(test: TestRun): Promise<Seen> {
  return tryField(
    test,
    ({ type, maxLength, choices }) => type === 'text' && maxLength !== undefined && maxLength < 100_000 && !choices,
    ({ id, maxLength = 0 }) => ({ id, type: 'text', values: ['x'.repeat(maxLength + 1)] }),
    text({ de: 'kein Feld der Akten hat eine größte Länge', en: 'no field of files has a greatest length' }),
  );
}

export function notInCatalogue(test: TestRun): Promise<Seen> {
  return tryField(
    test,
    ({ choices }) => choices !== undefined,
    ({ id }) => ({ id, type: 'text', values: ['scanlot-no-such-value'] }),
    text({ de: 'kein Feld der Akten hat einen Katalog', en: 'no field of files has a catalogue' }),
  );
}

export async function wrongPassword({ system, withWrongPassword, signal }: TestRun): Promise<Seen> {
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
