import { type AccountOptions, openAccount } from '../http/account.ts';
import { type Patience, usualPatience } from '../http/back-off.ts';
import type { HttpClient } from '../http/client.ts';
import { createSession, type Session } from './session.ts';

/** A gateway with an open connection. */
export interface Connection {
  readonly session: Session;
  readonly gateway: URL;
  readonly http: HttpClient;
}

export interface ConnectionOptions extends AccountOptions {
  /** How long an overloaded or unreachable server is asked again. */
  readonly patience?: Patience;
}

/** Reads the password; nothing is sent yet. @param onOverload told when the server asks for less */
export async function connect(options: ConnectionOptions, onOverload: () => void): Promise<Connection> {
  const { address, http, conceal } = await openAccount(options, onOverload);
  const { patience = usualPatience } = options;
  return { session: createSession(http, { patience, conceal }), gateway: address, http };
}
