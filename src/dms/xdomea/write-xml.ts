import { posix } from 'node:path';
import type { FieldValues, XdomeaField } from './field-mapping.ts';
import type { PlannedDocument, PlannedMessage, PlannedRecord, WrittenVersion } from './plan-messages.ts';

export interface MessageFrame {
  readonly version: WrittenVersion;
  readonly createdAt: Date;
  /** Institution that hands over, and the one that takes over. */
  readonly sender: string;
  readonly recipient: string;
  /** Version of this program. */
  readonly toolVersion: string;
}

/** The message Abgabe.Abgabe.0401 as XML, piece by piece: one for each Akte. */
export function* messageXml(message: PlannedMessage, frame: MessageFrame): Generator<string> {
  const namespace = `urn:xoev-de:xdomea:schema:${frame.version}.0`;
  const schema = `http://xdomea.de/schemata/${frame.version.replace('.', '')}0/xdomea-Nachrichten-AbgabeDurchfuehren.xsd`;
  yield `<?xml version="1.0" encoding="UTF-8"?>
<xdomea:Abgabe.Abgabe.0401 xmlns:xdomea="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${namespace} ${schema}">
`;
  yield `${head(message, frame)}\n`;
  for (const record of message.records) yield `${element('Schriftgutobjekt', akte(record))}\n`;
  yield '</xdomea:Abgabe.Abgabe.0401>\n';
}

/** NkAbgabeType. */
function head({ processId }: PlannedMessage, { createdAt, sender, recipient, toolVersion }: MessageFrame): string {
  return element(
    'Kopf',
    words('ProzessID', processId),
    element('Nachrichtentyp', '<code>0401</code>'),
    words('Erstellungszeitpunkt', createdAt.toISOString()),
    element('Absender', element('Institution', words('Name', sender))),
    element('Empfaenger', element('Institution', words('Name', recipient))),
    element('SendendesSystem', words('Produktname', 'scanlot'), words('Version', toolVersion)),
    words('Importbestaetigung', '1'),
    words('Empfangsbestaetigung', '0'),
  );
}

/** AkteType. */
function akte({ id, fields, documents }: PlannedRecord): string {
  const field = writer(fields, 'Akte.');
  return element(
    'Akte',
    element('Identifikation', words('ID', id)),
    element(
      'AllgemeineMetadaten',
      ...['Betreff', 'Kennzeichen', 'Federfuehrung', 'Aktenfuehrung', 'Bemerkung'].map((name) => field(name)),
      element('Aktenplaneinheit', field('Aktenplaneinheit.Kennzeichen')),
    ),
    field('Standort'),
    field('Typ'),
    element('Laufzeit', field('Laufzeit.Beginn'), field('Laufzeit.Ende')),
    element('Akteninhalt', ...documents.map(dokument)),
  );
}

/** DokumentType with one version in one format. */
function dokument({ id, name, document, fields }: PlannedDocument, index: number): string {
  const field = writer(fields, 'Dokument.');
  const { base, ext } = posix.parse(document.path);
  return element(
    'Dokument',
    element('Identifikation', words('ID', id), words('NummerImUebergeordnetenContainer', String(index + 1))),
    element('AllgemeineMetadaten', field('Betreff'), field('Kennzeichen'), field('Bemerkung')),
    ...['FremdesGeschaeftszeichen', 'Posteingangsdatum', 'DatumDesSchreibens', 'Bearbeiter', 'Typ'].map((part) =>
      field(part),
    ),
    element(
      'Version',
      words('Nummer', '1'),
      element(
        'Format',
        // "100" is "Sonstiges" (FormatType, implementation hint of 3.1.0): the code list itself is no part of the schema.
        `<xdomea:Name listURI="urn:xoev-de:xdomea:codeliste:dateiformat" listVersionID="1.0"><code>100</code></xdomea:Name>`,
        words('SonstigerName', ext.slice(1).toUpperCase() || '-'),
        '<xdomea:Version/>',
        element('Primaerdokument', words('Dateiname', name), words('DateinameOriginal', base)),
      ),
    ),
  );
}

function writer(fields: FieldValues, prefix: 'Akte.' | 'Dokument.'): (name: string) => string {
  return (name) => {
    const value = fields[`${prefix}${name}` as XdomeaField];
    return value === undefined ? '' : words(name.split('.').at(-1) ?? name, value);
  };
}

/** An element with its content; nothing where it would be empty. */
function element(name: string, ...content: readonly string[]): string {
  const inside = content.join('');
  return inside === '' ? '' : `<xdomea:${name}>${inside}</xdomea:${name}>`;
}

function words(name: string, value: string): string {
  return `<xdomea:${name}>${escaped(value)}</xdomea:${name}>`;
}

/** Characters that XML 1.0 (section 2.2) does not know are replaced by the sign for that. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

function escaped(value: string): string {
  return value
    .replace(forbidden, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
