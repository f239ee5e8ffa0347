import { describe, expect, it } from '@jest/globals';
import { compileSchema } from '../../../src/field-types/json-schema.validator.js';
import { trustedPattern } from '../../../src/field-types/trusted-pattern.js';

describe('the pattern of a schema', () => {
  it('takes linear time, whatever it is', () => {
    const validate = compileSchema({ type: 'string', pattern: '(a+)+$' });
    const start = performance.now();

    expect(validate(`${'a'.repeat(50_000)}!`)).toMatchObject([{ keyword: 'pattern' }]);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('matches no text of more than 100,000 characters', () => {
    const validate = compileSchema({ type: 'string', pattern: 'a' });

    expect([validate('a'.repeat(100_000)), validate('a'.repeat(100_001))]).toMatchObject([
      [],
      [{ keyword: 'pattern' }],
    ]);
  });

  it('is refused when only a backtracking engine could match it', () => {
    expect(() => compileSchema({ type: 'string', pattern: '^(?=a)' })).toThrow('invalid or unsupported Perl syntax');
  });

  it("is matched by JavaScript's engine when somebody has read it", () => {
    const validate = compileSchema({ type: 'string', pattern: trustedPattern('^(?=ab)a') });

    expect([validate('ab'), validate('ac')]).toMatchObject([[], [{ keyword: 'pattern' }]]);
  });

  it('is told apart from another in the same schema', () => {
    const validate = compileSchema({ type: 'string', allOf: [{ pattern: 'a' }, { pattern: 'b' }] });

    expect([validate('ab'), validate('a'), validate('b')]).toMatchObject([[], [{}], [{}]]);
  });
});
