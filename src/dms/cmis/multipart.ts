import type { RequestBody } from '../http/client.ts';
import { type Content, multipart } from '../http/multipart.ts';

/**
 * A form of the Browser Binding. Servers take values for Latin-1 unless a part `_charset_` says otherwise (CMIS 1.1
 * section 5.4.4.2).
 */
export function browserForm(
  fields: readonly (readonly [name: string, value: string])[],
  content?: Content,
): RequestBody {
  return multipart([
    ...[['_charset_', 'UTF-8'] as const, ...fields].map(([name, value]) => ({ name, value })),
    ...(content ? [{ name: 'content', content }] : []),
  ]);
}
