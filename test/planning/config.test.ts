import { describe, expect, it } from 'vitest';
import schema from '../../schemas/workspace-1.schema.json' with { type: 'json' };
import { defaultPlanning, planningConfig } from '../../src/planning/config.ts';
import { documentMistakes } from '../../src/shared/document.ts';

describe('the configuration of planning', () => {
  it('has the defaults that its schema states', () => {
    const { weights, ...switches } = schema.properties.planning.properties;
    const stated = (members: object) =>
      Object.fromEntries(
        Object.entries(members).flatMap(([name, member]) => ('default' in member ? [[name, member.default]] : [])),
      );
    expect({ ...stated(switches), weights: stated(weights.properties) }).toEqual(defaultPlanning);
  });

  it('takes what the workspace says, and the defaults for the rest', () => {
    const config = planningConfig({ config: { county: 'X', planning: { retentionYears: 5, weights: { usage: 0 } } } });
    expect(config).toEqual({
      ...defaultPlanning,
      retentionYears: 5,
      weights: { ...defaultPlanning.weights, usage: 0 },
    });
  });

  it('refuses weights that are none, and names that it does not know', () => {
    const mistakes = documentMistakes({ county: 'X', planning: { weights: { usage: 1.5, useage: 2 } } }, 'workspace-1');
    expect(mistakes.map(({ en }) => en)).toEqual([
      expect.stringContaining('did you mean "usage"'),
      expect.stringContaining('expected integer'),
    ]);
  });
});
