import { createHttpClient, type HttpClient } from './client.ts';
import { type ConnectionSettings, routeOf, serviceAddress } from './connection.ts';
import { readPassword } from './password.ts';

/** A server with the account that all requests are made by. */
export interface Account {
  readonly address: URL;
  readonly http: HttpClient;
  /** Takes the password out of a server's words. */
  conceal(words: string): string;
}

export interface AccountOptions {
  readonly settings: ConnectionSettings;
  /** Where SCANLOT_DMS_PASSWORD is looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads address, password and certificates; nothing is sent yet.
 * @param onOverload told of each answer that asks for less
 * @throws DmsError dms.settings-wrong
 */
export async function openAccount({ settings, environment }: AccountOptions, onOverload: () => void): Promise<Account> {
  const address = serviceAddress(settings);
  const password = await readPassword(settings, environment);
  const basic = Buffer.from(`${settings.user}:${password}`).toString('base64');
  const http = createHttpClient(`Basic ${basic}`, await routeOf(settings, environment));
  return {
    address,
    http: counting(http, onOverload),
    conceal: (words) => words.replaceAll(basic, '***').replaceAll(password, '***'),
  };
}

function counting(http: HttpClient, onOverload: () => void): HttpClient {
  return {
    ...http,
    exchange: async (request) => {
      const answer = await http.exchange(request);
      if (answer.statusCode === 429 || answer.statusCode === 503) onOverload();
      return answer;
    },
  };
}
