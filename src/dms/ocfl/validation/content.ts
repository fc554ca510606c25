import { join } from 'node:path';
import { systemReason } from '../../../shared/system-words.ts';
import { hasErrorCode } from '../../errors.ts';
import { digestFile } from '../digests.ts';
import type { ReadInventory } from './inventory-rules.ts';
import type { DigestMap } from './json.ts';
import type { Report } from './report.ts';
import { nodeAlgorithms } from './specification.ts';

interface Expectation {
  readonly code: 'E092' | 'E093';
  readonly algorithm: string;
  /** Lower case. */
  readonly digest: string;
  readonly where: string;
}

/** By path, for every content file on the disk. */
type Expectations = ReadonlyMap<string, Expectation[]>;

/**
 * Compares the files on the disk with what the inventories say of them: every file is in the manifests that should know
 * it, nothing is missing, and all bytes, read once, have the digests of all manifests and fixity blocks.
 * @param files paths of the content files on the disk
 * @returns the bytes read
 */
export async function checkContent(
  root: string,
  files: readonly string[],
  inventories: readonly ReadInventory[],
  report: Report,
  signal: AbortSignal | undefined,
): Promise<number> {
  const present = new Set(files);
  const expectations: Expectations = new Map(files.map((path) => [path, []]));
  for (const inventory of inventories) {
    checkPresence(files, present, inventory, report);
    expectDigests(inventory, expectations);
  }
  let bytes = 0;
  for (const path of files) bytes += await checkFile(root, path, expectations.get(path) ?? [], report, signal);
  return bytes;
}

/** Notes for each file that is there what an inventory expects of its bytes. */
function expectDigests({ algorithm, manifest, fixity, where }: ReadInventory, expectations: Expectations): void {
  const blocks: [Expectation['code'], string, DigestMap][] = [...fixity].map(([name, block]) => ['E093', name, block]);
  if (algorithm) blocks.push(['E092', algorithm, manifest]);
  for (const [code, name, block] of blocks) {
    for (const [written, paths] of block) {
      const expectation = { code, algorithm: name, digest: written.toLowerCase(), where };
      for (const path of paths) expectOnce(expectations.get(path), expectation);
    }
  }
}

function expectOnce(known: Expectation[] | undefined, { code, algorithm, digest, where }: Expectation): void {
  const isKnown = known?.some((one) => one.code === code && one.algorithm === algorithm && one.digest === digest);
  if (!isKnown) known?.push({ code, algorithm, digest, where });
}

/** Sections 3.3.1 and 3.5.2: the files of the versions that an inventory covers are those of its manifest. */
function checkPresence(
  files: readonly string[],
  present: ReadonlySet<string>,
  { where, manifest, versions, fixity }: ReadInventory,
  report: Report,
): void {
  const listed = new Set([...manifest.values()].flat());
  for (const path of listed) if (!present.has(path)) report.add('E092', where, path);
  for (const block of fixity.values()) {
    for (const path of [...block.values()].flat()) if (!present.has(path)) report.add('E093', where, path);
  }
  for (const path of files) {
    if (versions.has(path.slice(0, path.indexOf('/'))) && !listed.has(path)) report.add('E023', where, path);
  }
}

async function checkFile(
  root: string,
  path: string,
  expectations: readonly Expectation[],
  report: Report,
  signal: AbortSignal | undefined,
): Promise<number> {
  const algorithms = new Set(expectations.flatMap(({ algorithm }) => nodeAlgorithms.get(algorithm) ?? []));
  let read: Awaited<ReturnType<typeof digestFile<string>>>;
  try {
    read = await digestFile(join(root, path), [...algorithms], signal);
  } catch (error) {
    // A bad sector, or a file removed since it was listed; anything else is no fact about the object.
    if (!hasErrorCode(error, 'EIO', 'ENOENT')) throw error;
    report.add('E092', path, systemReason(error).en);
    return 0;
  }
  for (const { code, algorithm, digest, where } of expectations) {
    const actual = algorithm === 'size' ? String(read.size) : read.digests[nodeAlgorithms.get(algorithm) ?? ''];
    if (actual !== undefined && actual !== digest) report.add(code, path, `${where}: ${algorithm} ${digest}`);
  }
  return read.size;
}
