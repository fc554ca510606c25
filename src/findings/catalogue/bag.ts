import { finding } from '../definition.ts';

type None = Record<never, never>;

const bagAgain = {
  de: 'Das BagIt-Paket mit einem üblichen Werkzeug neu erzeugen und erneut liefern.',
  en: 'Make the bag anew with a usual tool and redeliver it.',
} as const;

const refusals = {
  absolute: { de: 'ist absolut', en: 'is absolute' },
  drive: { de: 'nennt ein Laufwerk', en: 'names a drive' },
  parent: { de: 'führt mit „..“ hinaus', en: 'leads out of it by ".."' },
  control: { de: 'enthält Steuerzeichen', en: 'holds control characters' },
  'not-payload': { de: 'liegt nicht unter data/', en: 'is not below data/' },
  payload: { de: 'liegt unter data/', en: 'is below data/' },
  'tag-manifest': { de: 'ist selbst ein Tag-Manifest', en: 'is a tag manifest itself' },
} as const;

/** BagIt bags (RFC 8493, and the drafts 0.93 to 0.97 before it). */
export const bagFindings = {
  'bag.declaration-absent': finding<None>({
    severity: 'error',
    title: { de: 'bagit.txt fehlt', en: 'bagit.txt is absent' },
    message: {
      de: () => 'Dem BagIt-Paket fehlt die Datei bagit.txt.',
      en: () => 'The bag lacks the file bagit.txt.',
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.1.1',
  }),
  'bag.declaration-invalid': finding<{ line: string }>({
    severity: 'error',
    title: { de: 'bagit.txt fehlerhaft', en: 'bagit.txt invalid' },
    message: {
      de: ({ line }) => `bagit.txt besteht nicht aus den beiden vorgeschriebenen Zeilen in UTF-8 ohne BOM: „${line}“`,
      en: ({ line }) => `bagit.txt is not the two lines prescribed, in UTF-8 without a byte order mark: "${line}"`,
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.1.1',
  }),
  'bag.version-unknown': finding<{ version: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'BagIt-Version unbekannt', en: 'BagIt version unknown' },
    message: {
      de: ({ version }) => `Die BagIt-Version ${version} ist unbekannt; geprüft wurde nach der nächstliegenden.`,
      en: ({ version }) => `BagIt version ${version} is not known; the rules of the nearest one were applied.`,
    },
    remedy: { de: 'In BagIt 1.0 (RFC 8493) liefern.', en: 'Deliver in BagIt 1.0 (RFC 8493).' },
    reference: 'RFC 8493, 2.1.1',
  }),
  'bag.encoding-unknown': finding<{ encoding: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Kodierung der Tag-Dateien unbekannt', en: 'Encoding of tag files unknown' },
    message: {
      de: ({ encoding }) => `Die Kodierung „${encoding}“ ist unbekannt; gelesen wurde als UTF-8.`,
      en: ({ encoding }) => `The encoding "${encoding}" is not known; UTF-8 was used for reading.`,
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.1.1',
  }),
  'bag.encoding-unusual': finding<{ encoding: string }>({
    severity: 'warning',
    title: { de: 'Tag-Dateien nicht in UTF-8', en: 'Tag files not in UTF-8' },
    message: {
      de: ({ encoding }) => `Die Tag-Dateien sind in ${encoding} geschrieben; BagIt 1.0 empfiehlt UTF-8.`,
      en: ({ encoding }) => `The tag files are written in ${encoding}; BagIt 1.0 recommends UTF-8.`,
    },
    remedy: { de: 'Künftig UTF-8 verwenden.', en: 'Use UTF-8 in future.' },
    reference: 'RFC 8493, 2.1.1',
  }),
  'bag.payload-absent': finding<None>({
    severity: 'error',
    title: { de: 'Ordner data/ fehlt', en: 'Folder data/ is absent' },
    message: {
      de: () => 'Dem BagIt-Paket fehlt der Ordner data/ mit dem Inhalt.',
      en: () => 'The bag lacks the folder data/ that holds its content.',
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.1.2',
  }),
  'bag.manifest-absent': finding<None>({
    severity: 'error',
    title: { de: 'BagIt-Manifest fehlt', en: 'Payload manifest is absent' },
    message: {
      de: () => 'Dem BagIt-Paket fehlt ein Manifest mit Prüfsummen, zum Beispiel manifest-sha256.txt.',
      en: () => 'The bag lacks a manifest with checksums, for example manifest-sha256.txt.',
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.1.3',
  }),
  'bag.algorithm-unsupported': finding<{ algorithm: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Prüfsummenverfahren unbekannt', en: 'Checksum algorithm unknown' },
    message: {
      de: ({ algorithm }) => `Die Prüfsummen nach „${algorithm}“ kann scanlot nicht prüfen.`,
      en: ({ algorithm }) => `scanlot cannot check the checksums made with "${algorithm}".`,
    },
    remedy: {
      de: 'Prüfsummen mit SHA-512 oder SHA-256 liefern.',
      en: 'Deliver checksums made with SHA-512 or SHA-256.',
    },
    reference: 'RFC 8493, 2.4',
  }),
  'bag.file-not-listed': finding<{ manifests: readonly string[] }>({
    severity: 'error',
    title: { de: 'Datei fehlt im BagIt-Manifest', en: 'File missing from a payload manifest' },
    message: {
      de: ({ manifests }) => `Die Datei liegt unter data/, steht aber nicht in: ${manifests.join(', ')}.`,
      en: ({ manifests }) => `The file lies below data/, but is not listed in: ${manifests.join(', ')}.`,
    },
    remedy: {
      de: 'Klären, ob die Datei zur Lieferung gehört; dann das BagIt-Paket neu erzeugen.',
      en: 'Find out whether the file is part of the delivery; then make the bag anew.',
    },
    reference: 'RFC 8493, 3',
  }),
  'bag.junk-absent': finding<None>({
    severity: 'warning',
    title: { de: 'Aufgeführte Systemdatei fehlt', en: 'Listed system file is absent' },
    message: {
      de: () => 'Das Manifest führt diese Systemdatei auf, im Paket liegt sie nicht mehr; sie wird nicht gebraucht.',
      en: () => 'The manifest lists this system file, which the package no longer holds; it is not needed.',
    },
    remedy: {
      de: 'Nichts zu tun; Systemdateien künftig vor dem Erzeugen des BagIt-Pakets löschen.',
      en: 'Nothing to do; in future, delete system files before the bag is made.',
    },
    reference: 'RFC 8493, 3',
  }),
  'bag.path-refused': finding<{ value: string; reason: keyof typeof refusals }>({
    severity: 'error',
    title: { de: 'Unzulässiger Pfad im BagIt-Paket', en: 'Path not allowed in the bag' },
    message: {
      de: ({ value, reason }) => `Der Pfad „${value}“ ${refusals[reason].de}.`,
      en: ({ value, reason }) => `The path "${value}" ${refusals[reason].en}.`,
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.1.3, 2.2.1, 5.2',
  }),
  'bag.path-loose': finding<{ value: string }>({
    severity: 'warning',
    title: { de: 'Pfad nicht in der vorgeschriebenen Form', en: 'Path not in the prescribed form' },
    message: {
      de: ({ value }) => `Der Pfad „${value}“ beginnt mit „./“ oder „*“; gelesen wird er ohne.`,
      en: ({ value }) => `The path "${value}" begins with "./" or "*"; it is read without.`,
    },
    remedy: {
      de: 'Nichts zu tun; künftig Pfade mit „data/“ beginnen lassen.',
      en: 'Nothing to do; in future, let paths begin with "data/".',
    },
    reference: 'RFC 8493, 2.1.3',
  }),
  'bag.tag-file-absent': finding<{ source: string }>({
    severity: 'error',
    title: { de: 'Tag-Datei fehlt', en: 'Tag file is absent' },
    message: {
      de: ({ source }) => `„${source}“ führt die Datei auf, sie fehlt aber im BagIt-Paket.`,
      en: ({ source }) => `"${source}" lists the file, but the bag lacks it.`,
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.2.1, 3',
  }),
  'bag.tag-file-differs': finding<{ algorithm: string; expected: string; actual: string; source: string }>({
    severity: 'error',
    title: { de: 'Prüfsumme einer Tag-Datei stimmt nicht', en: 'Checksum of a tag file does not match' },
    message: {
      de: ({ algorithm, expected, actual, source }) =>
        `Die Datei hat ${algorithm} ${actual}; in „${source}“ steht ${expected}.`,
      en: ({ algorithm, expected, actual, source }) =>
        `The file has ${algorithm} ${actual}; "${source}" says ${expected}.`,
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.2.1, 3',
  }),
  'bag.tag-file-unlisted': finding<None>({
    severity: 'warning',
    title: { de: 'Datei neben dem Inhalt ohne Prüfsumme', en: 'File beside the payload without a checksum' },
    message: {
      de: () =>
        'Die Datei liegt neben data/ und steht in keinem Tag-Manifest; sie ist ungeprüft und gehört nicht zur Lieferung.',
      en: () => 'The file lies beside data/ and no tag manifest lists it; it is unchecked and no part of the delivery.',
    },
    remedy: {
      de: 'Gehört die Datei zur Lieferung, unter data/ ablegen und das BagIt-Paket neu erzeugen; sonst entfernen.',
      en: 'If the file is part of the delivery, put it below data/ and make the bag anew; remove it otherwise.',
    },
    reference: 'RFC 8493, 2.2.1, 2.2.4',
  }),
  'bag.info-line-unusable': finding<{ line: string }>({
    severity: 'warning',
    title: { de: 'Zeile in bag-info.txt nicht lesbar', en: 'Line of bag-info.txt not usable' },
    message: {
      de: ({ line }) => `Die Zeile hat nicht die Form „Name: Wert“, oder nicht die Kodierung aus bagit.txt: „${line}“`,
      en: ({ line }) => `The line is not of the form "label: value", or not in the encoding of bagit.txt: "${line}"`,
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.2.2',
  }),
  'bag.oxum-unreadable': finding<{ values: readonly string[] }>({
    severity: 'error',
    title: { de: 'Payload-Oxum nicht lesbar', en: 'Payload-Oxum not usable' },
    message: {
      de: ({ values }) => `Payload-Oxum muss einmal und als „Bytes.Dateien“ angegeben sein: ${values.join(' / ')}`,
      en: ({ values }) => `Payload-Oxum must be given once, as "bytes.files": ${values.join(' / ')}`,
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.2.2',
  }),
  'bag.oxum-differs': finding<{ bytes: number; files: number; statedBytes: number; statedFiles: number }>({
    severity: 'error',
    title: { de: 'Payload-Oxum stimmt nicht', en: 'Payload-Oxum does not match' },
    message: {
      de: ({ bytes, files, statedBytes, statedFiles }, { number, counted }) =>
        `data/ enthält ${counted(files, 'Datei', 'Dateien')} mit ${number(bytes)} Bytes; angegeben sind ${number(statedFiles)} mit ${number(statedBytes)} Bytes.`,
      en: ({ bytes, files, statedBytes, statedFiles }, { number, counted }) =>
        `data/ holds ${counted(files, 'file', 'files')} of ${number(bytes)} bytes; stated are ${number(statedFiles)} of ${number(statedBytes)} bytes.`,
    },
    remedy: {
      de: 'Fehlende Dateien nachliefern, überzählige entfernen oder das BagIt-Paket neu erzeugen.',
      en: 'Deliver missing files, remove surplus ones, or make the bag anew.',
    },
    reference: 'RFC 8493, 2.2.2',
  }),
  'bag.fetch-present': finding<{ files: number }>({
    severity: 'note',
    title: { de: 'fetch.txt vorhanden', en: 'fetch.txt present' },
    message: {
      de: ({ files }, { counted }) =>
        `fetch.txt verweist für ${counted(files, 'Datei', 'Dateien')} auf andere Orte; scanlot ruft nichts ab.`,
      en: ({ files }, { counted }) =>
        `fetch.txt refers to other places for ${counted(files, 'file', 'files')}; scanlot fetches nothing.`,
    },
    remedy: {
      de: 'Nichts zu tun, wenn alle Dateien im Paket liegen; fehlende werden einzeln aufgeführt.',
      en: 'Nothing to do where all files are in the package; missing ones are told one by one.',
    },
    reference: 'RFC 8493, 2.2.3',
  }),
  'bag.file-not-fetched': finding<{ url: string }>({
    severity: 'error',
    title: { de: 'Datei nur als Verweis geliefert', en: 'File delivered as a reference only' },
    message: {
      de: ({ url }) => `Die Datei fehlt im Paket; fetch.txt verweist auf „${url}“. Abgerufen wurde nichts.`,
      en: ({ url }) => `The package lacks the file; fetch.txt refers to "${url}". Nothing was fetched.`,
    },
    remedy: {
      de: 'Die Datei selbst liefern; eine Lieferung muss ohne Abruf vollständig sein.',
      en: 'Deliver the file itself; a delivery must be complete without fetching.',
    },
    reference: 'RFC 8493, 2.2.3',
  }),
  'bag.fetch-line-unusable': finding<{ line: string }>({
    severity: 'error',
    title: { de: 'Zeile in fetch.txt nicht lesbar', en: 'Line of fetch.txt not usable' },
    message: {
      de: ({ line }) => `Die Zeile hat nicht die Form „URL Länge Pfad“: „${line}“`,
      en: ({ line }) => `The line is not of the form "URL length path": "${line}"`,
    },
    remedy: bagAgain,
    reference: 'RFC 8493, 2.2.3',
  }),
} as const;
