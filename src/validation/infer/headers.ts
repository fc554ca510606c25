import { type DomainField, headerKey } from '../../delivery/columns.ts';

/** How columns are usually headed, compared without letter case. */
const usual: Readonly<Partial<Record<DomainField, readonly string[]>>> = {
  reference: ['aktenzeichen', 'az', 'az.', 'akte', 'aktennummer', 'reference', 'file reference'],
  volume: ['band', 'bd', 'bd.', 'volume'],
  title: ['betreff', 'titel', 'title', 'subject', 'bezeichnung'],
  box: ['karton', 'behälter', 'kiste', 'box', 'kartonnummer'],
  documentType: ['dokumentart', 'art', 'dokumenttyp', 'document type'],
  date: ['datum', 'date', 'dokumentdatum'],
  sheets: ['blatt', 'blätter', 'blattzahl', 'sheets'],
  pages: ['seiten', 'seitenzahl', 'anzahl seiten', 'pages'],
  removedBlanks: ['leerseiten', 'entfernte leerseiten', 'removed blanks', 'blanks'],
  md5: ['md5'],
  sha1: ['sha1', 'sha-1'],
  sha256: ['sha256', 'sha-256', 'prüfsumme', 'hash', 'checksum'],
  sha512: ['sha512', 'sha-512'],
};

/** Which field of the domain a column is by its header; undefined for one that is none. */
export function fieldOfHeader(header: string): DomainField | undefined {
  const key = headerKey(header);
  const found = Object.entries(usual).find(([, headers]) => headers.includes(key));
  return found?.[0] as DomainField | undefined;
}

/** A name for a field of the profile's own: "Größe in cm" → "groesseInCm". */
export function ownFieldName(header: string, taken: ReadonlySet<string>): string {
  const plain = header
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(/ ([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
  const name = (/^[a-z]/.test(plain) ? plain : `field${plain}`).slice(0, 50);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}${number}`;
    // Expressions cannot speak of a field of that name.
    if (!taken.has(candidate) && candidate !== 'constructor') return candidate;
  }
}
