import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packagePath } from '../../src/shared/package.ts';

const run = promisify(execFile);
const version = '2.1.0';

export interface OcflOpinion {
  readonly valid: boolean;
  /** "E092a": the specification's code and the referee's own letter. */
  readonly codes: readonly string[];
}

/** One JSON line an object. Its command line says 0 for storage roots whatever it finds, so that it is asked like this. */
const script = `
import sys, json
from ocfl.validator import Validator
for path in sys.argv[1:]:
    validator = Validator(log_warnings=True)
    valid = validator.validate_object(path)
    print(json.dumps({'valid': bool(valid), 'codes': sorted(validator.log.codes)}))
`;

/**
 * Asks ocfl-py, the validator by one of the specification's editors; it is installed from PyPI into .cache at first use.
 * @returns an opinion on each of the objects, in their order
 * @throws when Python or the package cannot be had: a referee that is missing is no pass
 */
export async function askOcflPy(objects: readonly string[]): Promise<readonly OcflOpinion[]> {
  const python = join(await installed(), 'bin', 'python');
  const { stdout } = await run(python, ['-c', script, ...objects], { maxBuffer: 1 << 26 });
  const opinions = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as OcflOpinion);
  if (opinions.length !== objects.length) throw new Error(`ocfl-py judged ${opinions.length} of ${objects.length}`);
  return opinions;
}

async function installed(): Promise<string> {
  const home = packagePath('.cache', `ocfl-py-${version}`);
  const complete = join(home, 'complete');
  if (existsSync(complete)) return home;
  await rm(home, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', home]);
  await run(join(home, 'bin', 'pip'), ['install', '--quiet', `ocfl-py==${version}`], { timeout: 300_000 });
  await writeFile(complete, '');
  return home;
}
