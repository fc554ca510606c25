import { type Text, text } from '../../shared/language.ts';
import type { ImportOutcome } from './outcome.ts';
import type { ImportAction, PlanReason } from './plan.ts';
import type { StopReason } from './run.ts';

export const actionWords: Readonly<Record<ImportAction, Text>> = {
  create: text({ de: 'anlegen', en: 'create' }),
  update: text({ de: 'berichtigen', en: 'update' }),
  found: text({ de: 'schon im DMS, rücklesen', en: 'in the DMS already, read back' }),
  resume: text({ de: 'fortsetzen', en: 'resume' }),
  retry: text({ de: 'erneut versuchen', en: 'try again' }),
  skip: text({ de: 'nichts zu tun', en: 'nothing to do' }),
  refuse: text({ de: 'verweigert', en: 'refused' }),
};

export const reasonWords: Readonly<Record<PlanReason, Text>> = {
  imported: text({ de: 'schon importiert', en: 'imported already' }),
  'imported-elsewhere': text({
    de: 'schon in ein anderes System importiert',
    en: 'imported into another system already',
  }),
  rescanned: text({
    de: 'neu gescannt: der spätere Scan tritt an seine Stelle',
    en: 'scanned anew: the later scan takes its place',
  }),
  withdrawn: text({
    de: 'zurückgezogen; erneut mit import retry oder import run --withdrawn',
    en: 'withdrawn; again with import retry or import run --withdrawn',
  }),
  'withdrawal-unfinished': text({
    de: 'das Zurückziehen ist nicht abgeschlossen: import withdraw wiederholen',
    en: 'its withdrawal is not finished: repeat import withdraw',
  }),
  'key-taken': text({
    de: 'unter diesem Schlüssel ist schon eine andere Akte importiert oder vorgesehen',
    en: 'another file is imported or planned under this key already',
  }),
  'no-documents': text({ de: 'kein Dokument mit lesbarem Inhalt', en: 'no document with readable content' }),
  'package-missing': text({
    de: 'die Lieferung liegt nicht mehr an ihrem Platz',
    en: 'the delivery is no longer in its place',
  }),
  'begun-elsewhere': text({
    de: 'in ein anderes System begonnen: dort beenden oder zurückziehen',
    en: 'begun into another system: finish or withdraw it there',
  }),
  'update-impossible': text({
    de: 'anderer Inhalt wurde abgenommen, und dieses DMS kann nicht berichtigen: zurückziehen und neu importieren',
    en: 'other content was accepted, and this DMS cannot update: withdraw it and import it again',
  }),
};

const outcomes: Readonly<Record<ImportOutcome['outcome'], Text>> = {
  imported: text({ de: 'importiert und rückgelesen', en: 'imported and read back' }),
  'already-imported': text({ de: 'war schon importiert', en: 'had been imported' }),
  failed: text({ de: 'fehlgeschlagen', en: 'failed' }),
  skipped: text({ de: 'ausgelassen', en: 'skipped' }),
  refused: text({ de: 'verweigert', en: 'refused' }),
  'not-begun': text({ de: 'nicht begonnen', en: 'not begun' }),
};

const ways: Readonly<Record<NonNullable<ImportOutcome['how']>, Text>> = {
  created: outcomes.imported,
  updated: text({ de: 'berichtigt und rückgelesen', en: 'updated and read back' }),
  found: text({ de: 'im DMS gefunden und rückgelesen', en: 'found in the DMS and read back' }),
};

/** What happened to a file, in a few words. */
export function outcomeWords({ outcome, how }: ImportOutcome): Text {
  return how ? ways[how] : outcomes[outcome];
}

export const stopWords: Readonly<Record<StopReason, Text>> = {
  interrupted: text({
    de: 'Abgebrochen: Was begonnen war, ist beendet. Zum Fortsetzen denselben Befehl erneut ausführen.',
    en: 'Interrupted: what had begun is finished. Run the same command again to go on.',
  }),
  window: text({
    de: 'Die Importzeit ist vorüber; der nächste Lauf setzt fort.',
    en: 'The import window is over; the next run goes on.',
  }),
  'failed-share': text({
    de: 'Angehalten: Zu viele Akten sind fehlgeschlagen. Erst die Ursache beheben, dann erneut ausführen.',
    en: 'Stopped: too many files failed. Mend the cause first, then run it again.',
  }),
};
