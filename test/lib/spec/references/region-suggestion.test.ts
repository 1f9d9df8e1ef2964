import { describe, expect, it } from 'vitest';
import { regionSuggestion } from '#lib/spec/references/region-suggestion';

const regions = ['us-east-1', 'us-west-1', 'eu-north-1', 'cn-north-1'];

describe('the region that may have been meant', () => {
  it('is the nearest by its spelling', () => {
    expect(regionSuggestion('us-est-1', regions)).toContain('did you mean "us-east-1"');
    expect(regionSuggestion('cn-noth-1', regions)).toBe('did you mean "cn-north-1"?');
  });

  it('is never one of another partition, however near', () => {
    expect(regionSuggestion('us-gov-west-1', regions)).toBe(
      'it has none in any region of us-gov; those that it has are of another partition (us-east-1, us-west-1, eu-north-1, …)',
    );
    expect(regionSuggestion('cn-north-1', ['eu-north-1'])).not.toContain('did you mean');
    expect(regionSuggestion('eu-north-9', regions)).not.toContain('cn-north-1');
  });
});
