import { text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import type { JsonObject } from '../adapter.ts';
import { settingsWrong } from '../http/refusal.ts';
import { valueAt } from '../value-at.ts';
import { fileData } from './short-form.ts';

/**
 * Fills in a text of the settings: "{department}" and "{profile.key}" become what the index data say, nothing where they hold
 * no value.
 * @throws DmsError dms.settings-wrong for a name that index data do not have: files would land in the wrong place
 */
export function filledTemplate(template: string, metadata: JsonObject): string {
  return template.replace(/\{([^{}]*)\}/g, (_all, path: string) => {
    const value = valueAt(metadata, path);
    if (value === undefined && !Object.hasOwn(fileData, path)) throw unknownName(template, path);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
}

function unknownName(template: string, path: string) {
  const near = nearest(path, Object.keys(fileData));
  return settingsWrong(
    text({
      de: `„${template}“: In den Indexdaten gibt es „${path}“ nicht${near ? `; gemeint „${near}“?` : '.'}`,
      en: `"${template}": the index data have no "${path}"${near ? `; did you mean "${near}"?` : '.'}`,
    }),
  );
}
