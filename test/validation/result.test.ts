import { expect, test } from 'vitest';
import { documentMistakes } from '../../src/shared/document.ts';
import { renderDefectList } from '../../src/validation/defect-list.ts';
import { reportOn } from '../../src/validation/outputs/report.ts';
import { renderResult, toResult } from '../../src/validation/result.ts';
import { checkFiles, header, soundFiles } from '../support/delivery.ts';

const faulty = {
  ...soundFiles(),
  'index.csv': `${header}\nscans/a.pdf;32.1-1;9;2;1;\n=cmd|' /C calc'!A0.pdf;@SUM(1);1;1;1;\n`,
  'scans/~$lock.pdf': 'x',
};

test.each([
  ['sound', soundFiles()],
  ['faulty', faulty],
  ['empty', {}],
])('the result of a %s package fits its published schema, also as text', async (_name, files) => {
  const check = await checkFiles(files);
  const text = [...renderResult(reportOn(check, 'de'))].join('');
  const document = JSON.parse(text);
  expect(documentMistakes(document, 'check-result-1').map(({ en }) => en)).toEqual([]);
  expect(document).toEqual(
    JSON.parse(JSON.stringify({ schema: 'urn:scanlot:schemas/check-result-1', ...toResult(check, 'de') })),
  );
  expect(document).toMatchObject({ tool: 'scanlot', verdict: check.verdict, packageHash: check.packageHash });
  expect(document.profile).toMatchObject({ key: 'test', version: '1', hash: check.profileHash });
});

test('a document with another verdict, or a member too many, does not fit the schema', async () => {
  const result = { schema: 'urn:scanlot:schemas/check-result-1', ...toResult(await checkFiles(soundFiles()), 'en') };
  expect(documentMistakes({ ...result, verdict: 'maybe' }, 'check-result-1')).not.toEqual([]);
  expect(documentMistakes({ ...result, extra: 1 }, 'check-result-1')).not.toEqual([]);
});

test('messages and remedies are in the language asked for; codes and arguments stay', async () => {
  const check = await checkFiles(faulty);
  const [de, en] = (['de', 'en'] as const).map((language) => toResult(check, language).findings);
  expect(de?.map(({ code, args }) => [code, args])).toEqual(en?.map(({ code, args }) => [code, args]));
  expect(de?.map(({ message }) => message)).not.toEqual(en?.map(({ message }) => message));
});

test('the defect list tells every finding in one line, and no cell begins as a formula', async () => {
  const check = await checkFiles(faulty);
  const [list, english] = (['de', 'en'] as const).map((language) =>
    [...renderDefectList(check.findings, language)].join(''),
  ) as [string, string];
  const lines = list.replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(lines).toHaveLength(check.findings.length + 1);
  expect(lines[0]).toMatch(/^Schwere;Kennung;Aktenzeichen;Datei;/);
  expect(list).toContain("'@SUM(1)");
  expect(list).toContain("'=cmd|");
  expect(list).not.toMatch(/(?:^|[;"\n])[=@+]/m);
  expect(english).toMatch(/^\uFEFFSeverity,Code,File reference,/);
});
