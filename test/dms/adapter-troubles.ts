import { expect, it, type TestContext } from 'vitest';
import type { DmsAdapter, NewDocument } from '../../src/dms/adapter.ts';
import { DmsError } from '../../src/dms/errors.ts';
import type { SystemUnderTest } from './adapter-contract.ts';
import { collect, fileOf, noise } from './documents.ts';

/** What can go wrong with a system, as far as it can: the table in docs/dms/README.md says what is left out and why. */
export interface Troubles {
  /** An adapter that logs in with another password. */
  readonly withWrongPassword?: () => DmsAdapter;
  /** Takes the right to write away from the account, and gives it back. */
  readonly setReadOnly?: (isReadOnly: boolean) => void;
  /** Removes, with all that is in it, what files are laid into; it is made anew where that is the adapter's work. */
  readonly removeParent?: () => Promise<void>;
  /** Breaks all connections and ends all sessions; what is stored stays. */
  readonly restart?: () => void;
  /** Adapters and index data that do not fit the system's types. */
  readonly misfits?: Readonly<Partial<Record<Misfit, MisfitCase>>>;
}

const kinds = [
  'an unknown type',
  'a mandatory field without a value',
  'a value too long',
  'a value not in the catalogue',
] as const;
export type Misfit = (typeof kinds)[number];

export interface MisfitCase {
  readonly adapter: DmsAdapter;
  readonly metadata: Readonly<Record<string, string>>;
  readonly code: DmsError['code'];
}

interface Given {
  readonly system: SystemUnderTest;
  documents(contents: Readonly<Record<string, string | Uint8Array>>): Promise<readonly NewDocument[]>;
}

/** The part of the contract that is about what the system refuses, forgets, or does in the middle of something. */
export function itBearsTroubles(given: () => Given): void {
  const troubleOf = <Name extends keyof Troubles>(context: TestContext, name: Name): NonNullable<Troubles[Name]> =>
    given().system.troubles?.[name] ?? context.skip();

  it('ends with a wrong password before anything is stored, as a failure of the system', async (context) => {
    const wrong = troubleOf(context, 'withWrongPassword')();
    const { system, documents } = given();
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    for (const call of [wrong.create(object), wrong.lookUp('A 1')]) {
      await expect(call).rejects.toMatchObject({ code: 'dms.login-refused', scope: 'system' });
    }
    await wrong.close();
    await system.expectSound([]);
  });

  it('ends when the right to write is lost, leaves nothing, and goes on when it is given back', async (context) => {
    const setReadOnly = troubleOf(context, 'setReadOnly');
    const { system, documents } = given();
    const [stored, object] = [
      fileOf('A 1', await documents({ 'a.pdf': 'a' })),
      fileOf('A 2', await documents({ 'a.pdf': 'b' })),
    ];
    const { id } = await system.adapter.create(stored);
    setReadOnly(true);
    const failure: unknown = await system.adapter.create(object).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(DmsError);
    expect(['dms.permission-denied', 'dms.store-failed']).toContain((failure as DmsError).code);
    expect(await collect(system.adapter.readBack(id))).toHaveLength(1);
    setReadOnly(false);
    await system.expectSound(['A 1']);
    await system.adapter.create(object);
    await system.expectSound(['A 1', 'A 2']);
  });

  it('makes the place for the files anew when it has vanished between two of them', async (context) => {
    const removeParent = troubleOf(context, 'removeParent');
    const { system, documents } = given();
    await system.adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    await removeParent();
    const { id } = await system.adapter.create(fileOf('A 2', await documents({ 'a.pdf': 'b' })));
    const [{ sha256 }] = (await documents({ 'a.pdf': 'b' })) as [NewDocument];
    expect(await collect(system.adapter.readBack(id))).toMatchObject([{ name: 'a.pdf', sha256 }]);
  });

  it('stores a whole file or says so when the place for the files vanishes in the middle, and completes when it is called again', async (context) => {
    const removeParent = troubleOf(context, 'removeParent');
    const { system, documents } = given();
    const object = fileOf('A 1', await documents({ 'a.pdf': noise(300_000), 'b.pdf': noise(300_000, 2) }));
    system.whileSending(removeParent);
    const failure: unknown = await system.adapter.create(object).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (failure !== undefined) expect(failure).toBeInstanceOf(DmsError);
    const { id } = await system.adapter.create(object);
    expect(await collect(system.adapter.readBack(id))).toHaveLength(2);
    await system.expectSound(['A 1']);
  });

  it('stores a file exactly once though the system is restarted in mid-stream, and finds what was there before', async (context) => {
    const restart = troubleOf(context, 'restart');
    const { system, documents } = given();
    const { id } = await system.adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    restart();
    expect(await system.adapter.lookUp('A 1')).toMatchObject({ id, complete: true });
    const object = fileOf('A 2', await documents({ 'a.pdf': noise(3 * 1024 * 1024), 'b.pdf': 'b' }));
    system.whileSending(restart);
    const stored = await system.adapter.create(object);
    expect(await collect(system.adapter.readBack(stored.id))).toHaveLength(2);
    await system.expectSound(['A 1', 'A 2']);
  });

  it.for(kinds)('refuses %s, and leaves nothing behind', async (kind, context) => {
    const { system, documents } = given();
    const misfit = troubleOf(context, 'misfits')[kind];
    if (!misfit) return context.skip();
    const { adapter, metadata, code } = misfit;
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }), metadata);
    await expect(adapter.create(object).finally(() => adapter.close())).rejects.toMatchObject({ code });
    await system.expectSound([]);
  });
}
