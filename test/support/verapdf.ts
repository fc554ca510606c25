import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packagePath } from '../../src/shared/package.ts';

const run = promisify(execFile);
const version = '1.30.2';
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';

/**
 * The start script of the real veraPDF; its program is fetched from Maven Central into .cache at first use.
 * @throws when Java, Maven or the program cannot be had: a referee that is missing is no pass
 */
export async function verapdfProgram(): Promise<string> {
  const home = packagePath('.cache', `verapdf-${version}`);
  const program = join(home, 'verapdf');
  if (existsSync(program)) return program;
  const fresh = `${home}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  const target = [
    `-Dartifact=org.verapdf.apps:cli:${version}`,
    `-DoutputDirectory=${fresh}`,
    '-Dmdep.stripVersion=true',
  ];
  await run('mvn', ['-B', '-q', `${plugin}:copy`, ...target], { timeout: 300_000 });
  const script =
    '#!/bin/sh\nD=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)\nexec java ${JAVA_OPTS-} -Dapp.home="$D" -jar "$D/cli.jar" "$@"\n';
  await writeFile(join(fresh, 'verapdf'), script);
  await chmod(join(fresh, 'verapdf'), 0o755);
  await rm(home, { recursive: true, force: true });
  await rename(fresh, home);
  return program;
}
