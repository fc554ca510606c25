import { type DigestMap, describeJson, isJsonObject, isTextList, type JsonMembers } from './json.ts';
import { pathConflicts, pathFaults } from './paths.ts';
import type { Report } from './report.ts';
import { isRfc3339, isUri } from './specification.ts';

/** What an inventory says of one version. */
export interface VersionBlock {
  /** The keys created, message and user, as canonical text, to compare them. */
  readonly notes: string;
  /** Digest, as written, → logical paths. */
  readonly state: DigestMap;
}

const knownKeys: ReadonlySet<string> = new Set(['created', 'state', 'message', 'user']);

/**
 * Judges the versions block: OCFL 1.1 sections 3.3 and 3.5.3.
 * @returns the versions with proper names, sorted by number
 */
export function readVersions(value: unknown, where: string, report: Report): ReadonlyMap<string, VersionBlock> {
  if (value === undefined) return new Map();
  if (!isJsonObject(value)) {
    report.add('E045', where, 'versions');
    return new Map();
  }
  const names = readNames(Object.keys(value), where, report);
  return new Map(names.map((name) => [name, readVersion(value[name], name, where, report)]));
}

/** The number of a version by its name, v3 or v0003; undefined for other names. */
export function versionNumber(name: string): number | undefined {
  const number = /^v\d{1,15}$/.test(name) ? Number(name.slice(1)) : 0;
  return number > 0 ? number : undefined;
}

function readNames(keys: readonly string[], where: string, report: Report): readonly string[] {
  if (keys.length === 0) report.add('E008', where);
  const names = keys.filter((key) => versionNumber(key) !== undefined);
  for (const key of keys) if (versionNumber(key) === undefined) report.add('E046', where, key);
  names.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  const [first] = names;
  if (first === undefined) return names;
  if (versionNumber(first) !== 1) report.add('E009', where, first);
  for (const [at, name] of names.entries()) {
    const previous = at === 0 ? undefined : names[at - 1];
    if (previous && versionNumber(name) !== Number(previous.slice(1)) + 1) report.add('E010', where, name);
  }
  checkPadding(first, names, where, report);
  return names;
}

/** Section 3.3: the first version sets the convention, plain or zero-padded to one length. */
function checkPadding(first: string, names: readonly string[], where: string, report: Report): void {
  const padded = first.startsWith('v0');
  if (padded) report.add('W001', where);
  for (const name of names) {
    const fits = padded ? name.startsWith('v0') && name.length === first.length : !name.startsWith('v0');
    if (fits) continue;
    if (padded && !name.startsWith('v0')) report.add('E011', where, name);
    report.add('E012', where, name);
    report.add('E013', where, name);
  }
}

function readVersion(block: unknown, name: string, where: string, report: Report): VersionBlock {
  if (!isJsonObject(block)) {
    report.add('E047', where, name);
    return { notes: '', state: new Map() };
  }
  for (const key of Object.keys(block)) if (!knownKeys.has(key)) report.add('E102', where, `${name}: ${key}`);
  for (const key of ['created', 'state']) if (!(key in block)) report.add('E048', where, `${name}: ${key}`);
  const { created } = block;
  if (created !== undefined && !(typeof created === 'string' && isRfc3339(created))) {
    report.add('E049', where, `${name}: ${describeJson(created)}`);
  }
  checkMessage(block, name, where, report);
  checkUser(block, name, where, report);
  const { message, user } = block;
  const { name: userName, address } = isJsonObject(user) ? user : {};
  return {
    notes: [created, message, userName, address].map(describeJson).join(),
    state: readState(block.state, name, where, report),
  };
}

function checkMessage(block: JsonMembers, name: string, where: string, report: Report): void {
  if (block.message === undefined) report.add('W007', where, `${name}: message`);
  else if (typeof block.message !== 'string') report.add('E094', where, name);
}

function checkUser(block: JsonMembers, name: string, where: string, report: Report): void {
  const { user } = block;
  if (user === undefined) {
    report.add('W007', where, `${name}: user`);
    return;
  }
  if (!isJsonObject(user) || typeof user.name !== 'string' || user.name === '') {
    report.add('E054', where, name);
    return;
  }
  if (user.address === undefined) report.add('W008', where, name);
  else if (typeof user.address !== 'string' || !isUri(user.address)) {
    report.add('W009', where, `${name}: ${describeJson(user.address)}`);
  }
}

function readState(state: unknown, name: string, where: string, report: Report): DigestMap {
  const digests = new Map<string, readonly string[]>();
  if (state === undefined) return digests;
  if (!isJsonObject(state)) {
    report.add('E050', where, name);
    return digests;
  }
  for (const [digest, paths] of Object.entries(state)) {
    if (isTextList(paths)) digests.set(digest, paths);
    else report.add('E051', where, `${name}: ${digest}`);
  }
  const paths = [...digests.values()].flat();
  for (const path of paths) {
    const { ends, elements } = pathFaults(path);
    if (ends) report.add('E053', where, `${name}: ${path}`);
    if (elements) report.add('E052', where, `${name}: ${path}`);
  }
  for (const path of pathConflicts(paths)) report.add('E095', where, `${name}: ${path}`);
  return digests;
}
