/** UN/ECE code by the words that stand for it on paper; compared in lower case, without a point at the end. */
const words: Readonly<Record<string, readonly string[]>> = {
  ZP: ['seite', 'seiten', 'bildseite', 'bildseiten', 'bild', 'bilder', 'image', 'images', 'page', 'pages'],
  ST: ['blatt', 'blätter', 'bl', 'sheet', 'sheets'],
  MTR: ['m', 'meter', 'lfm', 'lfd. m', 'lfd m', 'lm', 'laufender meter', 'laufende meter', 'running metre', 'metre'],
  KGM: ['kg', 'kilogramm', 'kilo', 'kilogram'],
  XBX: ['karton', 'kartons', 'kiste', 'kisten', 'box', 'boxes'],
  HUR: ['h', 'std', 'stunde', 'stunden', 'hour', 'hours'],
  LS: ['pauschal', 'pauschale', 'psch', 'flat'],
  C62: [
    'stück',
    'stck',
    'stk',
    'st',
    'akte',
    'akten',
    'datei',
    'dateien',
    'dokument',
    'dokumente',
    'fahrt',
    'fahrten',
  ].concat(['mal', 'piece', 'pieces', 'file', 'files', 'document', 'documents', 'trip', 'trips', 'pcs', 'x']),
};

const codes: ReadonlyMap<string, string> = new Map(
  Object.entries(words).flatMap(([code, names]) => names.map((name) => [name, code] as const)),
);

/** The code of a unit as it stands on paper: "Seiten" is ZP, "St." C62; codes stay, and so does what nobody knows. */
export function unitCode(stated: string): string {
  const trimmed = stated.trim();
  if (Object.hasOwn(words, trimmed)) return trimmed;
  return codes.get(trimmed.toLowerCase().replace(/\.$/, '')) ?? trimmed;
}
