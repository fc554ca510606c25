import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allObjects } from '../../../src/dms/xdomea/message.ts';
import { readMessage } from '../../../src/dms/xdomea/read-message.ts';
import { corpus } from '../../support/corpora.ts';

const folder = corpus('xdomea');
const files = (folder === undefined ? [] : (readdirSync(folder, { recursive: true }) as string[]))
  .filter((name) => name.endsWith('.xml'))
  .map((name) => join(folder ?? '', name));

/** Heads that state another type than the message has; each was looked up in its XML. */
const statedOtherwise: ReadonlySet<string> = new Set([
  'xx_Aussonderung.AnbietungEmpfangBestaetigen.0504.xml',
  'xx_Aussonderung.Bewertungsverzeichnis.0502.xml',
]);

/** Start tags of a name, counted in the text: what //name counts by XPath. */
function count(xml: string, ...names: readonly string[]): number {
  const body = xml.slice(xml.indexOf('</xdomea:Kopf>'));
  return names.reduce((sum, name) => sum + body.split(`<xdomea:${name}>`).length - 1, 0);
}

describe.skipIf(folder === undefined)('the messages of the corpus', () => {
  it('are there', () => {
    expect(files.length).toBe(8);
  });

  it.each(files.map((file) => [`${basename(join(file, '..'))}/${basename(file)}`, file]))(
    '%s is read without complaint, with all that stands in it',
    async (name, file) => {
      const { message, findings, files: named } = await readMessage(file, new AbortController().signal);
      const expected = statedOtherwise.has(basename(name)) ? ['xdomea.type-differs'] : [];
      expect(findings.map(({ code }) => code)).toEqual(expected);
      expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
      const xml = readFileSync(file, 'utf8');
      const kinds = (...wanted: readonly string[]) =>
        allObjects(message).filter(({ kind }) => wanted.includes(kind)).length;
      expect(kinds('file', 'part-file')).toBe(count(xml, 'Akte', 'Teilakte'));
      expect(kinds('case', 'part-case')).toBe(count(xml, 'Vorgang', 'Teilvorgang'));
      expect(kinds('document', 'attachment', 'letter')).toBe(count(xml, 'Dokument', 'Anlage', 'Anschreiben'));
      expect(allObjects(message).length).toBe(count(xml, 'Identifikation'));
      expect(named.length).toBe(count(xml, 'Dateiname'));
      expect(message.appraisals.length).toBe(count(xml, 'BewertetesObjekt'));
      for (const { decision } of message.appraisals) expect(decision).toMatch(/^[ABV]$/);
      expect(`${message.type}.${message.code}`).toBe(/xx_(.*)\.xml$/.exec(name)?.[1]);
      expect(`xdomea_${message.version}`).toBe(basename(join(file, '..')));
      expect(message.head).toMatchObject({
        processId: '242f44e8-bebf-4503-a086-db252c6a4277',
        sender: { institution: 'AbsXdomeaInstitutionName', key: 'LATh' },
        recipient: { institution: 'EmpXdomeaInstitutionName', key: 'LATh' },
      });
    },
  );
});
