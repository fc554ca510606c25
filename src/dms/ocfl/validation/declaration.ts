import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OcflCode } from './codes.ts';
import type { Report } from './report.ts';
import { isSpecVersion, type SpecVersion } from './specification.ts';

interface DeclarationKind {
  readonly prefix: string;
  readonly none: OcflCode;
  readonly several: OcflCode;
  readonly unknown: OcflCode;
  readonly content: OcflCode;
}

/** Section 3.2. */
export const objectDeclarations: DeclarationKind = {
  prefix: '0=ocfl_object_',
  none: 'E003',
  several: 'E003',
  unknown: 'E006',
  content: 'E007',
};

/** Section 4.2. */
export const rootDeclarations: DeclarationKind = {
  prefix: '0=ocfl_',
  none: 'E069',
  several: 'E076',
  unknown: 'E079',
  content: 'E080',
};

/**
 * Judges the version declaration among the files of a root.
 * @returns the newest specification declared that we know; undefined when there is none
 */
export async function readDeclaration(
  root: string,
  files: readonly string[],
  kind: DeclarationKind,
  report: Report,
): Promise<SpecVersion | undefined> {
  const declarations = files.filter((name) => name.startsWith(kind.prefix));
  if (declarations.length === 0) report.add(kind.none, '');
  let newest: SpecVersion | undefined;
  for (const name of declarations) {
    if (declarations.length > 1) report.add(kind.several, name);
    const version = name.slice(kind.prefix.length);
    if (!isSpecVersion(version)) {
      report.add(kind.unknown, name);
      continue;
    }
    const content = await readFile(join(root, name), 'utf8');
    if (content !== `${name.slice(2)}\n`) report.add(kind.content, name);
    if (newest === undefined || version > newest) newest = version;
  }
  return newest;
}
