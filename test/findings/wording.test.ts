import { expect, it } from 'vitest';
import { catalogue } from '../../src/findings/catalogue.ts';
import type { FindingDefinition } from '../../src/findings/definition.ts';
import { formats } from '../../src/shared/format.ts';
import { type Language, languages } from '../../src/shared/language.ts';

const many =
  /\b1 (?:\p{Ll}+e )?(?:Seiten|Dateien|Akten|Zeilen|Leerseiten|pages|files|rows|sheets|removed blanks)\b|\(s\)/u;
const definitions: [string, FindingDefinition<never>][] = Object.entries(catalogue);

/** Says one for whatever number a message asks for; a message that asks for other things cannot be had this way. */
const ones = new Proxy({}, { get: () => 1 }) as never;

it('no finding counts one as many', () => {
  const messages = languages.flatMap((language) =>
    definitions.flatMap(([code, { message }]) => said(code, message, language)),
  );
  expect(messages.length).toBeGreaterThan(200);
  // The limit of rows is a constant.
  expect(messages.filter((message) => many.test(message) && !message.startsWith('manifest.too-many-rows'))).toEqual([]);
});

function said(code: string, message: FindingDefinition<never>['message'], language: Language): string[] {
  try {
    return [`${code}: ${message[language](ones, formats[language])}`];
  } catch {
    return [];
  }
}
