import { fold } from '../../delivery/glob.ts';
import { nameObservations } from '../../delivery/names.ts';
import { createFinding, type Finding, placeObservation } from '../../findings/finding.ts';
import { type CheckContext, roleOf } from '../context.ts';

/** Names that other systems cannot store; each name is judged once, folders for themselves. */
export function* names(context: CheckContext): Iterable<Finding> {
  for (const entry of context.index.entries) {
    const { path } = entry;
    if (roleOf(context, entry) === 'junk') continue;
    if (entry.undecodable) {
      // Below a folder with such a name the name itself may be sound: the folder has been told.
      if (/\\x[0-9A-F]{2}/.test(lastName(path))) yield createFinding('name.not-utf8', { path }, {});
      continue;
    }
    for (const observation of nameObservations(path)) {
      // That it collides with the composed form says more.
      if (observation.code === 'name.decomposed' && context.isBlamed({ path })) continue;
      yield placeObservation(observation, { path });
    }
  }
}

/** Names in one folder that differ in letter case or Unicode form only: elsewhere one would overwrite the other. */
export function* collidingNames({ index }: CheckContext): Iterable<Finding> {
  const seen = new Map<string, string>();
  for (const { path } of index.entries) {
    const name = lastName(path);
    const key = path.slice(0, path.length - name.length) + fold(name);
    const other = seen.get(key);
    if (other === undefined) {
      seen.set(key, path);
      continue;
    }
    const sameLetters = other.normalize('NFC') === path.normalize('NFC');
    for (const [one, another] of [
      [path, other],
      [other, path],
    ] as const) {
      yield createFinding(
        sameLetters ? 'name.unicode-collision' : 'name.case-collision',
        { path: one },
        { other: another },
      );
    }
  }
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
