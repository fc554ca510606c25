import { type Patience, usualPatience } from '../http/back-off.ts';
import { createHttpClient, type HttpClient } from '../http/client.ts';
import { type ConnectionSettings, routeOf, serviceAddress } from '../http/connection.ts';
import { readPassword } from '../http/password.ts';
import { createSession, type Session } from './session.ts';

/** A gateway with an open connection. */
export interface Connection {
  readonly session: Session;
  readonly gateway: URL;
  readonly http: HttpClient;
}

export interface ConnectionOptions {
  readonly settings: ConnectionSettings;
  /** Where SCANLOT_DMS_PASSWORD is looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long an overloaded or unreachable server is asked again. */
  readonly patience?: Patience;
}

/** Reads the password; nothing is sent yet. @param onOverload told when the server asks for less */
export async function connect(
  { settings, environment, patience = usualPatience }: ConnectionOptions,
  onOverload: () => void,
): Promise<Connection> {
  const gateway = serviceAddress(settings);
  const password = await readPassword(settings, environment);
  const basic = Buffer.from(`${settings.user}:${password}`).toString('base64');
  const http = createHttpClient(`Basic ${basic}`, await routeOf(settings, environment));
  const conceal = (words: string) => words.replaceAll(basic, '***').replaceAll(password, '***');
  return { session: createSession(http, { patience, conceal, onOverload }), gateway, http };
}
