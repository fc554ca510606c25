import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAjv } from '../../src/shared/document.ts';
import { packagePath } from '../../src/shared/package.ts';

const names = readdirSync(packagePath('schemas')).filter((name) => name.endsWith('.schema.json'));

describe('the schemas that ship with the program', () => {
  it('are there', () => {
    expect(names.length).toBeGreaterThan(3);
  });

  it.each(names)('%s is sound by the standard, for it is not looked at again when it is used', (name) => {
    const schema = JSON.parse(readFileSync(packagePath('schemas', name), 'utf8'));
    const ajv = createAjv({ logger: false });
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
    expect(schema.$id).toBe(`urn:scanlot:schemas/${name.replace('.schema.json', '')}`);
  });
});
