import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import { isRecord, type Told } from '../http/answer.ts';
import { LostAnswer } from '../http/client.ts';

/** A folder or document as the repository tells it. */
export interface CmisObject {
  readonly id: string;
  readonly name: string;
  readonly baseType: string;
  /** Milliseconds since 1970, by the server's clock. */
  readonly created: number;
  /** In bytes; undefined where the server does not tell, and for folders. */
  readonly contentLength: number | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Against a server that always says that there is more. */
const mostPages = 10_000;

/** CMIS 1.1, 5.2.10: the name of the exception and a message. */
export function refusalOf(body: unknown): Told {
  const { exception, message } = isRecord(body) ? body : {};
  return { exception: typeof exception === 'string' ? exception : '', message: String(message ?? '') };
}

interface Page {
  readonly objects: readonly CmisObject[];
  readonly hasMore: boolean;
}

/** All objects of a list that comes in pages. */
export async function allPages(readAt: (skipCount: number) => Promise<Page>): Promise<readonly CmisObject[]> {
  const all: CmisObject[] = [];
  for (let pages = 0; pages < mostPages; pages++) {
    const { objects, hasMore } = await readAt(all.length);
    all.push(...objects);
    if (!hasMore || objects.length === 0) return all;
  }
  throw unusable('a list');
}

/** A page of a list. @throws LostAnswer when it is none */
export function readPage(value: unknown, member: 'objects' | 'results'): Page {
  const list = isRecord(value) ? value[member] : undefined;
  if (!isRecord(value) || !Array.isArray(list)) throw new LostAnswer('the answer is no list');
  const objects = list.map((item) => requireObject(isRecord(item) && isRecord(item.object) ? item.object : item));
  return { objects, hasMore: value.hasMoreItems === true };
}

/** An object. @throws LostAnswer when it is none */
export function requireObject(value: unknown): CmisObject {
  const properties = isRecord(value) ? value.succinctProperties : undefined;
  if (!isRecord(properties)) throw new LostAnswer('the answer is no object');
  const { 'cmis:contentStreamLength': length, 'cmis:creationDate': created } = properties;
  return {
    id: String(properties['cmis:objectId'] ?? ''),
    name: String(properties['cmis:name'] ?? ''),
    baseType: String(properties['cmis:baseTypeId'] ?? ''),
    created: typeof created === 'number' ? created : 0,
    contentLength: typeof length === 'number' && length >= 0 ? length : undefined,
    properties,
  };
}

/** The answer is none that CMIS knows. */
export function unusable(what: string): DmsError {
  return new DmsError(
    'dms.answer-unusable',
    text({
      de: `Das DMS antwortet nicht wie CMIS 1.1 (${what}).`,
      en: `The DMS does not answer as CMIS 1.1 does (${what}).`,
    }),
  );
}
