import { describe, expect, it } from 'vitest';
import { vllmOnSagemaker } from '#lib/engines/vllm-sagemaker';

const variables = (...args: string[]) => vllmOnSagemaker('v0.26.0', args, {})?.environment;

describe('vllmOnSagemaker', () => {
  it('turns a flag with a value into a variable', () => {
    expect(variables('org/model', '--max-model-len', '8192')).toEqual({
      SM_VLLM_MODEL: 'org/model',
      SM_VLLM_MAX_MODEL_LEN: '8192',
    });
  });

  it('turns a bare flag into true, also a negated one', () => {
    expect(variables('org/model', '--no-enable-prefix-caching', '--enforce-eager')).toMatchObject({
      SM_VLLM_NO_ENABLE_PREFIX_CACHING: 'true',
      SM_VLLM_ENFORCE_EAGER: 'true',
    });
  });

  it('leaves the port to the image', () => {
    expect(variables('org/model', '--port', '8000')).toEqual({ SM_VLLM_MODEL: 'org/model' });
  });

  it('has no launch for a release of which AWS has no image', () => {
    expect(vllmOnSagemaker('v0.25.1', ['org/model'], {})).toBeUndefined();
  });
});
