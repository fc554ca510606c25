import type { Language } from '../shared/language.ts';

/** What the help calls an argument or a value, where German has another word for it. */
const german: ReadonlyMap<string, string> = new Map([
  ['ACCOUNT', 'KONTO'],
  ['AFTER', 'DANACH'],
  ['AMOUNT', 'BETRAG'],
  ['BATCH', 'CHARGE'],
  ['BEFORE', 'DAVOR'],
  ['CALL-OFF', 'ABRUF'],
  ['CENTRE', 'KOSTENSTELLE'],
  ['CODE', 'KENNUNG'],
  ['COLUMN', 'SPALTE'],
  ['COMMAND', 'BEFEHL'],
  ['COUNT', 'ANZAHL'],
  ['DATE', 'DATUM'],
  ['DELIVERY', 'LIEFERUNG'],
  ['DIR', 'ORDNER'],
  ['FIELD', 'FELD'],
  ['FILE', 'DATEI'],
  ['FOLDER', 'ORDNER'],
  ['HASH', 'PRÜFSUMME'],
  ['HEADING', 'ÜBERSCHRIFT'],
  ['INVOICE', 'RECHNUNG'],
  ['KEY', 'SCHLÜSSEL'],
  ['LOT', 'LOS'],
  ['METRES', 'METER'],
  ['NEW', 'NEU'],
  ['NUMBER', 'NUMMER'],
  ['OLD', 'ALT'],
  ['ORDER', 'ABRUF'],
  ['PACKAGE', 'PAKET'],
  ['PATH', 'PFAD'],
  ['PERCENT', 'PROZENT'],
  ['REASON', 'GRUND'],
  ['REFERENCE', 'AKTENZEICHEN'],
  ['REPORT', 'BERICHT'],
  ['ROLE', 'ROLLE'],
  ['SECONDS', 'SEKUNDEN'],
  ['SUBJECT', 'BETREFF'],
  ['TOPIC', 'THEMA'],
  ['VALUE', 'WERT'],
  ['VERSION', 'FASSUNG'],
  ['WORDS', 'TEXT'],
  ['YEAR', 'JAHR'],
]);

/** "FILE" as the reader's language calls it: DATEI. Words that stand for themselves, such as csv|xlsx, stay. */
export function placeholderWords(placeholder: string, language: Language): string {
  if (language === 'en') return placeholder;
  return placeholder.replace(/[A-Z]+(?:-[A-Z]+)*/g, (word) => german.get(word) ?? word);
}
