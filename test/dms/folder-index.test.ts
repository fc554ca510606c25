import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { replaceText, writeTime } from '../../src/delivery/profile/written-values.ts';
import { missingCharacter, writeIndex } from '../../src/dms/folder/index-format.ts';
import { usualIndex } from '../../src/dms/folder/settings.ts';

const words = fc.string({ unit: 'binary', maxLength: 12 });
const tables = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    headers: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(words, { minLength: width, maxLength: width }), { maxLength: 5 }),
  }),
);

it('writes CSV that a reader takes apart into the same cells, in every encoding and with every delimiter', () => {
  fc.assert(
    fc.property(
      tables,
      fc.constantFrom(';', ',', '\t', '|'),
      fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'windows-1252'),
      (table, delimiter, encoding) => {
        const all = [...table.headers, ...table.rows.flat()].join('');
        fc.pre(missingCharacter(all, encoding) === undefined && !/\p{Surrogate}/u.test(all));
        const bytes = writeIndex(table, { ...usualIndex, delimiter, encoding });
        const read = iconv.decode(bytes, encoding.replace('-bom', ''));
        const options = { delimiter, relax_column_count: true, record_delimiter: '\r\n', skip_empty_lines: false };
        expect(parse(read, options)).toEqual([table.headers, ...table.rows]);
      },
    ),
  );
});

it('writes XML that a parser takes, with the same values as far as XML has them', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const written = writeIndex(table, { ...usualIndex, format: 'xml' }).toString();
      const values: string[] = [];
      const parser = new SaxesParser();
      parser.on('error', (error) => {
        throw error;
      });
      parser.on('opentag', ({ name }) => {
        if (name === 'value') values.push('');
      });
      parser.on('text', (part) => {
        if (values.length > 0 && part.trim() !== '') values[values.length - 1] += part;
      });
      parser.write(written).close();
      expect(values).toHaveLength(table.rows.flat().length);
    }),
  );
});

it('replaces texts as often as they occur, and never beyond a length', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ maxLength: 3 }), fc.string({ maxLength: 9 }), (value, searched, by) => {
      const replaced = replaceText(value, searched, by, 40);
      const expected = searched === '' ? value : value.split(searched).join(by);
      expect(replaced).toBe(searched !== '' && expected.length > 40 ? undefined : expected);
    }),
  );
});

it('writes days and times by a pattern', () => {
  const time = new Date('2020-12-31T23:05:09Z');
  expect(writeTime(time, 'dd.MM.yyyy HH:mm:ss')).toBe('31.12.2020 23:05:09');
  expect(writeTime(time, 'yyyyMMdd')).toBe('20201231');
  expect(writeTime(time, 'Jahr yyyy')).toBe('Jahr 2020');
});
