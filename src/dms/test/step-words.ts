import { type Text, text } from '../../shared/language.ts';
import type { StepId } from './interface-test.ts';

interface StepWords {
  readonly title: Text;
  /** What is assumed of the system, and shown by this step. */
  readonly shows: Text;
}

/** What each step tries, in the words of those who read the report. */
export const stepWords: Readonly<Record<StepId, StepWords>> = {
  'read-types': {
    title: text({ de: 'Objekttypen lesen', en: 'Read object types' }),
    shows: text({
      de: 'Anmeldung gelingt; Typen, Pflichtfelder, Längen und Kataloge sind lesbar',
      en: 'login works; types, mandatory fields, lengths and catalogues can be read',
    }),
  },
  'look-up-absent': {
    title: text({ de: 'Nicht Vorhandenes suchen', en: 'Look up what is not there' }),
    shows: text({
      de: 'die Suche nach dem Schlüssel findet nur Gleiches',
      en: 'the search for the key finds equal ones only',
    }),
  },
  create: {
    title: text({ de: 'Akte mit zwei Dokumenten anlegen', en: 'Create a file with two documents' }),
    shows: text({
      de: 'Rechte, Ablageort und Zuordnung reichen zum Anlegen',
      en: 'permissions, location and mapping suffice for creating',
    }),
  },
  'look-up': {
    title: text({ de: 'Akte über den Schlüssel finden', en: 'Find the file by its key' }),
    shows: text({
      de: 'was angelegt ist, wird sofort gefunden (die Suche hinkt nicht nach)',
      en: 'what was created is found at once (the search does not lag behind)',
    }),
  },
  'read-back': {
    title: text({ de: 'Jedes Byte zurücklesen', en: 'Read every byte back' }),
    shows: text({
      de: 'der Inhalt jeder einzelnen Datei kommt unverändert zurück',
      en: 'the content of each single document comes back unchanged',
    }),
  },
  'create-again': {
    title: text({ de: 'Dieselbe Akte noch einmal anlegen', en: 'Create the same file again' }),
    shows: text({
      de: 'eine Wiederholung erzeugt keine zweite Akte',
      en: 'a repetition makes no second file',
    }),
  },
  'other-content': {
    title: text({
      de: 'Anderen Inhalt unter demselben Schlüssel anlegen',
      en: 'Create other content under the same key',
    }),
    shows: text({ de: 'Vorhandenes wird nicht überschrieben', en: 'what is there is not overwritten' }),
  },
  'other-connection': {
    title: text({ de: 'Über eine zweite Verbindung finden', en: 'Find it by a second connection' }),
    shows: text({
      de: 'der Stand ist für alle Sitzungen derselbe',
      en: 'the state is the same for all sessions',
    }),
  },
  umlauts: {
    title: text({ de: 'Umlaute, NFD und Sonderzeichen', en: 'Umlauts, NFD and special characters' }),
    shows: text({
      de: 'Namen in beiden Unicode-Formen bleiben erhalten',
      en: 'names in both Unicode forms are kept',
    }),
  },
  'long-names': {
    title: text({ de: 'Lange Namen und tiefe Ordner', en: 'Long names and deep folders' }),
    shows: text({ de: 'lange Namen werden nicht still gekürzt', en: 'long names are not cut without a word' }),
  },
  'empty-content': {
    title: text({ de: 'Leere Datei', en: 'Empty document' }),
    shows: text({ de: 'ein leerer Inhalt wird angenommen', en: 'empty content is taken' }),
  },
  'large-content': {
    title: text({ de: 'Große Datei', en: 'Large document' }),
    shows: text({
      de: 'Größengrenzen und Zeitbegrenzungen lassen große Dateien zu',
      en: 'limits of size and time let large documents pass',
    }),
  },
  'parallel-writers': {
    title: text({ de: 'Drei Importe derselben Akte zugleich', en: 'Three imports of the same file at once' }),
    shows: text({ de: 'Gleichzeitigkeit erzeugt keine Dubletten', en: 'simultaneity makes no doubles' }),
  },
  update: {
    title: text({ de: 'Akte berichtigen', en: 'Correct the file' }),
    shows: text({
      de: 'Dokumente lassen sich ersetzen, ergänzen und entfernen',
      en: 'documents can be replaced, added and removed',
    }),
  },
  'source-changed': {
    title: text({ de: 'Nach der Abnahme veränderte Datei', en: 'Document changed after acceptance' }),
    shows: text({
      de: 'eine veränderte Datei wird abgelehnt, nichts bleibt liegen',
      en: 'a changed document is refused, nothing stays behind',
    }),
  },
  'unknown-type': {
    title: text({ de: 'Unbekannter Objekttyp', en: 'Unknown object type' }),
    shows: text({ de: 'ein Tippfehler im Typ wird abgelehnt', en: 'a mistyped type is refused' }),
  },
  'missing-field': {
    title: text({ de: 'Pflichtfeld ohne Wert', en: 'Mandatory field without a value' }),
    shows: text({ de: 'Pflichtfelder werden verlangt', en: 'mandatory fields are demanded' }),
  },
  'too-long': {
    title: text({ de: 'Zu langer Wert', en: 'Value too long' }),
    shows: text({ de: 'Werte werden nicht still gekürzt', en: 'values are not cut without a word' }),
  },
  'not-in-catalogue': {
    title: text({ de: 'Wert außerhalb des Katalogs', en: 'Value outside the catalogue' }),
    shows: text({ de: 'Kataloge gelten auch über die Schnittstelle', en: 'catalogues hold for the interface, too' }),
  },
  'wrong-password': {
    title: text({ de: 'Falsches Kennwort', en: 'Wrong password' }),
    shows: text({ de: 'eine falsche Anmeldung wird als solche gemeldet', en: 'a wrong login is told as such' }),
  },
  remove: {
    title: text({ de: 'Akte entfernen', en: 'Remove the file' }),
    shows: text({
      de: 'ein Import lässt sich zurücknehmen, der Schlüssel ist wieder frei',
      en: 'an import can be withdrawn, its key is free again',
    }),
  },
};
