import { describe, expect, it } from '@jest/globals';
import { qualifiedName } from '../../../src/definition/model-definition.js';

describe('qualifiedName', () => {
  it('is the app, a dot and the name, as they were written', () => {
    expect(qualifiedName({ app: 'music', name: 'MediaType' })).toBe('music.MediaType');
  });
});
