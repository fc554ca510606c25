import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { renderCheck } from '../../../src/validation/outputs/forms.ts';
import { reportOn } from '../../../src/validation/outputs/report.ts';
import { junitSchema, sarifSchema } from '../../support/published-schemas.ts';
import { faultyCheck, hostileNames, withItems } from './sample-report.ts';

const states = ['failed', 'errored', 'passed'] as const;

async function rendered(form: 'sarif' | 'junit', language: 'de' | 'en'): Promise<string> {
  const added = hostileNames.flatMap((name) => states.map((state) => ({ name: `${state}/${name}`, state })));
  const check = withItems(await faultyCheck(), added);
  return [...(await renderCheck(reportOn(check, language), form))].join('');
}

test.each(['de', 'en'] as const)(
  'SARIF in %s is valid by the schema of OASIS, whatever names say',
  async (language) => {
    // One of its patterns has a bracket too many, which only the older syntax takes.
    const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
    addFormats.default(ajv);
    const isValid = ajv.compile(await sarifSchema());
    const log = JSON.parse(await rendered('sarif', language));
    isValid(log);
    expect(isValid.errors ?? []).toEqual([]);
    expect(isValid({ ...log, version: '1.0' })).toBe(false);
  },
);

test.each(['de', 'en'] as const)('JUnit XML in %s is valid by the schema of Jenkins', async (language) => {
  const schema = [{ fileName: 'junit-10.xsd', contents: await junitSchema() }];
  const mistakes = async (contents: string) =>
    (await validateXML({ xml: [{ fileName: 'result.xml', contents }], schema })).errors.map(({ message }) => message);
  const xml = await rendered('junit', language);
  expect(await mistakes(xml)).toEqual([]);
  expect(await mistakes(xml.replace('<testcase ', '<testcase invented="1" '))).not.toEqual([]);
});
