import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { text } from '../../shared/language.ts';
import { systemWords } from '../../shared/system-words.ts';
import { DmsError } from '../errors.ts';
import type { Route, TimeLimits } from './client.ts';
import { settingsWrong } from './refusal.ts';

/** How to reach a document management system over HTTP; part of `dms` in scanlot.json. */
export interface ConnectionSettings {
  readonly url: string;
  readonly user: string;
  /** Path of a file that holds the password, readable by its owner alone. */
  readonly passwordFile?: string;
  /** Program and arguments that print the password. */
  readonly passwordCommand?: readonly string[];
  /** Path of a PEM file with the certificates to trust beside the public ones. */
  readonly certificateAuthority?: string;
  /** Address of a proxy that all connections go through; where it wants a password, the environment states it. */
  readonly proxy?: string;
  /** Allows the password to travel unencrypted to another machine. */
  readonly plainHttp?: boolean;
  readonly timeouts?: {
    readonly connectSeconds?: number;
    readonly idleSeconds?: number;
    readonly totalSeconds?: number;
  };
}

/** @throws DmsError dms.settings-wrong for an address that is none, or that would carry the password in clear */
export function serviceAddress({ url, plainHttp }: ConnectionSettings): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !['http:', 'https:'].includes(address.protocol) || address.username || address.password) {
    throw settingsWrong(
      text({
        de: 'Die Adresse des DMS ist keine http(s)-Adresse ohne Benutzer und Kennwort.',
        en: 'The address of the DMS is no http(s) address without user and password.',
      }),
    );
  }
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
  if (address.protocol === 'http:' && !isLocal && plainHttp !== true) {
    throw settingsWrong(
      text({
        de: 'Über http ginge das Kennwort unverschlüsselt durch das Netz: https verwenden, oder „plainHttp“ ausdrücklich erlauben.',
        en: 'By http the password would cross the network unencrypted: use https, or allow "plainHttp" expressly.',
      }),
    );
  }
  return address;
}

export const proxyVariable = 'SCANLOT_DMS_PROXY';

/** @throws DmsError dms.settings-wrong */
export async function routeOf(
  settings: ConnectionSettings,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Route> {
  return {
    limits: timeLimits(settings),
    trusted: await trustedCertificates(settings),
    proxy: proxyAddress(environment[proxyVariable] || settings.proxy),
  };
}

/** Its text appears in no error: it may hold a password. */
function proxyAddress(stated: string | undefined): URL | undefined {
  if (stated === undefined) return undefined;
  if (URL.canParse(stated) && ['http:', 'https:'].includes(new URL(stated).protocol)) return new URL(stated);
  throw settingsWrong(
    text({
      de: `Die Adresse des Proxys (proxy, ${proxyVariable}) ist keine http(s)-Adresse.`,
      en: `The address of the proxy (proxy, ${proxyVariable}) is no http(s) address.`,
    }),
  );
}

function timeLimits({ timeouts = {} }: ConnectionSettings): TimeLimits {
  const { connectSeconds = 10, idleSeconds = 120, totalSeconds = 3600 } = timeouts;
  return { connect: connectSeconds * 1000, idle: idleSeconds * 1000, total: totalSeconds * 1000 };
}

/** The public certificates and the county's own; undefined where it has none. */
async function trustedCertificates({
  certificateAuthority,
}: ConnectionSettings): Promise<readonly string[] | undefined> {
  if (certificateAuthority === undefined) return undefined;
  try {
    const pem = await readFile(certificateAuthority, 'utf8');
    // A file without any would be taken, and nothing trusted by it.
    if (!isCertificate(pem)) throw noCertificate(certificateAuthority);
    return [...rootCertificates, pem];
  } catch (error) {
    if (error instanceof DmsError) throw error;
    const reason = systemWords((error as NodeJS.ErrnoException).code ?? String(error));
    throw settingsWrong(
      text({
        de: `Das Zertifikat ${certificateAuthority} ist nicht lesbar: ${reason.de}.`,
        en: `The certificate ${certificateAuthority} cannot be read: ${reason.en}.`,
      }),
    );
  }
}

function isCertificate(pem: string): boolean {
  try {
    return pem.includes('-----BEGIN') && new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

function noCertificate(path: string): DmsError {
  return settingsWrong(
    text({
      de: `In ${path} steht kein Zertifikat in der Form PEM („-----BEGIN CERTIFICATE-----“).`,
      en: `${path} holds no certificate in the PEM form ("-----BEGIN CERTIFICATE-----").`,
    }),
  );
}
