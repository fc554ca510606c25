import { parseDate } from '../../shared/dates.ts';
import { GateError, UsageError } from '../../shared/errors.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';

/** How the value of an element is written. */
type FieldForm = 'words' | 'date' | 'period-begin' | 'period-end';

/** Elements that the section `dms` of a delivery profile can fill (xdomea 3.1.0, AkteType and DokumentType). */
const fieldForms = {
  'Akte.Betreff': 'words',
  'Akte.Kennzeichen': 'words',
  'Akte.Federfuehrung': 'words',
  'Akte.Aktenfuehrung': 'words',
  'Akte.Bemerkung': 'words',
  'Akte.Aktenplaneinheit.Kennzeichen': 'words',
  'Akte.Standort': 'words',
  'Akte.Typ': 'words',
  'Akte.Laufzeit.Beginn': 'period-begin',
  'Akte.Laufzeit.Ende': 'period-end',
  'Dokument.Betreff': 'words',
  'Dokument.Kennzeichen': 'words',
  'Dokument.Bemerkung': 'words',
  'Dokument.FremdesGeschaeftszeichen': 'words',
  'Dokument.Posteingangsdatum': 'date',
  'Dokument.DatumDesSchreibens': 'date',
  'Dokument.Bearbeiter': 'words',
  'Dokument.Typ': 'words',
} as const satisfies Readonly<Record<string, FieldForm>>;

export type XdomeaField = keyof typeof fieldForms;
/** Values by element; what is empty is left out. */
export type FieldValues = { readonly [Field in XdomeaField]?: string };
/** Element → field of the manifest. */
export type FieldMapping = ReadonlyMap<XdomeaField, string>;

/**
 * Takes from the profile's mapping what is meant for xdomea: the names that begin with "Akte." or "Dokument.". Others
 * belong to the DMS of the county.
 * @throws UsageError xdomea.mapping-wrong when an element is named that cannot be filled
 */
export function readMapping(fields: Readonly<Record<string, string>>): FieldMapping {
  const ours = Object.entries(fields).filter(([name]) => /^(Akte|Dokument)\./.test(name));
  const unknown = ours.filter(([name]) => !isField(name)).map(([name]) => name);
  if (unknown.length === 0) return new Map(ours.flatMap(([name, field]) => (isField(name) ? [[name, field]] : [])));
  throw new UsageError(
    'xdomea.mapping-wrong',
    text({
      de: `Das Lieferprofil ordnet Elemente zu, die scanlot in xdomea nicht füllt: ${unknown.join(', ')}.`,
      en: `The delivery profile maps elements of xdomea that scanlot does not fill: ${unknown.join(', ')}.`,
    }),
    text({
      de: `Im Abschnitt „dms“ nur diese nennen: ${Object.keys(fieldForms).join(', ')}.`,
      en: `Name in the section "dms" only these: ${Object.keys(fieldForms).join(', ')}.`,
    }),
  );
}

function isField(name: string): name is XdomeaField {
  return Object.hasOwn(fieldForms, name);
}

/** A value that cannot be written as its element wants it. */
export interface UnfitValue {
  readonly place: string;
  readonly field: XdomeaField;
  readonly value: string;
}

/** Fills the elements whose name begins with a prefix. @param read a field of the manifest → its value */
export function fillFields(
  mapping: FieldMapping,
  prefix: 'Akte.' | 'Dokument.',
  place: string,
  read: (field: string) => string | undefined,
  unfit: UnfitValue[],
): FieldValues {
  const values: { [Field in XdomeaField]?: string } = {};
  for (const [field, source] of mapping) {
    const value = field.startsWith(prefix) ? read(source)?.trim() : undefined;
    if (!value) continue;
    const written = formed(fieldForms[field], value);
    if (written === undefined) unfit.push({ place, field, value });
    else values[field] = written;
  }
  return values;
}

/** A year alone stands for its first or its last day. */
function formed(form: FieldForm, value: string): string | undefined {
  if (form === 'words') return value;
  if (form !== 'date' && /^\d{4}$/.test(value)) return form === 'period-begin' ? `${value}-01-01` : `${value}-12-31`;
  return parseDate(value);
}

const mostListed = 50;

/** Values that would make the message invalid: nothing is written. */
export function valuesUnfit(unfit: readonly UnfitValue[]): GateError {
  const details: Text[] = unfit
    .slice(0, mostListed)
    .map(({ place, field, value }) => verbatim(`${place}: ${field} = „${value}“`));
  return new GateError(
    'xdomea.value-unfit',
    text({
      de: (f) => `${f.number(unfit.length)} Werte sind kein Datum, wie xdomea es verlangt.`,
      en: (f) => `${f.number(unfit.length)} values are no date as xdomea wants it.`,
    }),
    text({
      de: 'Die Zuordnung im Lieferprofil (Abschnitt „dms“) auf ein Feld mit Datum oder Jahr ändern.',
      en: 'Change the mapping in the delivery profile (section "dms") to a field with a date or year.',
    }),
    details,
  );
}
