import type { TransferNote } from './note.ts';

const namespace = 'urn:scanlot:transfer-note:1';

/** The note as XML (schemas/transfer-note-1.xsd): members are elements, lists repeat theirs, nothing known is `known="false"`. */
export function noteXml(note: TransferNote): string {
  const { schema: _schema, ...members } = note;
  const lines = Object.entries(members).flatMap(([name, value]) => element(name, value, 1));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<transferNote xmlns="${namespace}">\n${lines.join('\n')}\n</transferNote>\n`;
}

/** Elements of a list are called as one of them. */
const singular: Readonly<Record<string, string>> = {
  documents: 'document',
  pageClasses: 'pageClass',
  anomalies: 'anomaly',
  steps: 'step',
  unknown: 'place',
};

function element(name: string, value: unknown, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  if (value === null || value === undefined) return [`${indent}<${name} known="false"/>`];
  if (typeof value !== 'object') return [`${indent}<${name}>${escaped(String(value))}</${name}>`];
  const children = childrenOf(name, value, depth + 1);
  return children.length === 0 ? [`${indent}<${name}/>`] : [`${indent}<${name}>`, ...children, `${indent}</${name}>`];
}

function childrenOf(name: string, value: object, depth: number): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => element(singular[name] ?? 'item', one, depth));
  if (name !== 'attributes') return Object.entries(value).flatMap(([key, one]) => element(key, one, depth));
  const indent = '  '.repeat(depth);
  return Object.entries(value).map(
    ([key, one]) => `${indent}<attribute name="${escaped(key)}">${escaped(String(one))}</attribute>`,
  );
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text and attribute values; characters that XML 1.0 (section 2.2) does not allow become U+FFFD. */
function escaped(words: string): string {
  return (
    words
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
      .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
      .replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  );
}
