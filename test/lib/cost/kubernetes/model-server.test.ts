import { describe, expect, it } from 'vitest';
import { modelServer } from '#lib/cost/kubernetes/model-server';

const pod = (container: object) => ({ containers: [{ image: 'busybox' }, container] });
const env = (variables: Readonly<Record<string, string>>) =>
  Object.entries(variables).map(([name, value]) => ({ name, value }));

/** As their own guides write the containers. */
const CONTAINERS: readonly (readonly [string, object, object])[] = [
  [
    'vLLM by its image and arguments',
    {
      image: 'vllm/vllm-openai:v0.11.0',
      args: ['--model', 'Qwen/Qwen3-32B', '--tensor-parallel-size=4', '--max-model-len', '16384'],
    },
    { engine: 'vLLM', name: 'Qwen/Qwen3-32B', shards: 4, contextTokens: 16384, precision: null },
  ],
  [
    'vLLM by a script, with variables and a quantisation',
    {
      image: 'vllm/vllm-openai',
      command: ['/bin/sh', '-c'],
      args: [
        'exec vllm serve "$(MODEL)" \\\n  --tensor_parallel_size $TP --pipeline-parallel-size 2 --quantization fp8',
      ],
      env: env({ MODEL: 'meta-llama/Llama-3.1-70B-Instruct', TP: '8' }),
    },
    { engine: 'vLLM', name: 'meta-llama/Llama-3.1-70B-Instruct', shards: 16, precision: 'fp8' },
  ],
  [
    'vLLM by its first argument, of a checkpoint whose name states the format',
    { image: 'public.ecr.aws/x/vllm', args: ['Qwen/Qwen3-32B-AWQ'] },
    { name: 'Qwen/Qwen3-32B-AWQ', precision: 'int4', shards: null },
  ],
  [
    'vLLM with experts over all copies',
    {
      image: 'vllm/vllm-openai',
      args: [
        'vllm',
        'serve',
        'deepseek-ai/DeepSeek-R1',
        '--data-parallel-size',
        '16',
        '--tensor-parallel-size',
        '1',
        '--enable-expert-parallel',
      ],
    },
    { shards: 1, expertCopies: 16 },
  ],
  [
    'SGLang',
    {
      image: 'lmsysorg/sglang',
      command: ['python3', '-m', 'sglang.launch_server', '--model-path', '/models/DeepSeek-R1', '--tp', '8'],
    },
    { engine: 'SGLang', name: '/models/DeepSeek-R1', shards: 8 },
  ],
  [
    'TGI by its variables',
    {
      image: 'ghcr.io/huggingface/text-generation-inference:3',
      env: env({ MODEL_ID: 'mistralai/Mixtral-8x7B-Instruct-v0.1', NUM_SHARD: '2', QUANTIZE: 'gptq' }),
    },
    { engine: 'TGI', name: 'mistralai/Mixtral-8x7B-Instruct-v0.1', shards: 2, precision: 'int4' },
  ],
  [
    'TensorRT-LLM',
    {
      image: 'nvcr.io/nvidia/tensorrt-llm/release',
      command: ['trtllm-serve', 'nvidia/Llama-3.1-8B-Instruct-FP8', '--tp_size', '2'],
    },
    { engine: 'TensorRT-LLM', name: 'nvidia/Llama-3.1-8B-Instruct-FP8', shards: 2, precision: 'fp8' },
  ],
  [
    'NIM by its image',
    { image: 'nvcr.io/nim/meta/llama-3.1-70b-instruct:1.3.3' },
    { engine: 'NIM', name: 'meta/llama-3.1-70b-instruct', shards: null },
  ],
  [
    'KServe by the place of its weights',
    {
      image: 'kserve/huggingfaceserver:latest',
      args: ['--model_name=chat', '--model_id=meta-llama/Llama-3.1-8B-Instruct'],
    },
    { engine: 'KServe', name: 'meta-llama/Llama-3.1-8B-Instruct' },
  ],
];

describe('what a pod serves', () => {
  it.each(CONTAINERS)('is known of %s', (_, container, served) => {
    expect(modelServer(pod(container))).toMatchObject(served);
  });

  it.each([
    ['another program', { image: 'nginx', args: ['--model', 'Qwen/Qwen3-32B'] }],
    [
      'a server whose model stands in a file',
      { image: 'vllm/vllm-openai', args: ['--config', '/etc/vllm.yaml'] },
    ],
    ['no container at all', null],
  ])('is not known of %s', (_, container) => {
    expect(modelServer(container === null ? {} : pod(container))).toBeNull();
  });

  it('is split as often as nobody knows where a variable is not written', () => {
    const args = ['vllm serve Qwen/Qwen3-32B --tensor-parallel-size $(GPUS)'];
    expect(modelServer(pod({ image: 'vllm/vllm-openai', args }))).toMatchObject({ shards: null });
  });
});
