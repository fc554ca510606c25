import type { JsonObject } from './adapter.ts';
import { isRecord } from './http/answer.ts';

/** The value at a path such as "profile.key"; undefined where the path leads nowhere. */
export function valueAt(data: JsonObject, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, step) => (isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined), data);
}
