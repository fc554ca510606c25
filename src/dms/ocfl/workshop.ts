import { join } from 'node:path';
import type { Staging } from './staging.ts';

/** Places in the staging folder where new objects are built, as many at once as there are; all in one claimed folder. */
export interface Workshop {
  /** @param build is given a path that does not exist yet; what it leaves there is removed */
  build<Result>(build: (place: string) => Promise<Result>): Promise<Result>;
}

/** The folder is claimed by the first of those who build at the same time, and released by the last. */
export function createWorkshop(staging: Staging): Workshop {
  let claim: Promise<string> | undefined;
  let builders = 0;
  let places = 0;

  const leave = async (folder: string | undefined): Promise<void> => {
    builders -= 1;
    if (builders > 0) return;
    claim = undefined;
    if (folder !== undefined) await staging.release(folder);
  };
  return {
    async build(build) {
      builders += 1;
      claim ??= staging.claim();
      let folder: string | undefined;
      try {
        folder = await claim;
        const place = join(folder, String(++places));
        try {
          return await build(place);
        } finally {
          await staging.discard(place);
        }
      } finally {
        await leave(folder);
      }
    },
  };
}
