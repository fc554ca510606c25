import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Of a module's functions, what changes a disk. */
const inPromises = ['writeFile', 'rename', 'rm', 'link', 'mkdir', 'copyFile', 'chmod'] as const;
const inCallers = ['mkdirSync', 'renameSync', 'rmdirSync', 'rmSync', 'writeFileSync', 'linkSync'] as const;

export interface FaultyFiles {
  /** How many steps were made, those that failed too. */
  readonly steps: number;
  restore(): void;
}

/**
 * Lets a step fail that this process makes to change something below a folder, whichever module makes it: the one of that
 * number alone (`once`), or it and all that follow, as if the process had ended there (`dead`).
 * @param failing number of the step, from 0
 */
export function failFiles(folder: string, failing: number, mode: 'once' | 'dead'): FaultyFiles {
  let steps = 0;
  const check = (step: string, path: unknown): void => {
    if (typeof path !== 'string' || !path.startsWith(folder)) return;
    const number = steps++;
    if (mode === 'once' ? number !== failing : number < failing) return;
    throw Object.assign(new Error(`EIO: no ${step} of ${path}`), { code: 'EIO', syscall: step });
  };
  const undo: (() => void)[] = [];
  for (const name of inPromises) {
    undo.push(replaced(fs.promises, name, (args) => check(name, args[0])));
  }
  for (const name of inCallers) undo.push(replaced(fs, name, (args) => check(name, args[0])));
  const { open } = fs.promises;
  fs.promises.open = async (path, flags, mode) => {
    const writes = flags !== undefined && flags !== 'r';
    if (writes) check('open', path);
    const file = await open(path, flags, mode);
    const { writeFile, sync } = file;
    file.writeFile = async (...args) => {
      check('write', path);
      return writeFile.apply(file, args);
    };
    file.sync = async () => {
      check('sync', path);
      return sync.apply(file);
    };
    return file;
  };
  undo.push(() => {
    fs.promises.open = open;
  });
  syncBuiltinESMExports();
  return {
    get steps() {
      return steps;
    },
    restore() {
      for (const each of undo) each();
      syncBuiltinESMExports();
    },
  };
}

function replaced(module: object, name: string, before: (args: readonly unknown[]) => void): () => void {
  const original: unknown = Reflect.get(module, name);
  if (typeof original !== 'function') throw new Error(`no function ${name}`);
  const isAsync = module === fs.promises;
  Reflect.set(
    module,
    name,
    isAsync
      ? async (...args: unknown[]) => {
          before(args);
          return Reflect.apply(original, module, args);
        }
      : (...args: unknown[]) => {
          before(args);
          return Reflect.apply(original, module, args);
        },
  );
  return () => void Reflect.set(module, name, original);
}
