import { isRecord, type Told } from '../http/answer.ts';
import type { RefusalCodes } from '../http/refusal.ts';

/** What enaio's refusals mean; their names are ours, made of status and error code. */
export const refusalCodes: RefusalCodes = {
  'not-found': 'dms.folder-missing',
  'bad-request': 'dms.value-refused',
  failed: 'dms.value-refused',
  conflict: 'dms.value-refused',
  forbidden: 'dms.permission-denied',
  server: 'dms.store-failed',
};

const byErrorCode: Readonly<Record<string, string>> = { 1001: 'not-found', 1100: 'bad-request', 3003: 'server' };
const byStatus: Readonly<Record<number, string>> = {
  400: 'bad-request',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  422: 'failed',
  500: 'server',
};

/**
 * Reads the body of a refusal: `{"failed":[{"message","innerError"}]}` for objects that were not stored (HTTP 422), else
 * an error code with a message. A 404 that is none of enaio's own is no missing object, but a wrong address.
 */
export function toldBy(body: unknown, status: number): Told {
  const failed = isRecord(body) && Array.isArray(body.failed) ? (body.failed as readonly unknown[]) : undefined;
  if (failed) return { exception: 'failed', message: failed.map(wordsOf).join('; ') };
  if (status === 403) return { exception: 'forbidden', message: wordsOf(body) };
  const { serviceErrorCode, errorCode, code } = isRecord(body) ? body : {};
  const named = byErrorCode[String(serviceErrorCode ?? errorCode ?? code)];
  const byNumber = status === 404 && !isRecord(body) ? undefined : byStatus[status];
  return { exception: named ?? byNumber ?? '', message: wordsOf(body) };
}

function wordsOf(one: unknown): string {
  if (!isRecord(one)) return typeof one === 'string' ? one : '';
  const inner = one.innerError === undefined ? '' : wordsOf(one.innerError);
  const own = typeof one.message === 'string' ? one.message : typeof one.error === 'string' ? one.error : '';
  return own === '' || inner === '' || own === inner ? own || inner : `${own} (${inner})`;
}
