import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** JSON that a test may spoil in any way. */
export interface Json {
  [key: string]: JsonPart;
}
type JsonPart = string | number | boolean | null | JsonPart[] | Json;

/** An OCFL object as a test describes it: the inventory of each version, the last one also at the top. */
export interface OcflObject {
  declaration: string;
  /** By version, in their order; each is written with its digest. */
  readonly inventories: Map<string, Json>;
  /** Further files by path; "" makes a folder. */
  readonly files: Map<string, string | Buffer>;
}

export function sha512(content: string | Buffer): string {
  return createHash('sha512').update(content).digest('hex');
}

/** A valid object of two versions: v1 adds a.txt, v2 adds b.txt in a folder. */
export function twoVersions(spec: '1.0' | '1.1' = '1.1'): OcflObject {
  const [a, b] = [sha512('content a'), sha512('content b')];
  const note = (message: string): Json => ({
    created: '2020-12-31T23:59:59.5+01:00',
    message,
    user: { name: 'Registratur', address: 'mailto:registratur@example.org' },
  });
  const first: Json = { ...note('first'), state: { [a]: ['a.txt'] } };
  const second: Json = { ...note('second'), state: { [a]: ['a.txt'], [b]: ['sub/b.txt'] } };
  const common: Json = {
    id: 'urn:example:two',
    type: `https://ocfl.io/${spec}/spec/#inventory`,
    digestAlgorithm: 'sha512',
  };
  const one: Json = { ...common, head: 'v1', manifest: { [a]: ['v1/content/a.txt'] }, versions: { v1: first } };
  const two: Json = {
    ...common,
    head: 'v2',
    manifest: { [a]: ['v1/content/a.txt'], [b]: ['v2/content/sub/b.txt'] },
    versions: { v1: structuredClone(first), v2: second },
    fixity: { md5: { [createHash('md5').update('content b').digest('hex')]: ['v2/content/sub/b.txt'] } },
  };
  return {
    declaration: `ocfl_object_${spec}`,
    inventories: new Map([
      ['v1', one],
      ['v2', two],
    ]),
    files: new Map([
      ['v1/content/a.txt', 'content a'],
      ['v2/content/sub/b.txt', 'content b'],
    ]),
  };
}

/** The current inventory of an object. */
export function headOf(object: OcflObject): Json {
  return [...object.inventories.values()].at(-1) as Json;
}

/** A member that is known to be an object. */
export function member(json: Json | undefined, ...path: readonly string[]): Json {
  return path.reduce((value, key) => value?.[key] as Json, json as Json);
}

export async function writeOcflObject(root: string, object: OcflObject): Promise<void> {
  const put = async (path: string, content: string | Buffer): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  await mkdir(root, { recursive: true });
  if (object.declaration) await put(`0=${object.declaration}`, `${object.declaration}\n`);
  const putInventory = async (folder: string, inventory: Json): Promise<void> => {
    const content = JSON.stringify(inventory);
    await put(join(folder, 'inventory.json'), content);
    const algorithm = inventory.digestAlgorithm === 'sha256' ? 'sha256' : 'sha512';
    const digest = createHash(algorithm).update(content).digest('hex');
    await put(join(folder, `inventory.json.${algorithm}`), `${digest}\tinventory.json\n`);
  };
  for (const [version, inventory] of object.inventories) await putInventory(version, inventory);
  await putInventory('', headOf(object));
  for (const [path, content] of object.files) {
    if (content === '') await mkdir(join(root, path), { recursive: true });
    else await put(path, content);
  }
}
