import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentMistakes } from '../../src/shared/document.ts';
import { packagePath } from '../../src/shared/package.ts';
import { certainlyFits } from '../../src/shared/plain-schema.ts';

const schema = JSON.parse(readFileSync(packagePath('schemas', 'workspace-1.schema.json'), 'utf8'));

const number = fc.oneof(fc.integer({ min: -5, max: 60_000 }), fc.double(), fc.constant('1'));
const weights = fc.record({ hardDeadline: number, space: number, other: number }, { requiredKeys: [] });
const planning = fc.record(
  { pagesPerMetre: number, requireDms: fc.oneof(fc.boolean(), number), weights: fc.oneof(weights, fc.constant(null)) },
  { requiredKeys: [] },
);
const config = fc.record(
  {
    county: fc.oneof(fc.string(), number),
    language: fc.constantFrom('de', 'en', 'fr', null),
    planning: fc.oneof(planning, fc.constant([])),
    extra: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('certainlyFits', () => {
  it('agrees with the full validator on every configuration of a workspace', () => {
    fc.assert(
      fc.property(fc.oneof(config, fc.jsonValue()), (value) => {
        expect(certainlyFits(value, schema)).toBe(documentMistakes(value, 'workspace-1').length === 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('vouches for nothing when the schema asks for more than it understands', () => {
    expect(certainlyFits('x', { type: 'string', pattern: '^x$' })).toBe(false);
    expect(certainlyFits('x', { $ref: 'urn:elsewhere' })).toBe(false);
  });

  it('takes no property for known that every object inherits', () => {
    expect(certainlyFits(JSON.parse('{"county":"A","__proto__":{}}'), schema)).toBe(false);
    expect(certainlyFits({ county: 'A', toString: 1 }, schema)).toBe(false);
  });
});
