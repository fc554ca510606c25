/**
 * How much is done at once. Begins with two; grows by one as long as more at once gets more done in the same time; goes
 * back by one when it gets less done; halves when the system asks for less. Pure: time and events come from the caller.
 */
export interface Throttle {
  /** How many objects may be under way now. */
  readonly limit: number;
  /** The highest limit there was. */
  readonly most: number;
  /** An object is done. @param at milliseconds, from any beginning */
  done(work: number, at: number): void;
  /** The system asks for less. @param at milliseconds, as above */
  overloaded(at: number): void;
}

const beginning = 2;
/** Objects for each that may be under way, before a pace is judged. */
const objectsPerJudgement = 4;
/** A difference of pace that counts. */
const gain = 1.05;
const loss = 0.85;

/** @param largest the limit never exceeds it */
export function createThrottle(largest: number): Throttle {
  let limit = Math.min(beginning, largest);
  let most = limit;
  let since: number | undefined;
  let objects = 0;
  let work = 0;
  let lastPace: number | undefined;

  const begin = (at: number): void => {
    [since, objects, work] = [at, 0, 0];
  };
  const judge = (at: number): void => {
    const pace = work / Math.max(1, at - (since ?? at));
    if (lastPace === undefined || pace >= lastPace * gain) limit = Math.min(limit + 1, largest);
    else if (pace < lastPace * loss) limit = Math.max(limit - 1, 1);
    most = Math.max(most, limit);
    lastPace = pace;
    begin(at);
  };
  return {
    get limit() {
      return limit;
    },
    get most() {
      return most;
    },
    done(amount, at) {
      if (since === undefined) return begin(at);
      objects += 1;
      work += amount;
      if (objects >= limit * objectsPerJudgement) judge(at);
    },
    overloaded(at) {
      limit = Math.max(1, Math.floor(limit / 2));
      lastPace = undefined;
      begin(at);
    },
  };
}

/** For a system that shares this machine: there is nothing to find out about it. */
export function fixedThrottle(limit: number): Throttle {
  return { limit, most: limit, done: () => {}, overloaded: () => {} };
}
