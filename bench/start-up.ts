import { join } from 'node:path';
import { generateWorkspace } from '../scripts/generators/workspace.ts';
import { packagePath } from '../src/shared/package.ts';
import { measureInTurn, type Program } from './measure.ts';
import { type Bench, compare } from './result.ts';

const limit = 2.5;
/** Short runs: the clock counts thousandths, so that each program runs several times in one measurement. */
const times = 5;

function repeated(name: string, words: string): Program {
  const line = `${process.execPath} ${words}`;
  return { name, line: Array.from({ length: times }, () => line).join(' && ') };
}

/** The start of short commands against that of node itself. */
export const startUp: Bench = {
  name: 'start-up',
  about: 'scanlot --version and scanlot status against node -e 0',
  run: async ({ folder, size }) => {
    const workspace = join(folder, 'workspace');
    await generateWorkspace(workspace, { files: 40, pages: 4000 });
    const bin = packagePath('bin', 'scanlot.js');
    const programs = [
      repeated('node', '-e 0'),
      repeated('version', `${bin} --version`),
      repeated('status', `${bin} status --workspace ${workspace}`),
    ];
    const best = await measureInTurn(programs, folder, size === 'full' ? 9 : 4);
    const of = (name: string) => {
      const { seconds = 0, cpuSeconds = 0 } = best.get(name) ?? {};
      return { seconds: seconds / times, cpuSeconds: cpuSeconds / times };
    };
    const node = { name: 'node -e 0', measured: of('node') };
    return [
      { what: 'node -e 0', measured: node.measured },
      compare('scanlot --version', of('version'), node, limit),
      compare('scanlot status', of('status'), node, limit),
    ];
  },
};
