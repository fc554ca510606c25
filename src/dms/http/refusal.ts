import { type Text, text } from '../../shared/language.ts';
import { DmsError, type DmsErrorCode } from '../errors.ts';

/** The server's word that it did not do what it was asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** The interface's own name of it, "objectNotFound" or "1001"; empty where the answer was none of the interface. */
  readonly exception: string;

  constructor(status: number, exception: string, message: string) {
    super(message);
    this.status = status;
    this.exception = exception;
  }
}

export function isRefusal(error: unknown, ...exceptions: readonly string[]): error is Refusal {
  return error instanceof Refusal && exceptions.includes(error.exception);
}

/** What each of an interface's own names means for us. */
export type RefusalCodes = Readonly<Record<string, DmsErrorCode>>;

/** What a refusal means where nothing more special is known of it. */
export function refusalError(refusal: Refusal, codes: RefusalCodes): DmsError {
  const { status, exception, message } = refusal;
  if (status === 401) {
    return new DmsError(
      'dms.login-refused',
      text({ de: 'Das DMS nimmt Benutzer oder Kennwort nicht an.', en: 'The DMS refuses the user or the password.' }),
    );
  }
  // The name comes from the server.
  const known = Object.hasOwn(codes, exception) ? codes[exception] : undefined;
  const code = known ?? (status === 403 ? 'dms.permission-denied' : 'dms.answer-unusable');
  return new DmsError(code, words[code]?.(message) ?? other(status, message), { cause: refusal });
}

const words: Partial<Record<DmsErrorCode, (message: string) => Text>> = {
  'dms.permission-denied': (message) =>
    text({ de: `Das DMS verweigert den Zugriff: ${message}`, en: `The DMS denies access: ${message}` }),
  'dms.folder-missing': (message) =>
    text({
      de: `Ein Ordner oder Dokument ist aus dem DMS verschwunden: ${message}`,
      en: `A folder or document has vanished from the DMS: ${message}`,
    }),
  'dms.value-refused': (message) =>
    text({ de: `Das DMS weist die Angaben zurück: ${message}`, en: `The DMS refuses what it was given: ${message}` }),
  'dms.store-failed': (message) =>
    text({ de: `Das DMS meldet einen Fehler: ${message}`, en: `The DMS reports a failure: ${message}` }),
};

function other(status: number, message: string): Text {
  return text({
    de: `Das DMS antwortet unerwartet (HTTP ${status}): ${message}`,
    en: `The DMS answers unexpectedly (HTTP ${status}): ${message}`,
  });
}

/** Something in the section `dms` of scanlot.json does not fit the server. */
export function settingsWrong(message: Text): DmsError {
  return new DmsError('dms.settings-wrong', message);
}
