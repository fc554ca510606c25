import { type Text, text } from '../../shared/language.ts';

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);
const unfit = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'ERR_TLS_CERT_ALTNAME_INVALID']);

/** What to do about a connection that failed for its encryption; undefined where it did for something else. */
export function tlsTrouble(cause: unknown): Text | undefined {
  if (!(cause instanceof Error)) return undefined;
  const code = String((cause as NodeJS.ErrnoException).code ?? '');
  const words = cause.message.replace(/[\s\p{Control}]+/gu, ' ').trim();
  if (untrusted.has(code)) {
    return text({
      de: `Dem Zertifikat des DMS wird nicht vertraut (${words}); „certificateAuthority“ in scanlot.json muss die PEM-Datei seiner Zertifizierungsstelle nennen.`,
      en: `The certificate of the DMS is not trusted (${words}); "certificateAuthority" in scanlot.json has to name the PEM file of its authority.`,
    });
  }
  if (unfit.has(code)) {
    return text({
      de: `Das Zertifikat des DMS gilt nicht für diese Adresse oder nicht heute (${words}); die Adresse berichtigen oder das Zertifikat am DMS erneuern.`,
      en: `The certificate of the DMS is not valid for this address, or not today (${words}); correct the address, or renew the certificate of the DMS.`,
    });
  }
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return undefined;
  return text({
    de: 'Das DMS spricht unter dieser Adresse kein TLS, das hier bekannt ist; Anschluss (Port) und https oder http in „url“ prüfen.',
    en: 'At this address the DMS speaks no TLS that is known here; check the port and https or http in "url".',
  });
}
