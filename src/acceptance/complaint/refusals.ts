import type { Batch } from '../../custody/store.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { GateError, UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { didYouMean } from '../../shared/suggest.ts';
import type { AcceptedBatchFile, PendingFile } from './store.ts';

/** Reference and volume as people read them. */
export function fileName({ reference, volume }: { readonly reference: string; readonly volume: string }): string {
  return volume === '' ? reference : `${reference}#${volume}`;
}

export function notAccepted({ key }: Batch, name: string): GateError {
  return new GateError(
    'complaint.not-accepted',
    text({
      de: `Die Akte „${name}“ der Charge ${key} ist nicht abgenommen: gerügt wird, was abgenommen ist.`,
      en: `File "${name}" of batch ${key} is not accepted: complaints are about what is.`,
    }),
    text({
      de: `Vor der Abnahme zurückweisen: scanlot reject ${key} --reason "…", oder ohne die Akte abnehmen: scanlot accept ${key} --partial`,
      en: `Before acceptance reject it: scanlot reject ${key} --reason "…", or accept without it: scanlot accept ${key} --partial`,
    }),
  );
}

export function unknownFile({ key }: Batch, name: string, known: readonly string[]): UsageError {
  return new UsageError(
    'complaint.unknown-file',
    text({
      de: `Die Akte „${name}“ steht nicht auf der Abholliste der Charge ${key}.`,
      en: `File "${name}" is not on the pick list of batch ${key}.`,
    }),
    didYouMean(name, known, `scanlot batch show ${key}`),
  );
}

export function alreadyRaised(file: AcceptedBatchFile, { number, deadline }: PendingFile): GateError {
  return new GateError(
    'complaint.pending',
    text({
      de: (f) =>
        `Die Akte „${fileName(file)}“ ist schon gerügt (Rüge ${number}, Frist ${f.date(deadline)}), und das ist nicht erledigt.`,
      en: (f) =>
        `File "${fileName(file)}" is already complained about (complaint ${number}, deadline ${f.date(deadline)}), and that is not settled.`,
    }),
    text({
      de: 'Ansehen: scanlot complaint list. Kommt ein Mangel hinzu, die Rüge zurücknehmen und neu erheben.',
      en: 'To see it: scanlot complaint list. For a further defect withdraw the complaint and raise it anew.',
    }),
  );
}

export function notPending({ key }: Batch, name: string): GateError {
  return new GateError(
    'complaint.not-pending',
    text({
      de: `Zur Akte „${name}“ der Charge ${key} ist keine Rüge offen: es gab keine, oder sie ist schon erledigt.`,
      en: `No complaint about file "${name}" of batch ${key} is pending: there was none, or it is already settled.`,
    }),
    text({ de: `Alle Rügen: scanlot complaint list ${key}`, en: `All complaints: scanlot complaint list ${key}` }),
  );
}

export function alreadyDisputed(file: AcceptedBatchFile): GateError {
  return new GateError(
    'complaint.disputed',
    text({
      de: `Dass die Rüge zur Akte „${fileName(file)}“ bestritten wird, ist schon festgehalten.`,
      en: `That the complaint about file "${fileName(file)}" is disputed is already recorded.`,
    }),
    text({
      de: 'Zurücknehmen (scanlot complaint withdraw) oder auf der Nacherfüllung bestehen.',
      en: 'Withdraw it (scanlot complaint withdraw), or insist on the correction.',
    }),
  );
}

/** @param earliest day of the acceptance, or of the complaint */
export function tooEarly(date: CalendarDate, earliest: CalendarDate, of: 'acceptance' | 'complaint'): UsageError {
  const event = of === 'acceptance' ? { de: 'der Abnahme', en: 'acceptance' } : { de: 'der Rüge', en: 'complaint' };
  return new UsageError(
    'complaint.too-early',
    text({
      de: (f) => `Der ${f.date(date)} liegt vor dem Tag ${event.de} (${f.date(earliest)}).`,
      en: (f) => `${f.date(date)} is before the day of ${event.en} (${f.date(earliest)}).`,
    }),
    text({ de: 'Den Tag mit --date richtig angeben.', en: 'State the right day with --date.' }),
  );
}
