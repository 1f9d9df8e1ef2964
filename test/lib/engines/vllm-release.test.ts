import { describe, expect, it } from 'vitest';
import { engines } from '#lib/engines/index';
import { countsLoading } from '#lib/engines/vllm-release';

describe('releases of vLLM', () => {
  it.each(['v0.10.2', 'v0.11.0', '0.11.1', 'v0.9', 'v0.11.1rc7'])('count loading: %s', (tag) => {
    expect(countsLoading(tag)).toBe(true);
  });

  it.each(['v0.11.2', 'v0.12.0', 'v0.26.0', 'v1.0.0', 'v0.26.0-cu130', 'gptoss'])('do not: %s', (tag) => {
    expect(countsLoading(tag)).toBe(false);
  });

  it('are those of the image that the knobs name; Triton says nothing of its own', () => {
    expect(engines.get('vllm').countsLoading({ imageTag: 'v0.11.0' })).toBe(true);
    expect(engines.get('vllm').countsLoading({})).toBe(false);
    expect(engines.get('triton').countsLoading({})).toBe(false);
  });
});
