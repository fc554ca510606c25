import type { IncomingMessage } from 'node:http';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';

export type { Fault } from '../support/faulty-proxy.ts';

/** A request on its way to the server, as far as its head tells. */
export interface PassingRequest {
  /** "createDocument", "query"; or the selector of a reading request: "content"; empty for the service document. */
  readonly action: string;
  /** Name of the file that is sent along. */
  readonly fileName: string | undefined;
  readonly authorization: string | undefined;
}

export type CmisProxy = FaultyProxy<PassingRequest>;

/** A proxy in front of a CMIS server that lets things go wrong. @param serviceUrl address of the server's service document */
export function startCmisProxy(serviceUrl: string): Promise<CmisProxy> {
  return startFaultyProxy(serviceUrl, { suffices: (head) => head.includes('name="content"'), describe });
}

function describe({ url, headers }: IncomingMessage, head: Buffer): PassingRequest {
  const form = head.toString('utf8');
  const [, posted] = /name="cmisaction"\r\n\r\n(\w+)/.exec(form) ?? [];
  const [, fileName] = /filename\*=UTF-8''([^\r\n;]*)/.exec(form) ?? [];
  return {
    action: posted ?? new URL(url ?? '', 'http://proxy').searchParams.get('cmisselector') ?? '',
    fileName: fileName === undefined ? undefined : decodeURIComponent(fileName),
    authorization: headers.authorization,
  };
}
