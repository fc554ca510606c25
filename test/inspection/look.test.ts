import { describe, expect, it } from 'vitest';
import { observe } from '../../src/findings/observe.ts';
import { inspectionOf } from '../../src/inspection/look.ts';

const digests = { state: '1 2 3', size: 3, digests: { sha256: 'ab' } };
const facts = {
  state: '1 2 3',
  size: 3,
  facts: { format: 'text' as const, pages: null, observations: [], details: {} },
};

describe('two looks at a file', () => {
  it('make one inspection', () => {
    expect(inspectionOf([digests, facts])).toEqual({
      facts: { format: 'text', pages: null, observations: [], details: {}, size: 3, digests: { sha256: 'ab' } },
      observations: [],
      state: '1 2 3',
    });
  });

  it('between which the file changed vouch for nothing', () => {
    const { facts: found, observations } = inspectionOf([digests, { ...facts, state: '1 2 4' }]);
    expect(found).toBeNull();
    expect(observations).toEqual([observe('file.changed-while-read', {})]);
  });

  it.each([0, 1])('one of which failed yield that failure (%s)', (at) => {
    const failure = observe('file.missing', {});
    const looks = [digests, facts].with(at, { failure } as never);
    expect(inspectionOf(looks)).toEqual({ facts: null, observations: [failure] });
  });
});
