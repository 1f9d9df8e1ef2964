import { isList, own } from '#lib/artifacts/json';
import type { Precision } from '#lib/catalog/precision';
import {
  containerWords,
  flagValue,
  hasFlag,
  wordAfter,
  type ContainerWords,
} from '#lib/cost/kubernetes/container-words';

/** A model that a pod serves, by what its container is started with. */
export interface ServedModel {
  readonly engine: string;
  /** As the container is given it: a repository, a path, a name. */
  readonly name: string;
  /** Format of the weights that flags or the name state; `null`: the model's own. */
  readonly precision: Precision | null;
  /** GPUs that the weights are split over: tensor × pipeline. `null` where nothing says: all of a pod. */
  readonly shards: number | null;
  /** Copies whose experts are split over all of them: data parallelism with expert parallelism. 1 without. */
  readonly expertCopies: number;
  /** Longest text in tokens that was asked for; `null` where nothing says. */
  readonly contextTokens: number | null;
}

interface Engine {
  readonly name: string;
  /** Of an image or a command. */
  readonly sign: RegExp;
  readonly model: (container: ContainerWords) => string | null;
  /** Names of flags and variables that say over how many GPUs. */
  readonly tensor?: readonly string[];
}

const flagOr =
  (flags: readonly string[], variables: readonly string[], ...before: readonly string[]) =>
  ({ words, env }: ContainerWords): string | null =>
    flagValue(words, ...flags) ??
    wordAfter(words, before) ??
    variables.map((name) => env.get(name)).find((value) => value !== undefined) ??
    null;

/** By their own documentation of flags and variables; the first whose sign is in the container is it. */
const ENGINES: readonly Engine[] = [
  {
    name: 'NIM',
    sign: /nvcr\.io\/nim\//,
    // `nvcr.io/nim/meta/llama-3.1-8b-instruct:1.3.3`: the image is made for the model.
    model: ({ image, env }) =>
      env.get('NIM_MODEL_NAME') ?? /nvcr\.io\/nim\/([\w.-]+\/[\w.-]+)/.exec(image)?.[1] ?? null,
    tensor: ['NIM_TENSOR_PARALLEL_SIZE'],
  },
  {
    name: 'TGI',
    sign: /text-generation-(?:inference|launcher)|tgi-inference/,
    model: flagOr(['--model-id'], ['MODEL_ID', 'HF_MODEL_ID']),
    tensor: ['--num-shard', 'NUM_SHARD', 'SM_NUM_GPUS'],
  },
  {
    name: 'TEI',
    sign: /text-embeddings-(?:inference|router)/,
    model: flagOr(['--model-id'], ['MODEL_ID', 'HF_MODEL_ID']),
  },
  {
    name: 'SGLang',
    sign: /sglang/,
    model: flagOr(['--model-path', '--model'], ['SM_SGLANG_MODEL_PATH', 'MODEL_PATH', 'MODEL_ID']),
  },
  {
    name: 'TensorRT-LLM',
    sign: /trtllm|tensorrt-?llm/i,
    model: flagOr(['--model-path', '--model'], ['MODEL_PATH', 'MODEL'], 'serve', 'trtllm-serve'),
  },
  {
    name: 'DJL',
    sign: /djl-(?:serving|inference)/,
    model: flagOr([], ['HF_MODEL_ID', 'OPTION_MODEL_ID']),
    tensor: ['OPTION_TENSOR_PARALLEL_DEGREE', 'TENSOR_PARALLEL_DEGREE'],
  },
  {
    name: 'vLLM',
    sign: /vllm|ray-llm/i,
    model: (container) =>
      flagOr(['--model'], [], 'serve')(container) ??
      firstArgument(container) ??
      flagOr([], ['SM_VLLM_MODEL', 'MODEL_ID', 'MODEL_NAME', 'MODEL'])(container),
  },
  {
    name: 'KServe',
    sign: /huggingfaceserver/,
    model: flagOr(['--model-id', '--model-dir', '--model-name'], ['MODEL_ID', 'STORAGE_URI']),
  },
];

const TENSOR = ['--tensor-parallel-size', '--tp', '--tp-size', '-tp', 'TENSOR_PARALLEL_SIZE'];
const PIPELINE = ['--pipeline-parallel-size', '--pp', '--pp-size', '-pp', 'NIM_PIPELINE_PARALLEL_SIZE'];
const DATA = ['--data-parallel-size', '--dp', '--dp-size', '-dp'];
const CONTEXT = ['--max-model-len', '--context-length', '--max-seq-len', '--max-total-tokens', 'MAX_TOTAL_TOKENS', 'MAX_MODEL_LEN', 'NIM_MAX_MODEL_LEN', 'OPTION_MAX_MODEL_LEN']; // prettier-ignore
const FORMAT = ['--quantization', '-q', '--quantize', 'QUANTIZE', 'OPTION_QUANTIZE'];

/** The first container of a pod that serves a model, and with what; `null` where none is known to. */
export function modelServer(pod: unknown): ServedModel | null {
  const containers = own(pod, 'containers');
  for (const container of isList(containers) ? containers : []) {
    const started = containerWords(container);
    const engine = ENGINES.find(({ sign }) =>
      [started.image, ...started.words].some((word) => sign.test(word)),
    );
    const name =
      engine
        ?.model(started)
        ?.replace(/^\w+:\/\//, '')
        .replace(/\/+$/, '') ?? '';
    if (engine !== undefined && name !== '') return served(engine, name, started);
  }
  return null;
}

function served(
  { name: engine, tensor: own = [] }: Engine,
  name: string,
  started: ContainerWords,
): ServedModel {
  const stated = (names: readonly string[]): string | null =>
    flagValue(started.words, ...names) ??
    names.map((each) => started.env.get(each)).find((value) => value !== undefined) ??
    null;
  const number = (names: readonly string[]): number | null => {
    const value = Number(stated(names) ?? Number.NaN);
    return Number.isInteger(value) && value >= 1 ? value : null;
  };
  const tensor = number([...TENSOR, ...own]);
  const areExpertsSplit = hasFlag(started.words, '--enable-expert-parallel');
  return {
    engine,
    name,
    precision: formatOf(stated(FORMAT) ?? '') ?? formatOf(name),
    shards: tensor === null ? null : tensor * (number(PIPELINE) ?? 1),
    expertCopies: areExpertsSplit ? (number(DATA) ?? 1) : 1,
    contextTokens: number(CONTEXT),
  };
}

/** `vllm/vllm-openai` takes the model as its first argument. */
function firstArgument({ words }: ContainerWords): string | null {
  const [first] = words;
  return first !== undefined && /^[\w.-]+\/[\w./-]+$/.test(first) && !/^\/(?:bin|usr)\//.test(first)
    ? first
    : null;
}

/** Marks of a format in a flag or in the name of a checkpoint; the first that fits. */
const FORMATS: readonly (readonly [RegExp, Precision])[] = [
  [/nvfp4|mxfp4|fp4/, 'fp4'],
  [/fp8/, 'fp8'],
  [/int8|w8a8|w8a16|eetq/, 'int8'],
  // 8 bits of TGI's, 4 of vLLM's: the fewer, since what fits must not be left out.
  [/int4|w4a16|awq|gptq|4bit|bnb|nf4|bitsandbytes/, 'int4'],
  [/bf16|fp16/, 'bf16'],
];

function formatOf(text: string): Precision | null {
  return FORMATS.find(([mark]) => mark.test(text.toLowerCase()))?.[1] ?? null;
}
