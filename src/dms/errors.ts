import { type ExitCode, exitCodes, ScanlotError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';

/** Stable names of what can fail between us and a system. */
export type DmsErrorCode =
  | 'dms.object-invalid'
  | 'dms.object-differs'
  | 'dms.object-missing'
  | 'dms.object-damaged'
  | 'dms.source-changed'
  | 'dms.source-unreadable'
  | 'dms.store-unusable'
  | 'dms.store-failed'
  | 'dms.object-duplicate'
  | 'dms.object-busy'
  | 'dms.value-refused'
  | 'dms.folder-missing'
  | 'dms.permission-denied'
  | 'dms.login-refused'
  | 'dms.settings-wrong'
  | 'dms.unreachable'
  | 'dms.answer-unusable'
  | 'dms.not-supported'
  | 'dms.closed';

/** `object`: this object fails, the next one is worth trying. `system`: nothing can be stored until it is mended. */
export type DmsErrorScope = 'object' | 'system';

interface Kind {
  readonly scope: DmsErrorScope;
  readonly exitCode: ExitCode;
  readonly remedy: Text;
}

const kinds: Readonly<Record<DmsErrorCode, Kind>> = {
  'dms.object-invalid': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Die Namen der Dokumente dieser Akte berichtigen und die Akte erneut importieren.',
      en: 'Correct the names of this file’s documents and import the file again.',
    }),
  },
  'dms.object-differs': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Prüfen, welcher Stand gilt. Der vorhandene Stand bleibt unverändert; eine Berichtigung ist ein eigener Vorgang.',
      en: 'Find out which state is right. What is stored stays as it is; a correction is an operation of its own.',
    }),
  },
  'dms.object-missing': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Die Akte erneut importieren und klären, wer sie aus der Ablage entfernt hat.',
      en: 'Import the file again, and find out who removed it from the store.',
    }),
  },
  'dms.object-damaged': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Die Akte aus der Datensicherung wiederherstellen; bis dahin das Papier nicht vernichten.',
      en: 'Restore the file from the backup; until then do not release its paper.',
    }),
  },
  'dms.source-changed': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Die Lieferung erneut prüfen: Die Bytes sind nicht mehr die abgenommenen.',
      en: 'Check the delivery again: the bytes are no longer those that were accepted.',
    }),
  },
  'dms.source-unreadable': {
    scope: 'object',
    exitCode: exitCodes.fileSystem,
    remedy: text({
      de: 'Prüfen, ob die Lieferung noch an ihrem Platz liegt und gelesen werden darf; dann den Import wiederholen.',
      en: 'See whether the delivery is still in its place and may be read; then run the import again.',
    }),
  },
  'dms.store-unusable': {
    scope: 'system',
    exitCode: exitCodes.workspaceBroken,
    remedy: text({
      de: 'Einen leeren Ordner oder eine von scanlot angelegte Ablage angeben.',
      en: 'Name an empty folder, or a store that scanlot made.',
    }),
  },
  'dms.store-failed': {
    scope: 'system',
    exitCode: exitCodes.fileSystem,
    remedy: text({
      de: 'Freien Speicherplatz und Schreibrechte der Ablage prüfen, dann den Import wiederholen: Er setzt fort.',
      en: 'Check the store’s free space and permissions, then run the import again: it continues.',
    }),
  },
  'dms.object-duplicate': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Im DMS klären, welche der Akten gilt, die andere dort entfernen und den Import wiederholen.',
      en: 'Find out in the DMS which of them is right, remove the other one there, and run the import again.',
    }),
  },
  'dms.object-busy': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Warten, bis der andere Import fertig ist, dann diesen wiederholen.',
      en: 'Wait until the other import is done, then run this one again.',
    }),
  },
  'dms.value-refused': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Den Wert in der Lieferung oder die Zuordnung der Felder in scanlot.json berichtigen, dann den Import wiederholen.',
      en: 'Correct the value in the delivery, or the mapping of fields in scanlot.json, then run the import again.',
    }),
  },
  'dms.folder-missing': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Klären, wer den Ordner im DMS entfernt hat, dann den Import wiederholen.',
      en: 'Find out who removed the folder from the DMS, then run the import again.',
    }),
  },
  'dms.permission-denied': {
    scope: 'object',
    exitCode: exitCodes.findings,
    remedy: text({
      de: 'Dem Konto im DMS die Rechte auf diesen Ordner geben, dann den Import wiederholen.',
      en: 'Give the account its rights to this folder in the DMS, then run the import again.',
    }),
  },
  'dms.login-refused': {
    scope: 'system',
    exitCode: exitCodes.usage,
    remedy: text({
      de: 'Benutzer in scanlot.json und Kennwort (SCANLOT_DMS_PASSWORD, passwordFile oder passwordCommand) prüfen.',
      en: 'Check the user in scanlot.json and the password (SCANLOT_DMS_PASSWORD, passwordFile or passwordCommand).',
    }),
  },
  'dms.settings-wrong': {
    scope: 'system',
    exitCode: exitCodes.usage,
    remedy: text({
      de: 'Den Abschnitt „dms“ in scanlot.json berichtigen (docs/dms).',
      en: 'Correct the section "dms" of scanlot.json (docs/dms).',
    }),
  },
  'dms.unreachable': {
    scope: 'system',
    exitCode: exitCodes.fileSystem,
    remedy: text({
      de: 'Prüfen, ob das DMS läuft und von hier zu erreichen ist, dann den Import wiederholen: Er setzt fort.',
      en: 'See whether the DMS runs and can be reached from here, then run the import again: it continues.',
    }),
  },
  'dms.answer-unusable': {
    scope: 'system',
    exitCode: exitCodes.fileSystem,
    remedy: text({
      de: 'Adresse und Version der Schnittstelle prüfen (docs/dms), dann den Import wiederholen: Er setzt fort.',
      en: 'Check the address and version of the interface (docs/dms), then run the import again: it continues.',
    }),
  },
  'dms.not-supported': {
    scope: 'object',
    exitCode: exitCodes.usage,
    remedy: text({
      de: 'Diesen Schritt im DMS selbst vornehmen.',
      en: 'Take this step in the DMS itself.',
    }),
  },
  'dms.closed': {
    scope: 'system',
    exitCode: exitCodes.internal,
    remedy: text({ de: 'Den Befehl erneut ausführen.', en: 'Run the command again.' }),
  },
};

/** What an adapter throws. */
export class DmsError extends ScanlotError {
  override readonly name = 'DmsError';
  declare readonly code: DmsErrorCode;
  readonly scope: DmsErrorScope;

  constructor(code: DmsErrorCode, message: Text, more: { details?: readonly Text[]; cause?: unknown } = {}) {
    const { exitCode, remedy, scope } = kinds[code];
    super(exitCode, code, { message, remedy, ...more });
    this.scope = scope;
  }
}

/** A call for which the adapter does not declare the capability. */
export function notSupported(adapter: string): DmsError {
  return new DmsError(
    'dms.not-supported',
    text({ de: `Das kann „${adapter}“ nicht.`, en: `"${adapter}" cannot do this.` }),
  );
}

/** True for an error of the operating system. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** True for an error of the operating system with one of these codes. */
export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return isSystemError(error) && error.code !== undefined && codes.includes(error.code);
}
