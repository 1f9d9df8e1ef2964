import type { EngineLaunch } from '#lib/engines/engine';
import { DRAIN_SECONDS } from '#lib/engines/drain';
import { commandLineName } from '#lib/engines/launch-names';
import {
  VLLM_CONTAINER,
  VLLM_IMAGE,
  vllmLastFlags,
  VLLM_PORT,
  VLLM_RELEASE,
  VLLM_SETTINGS,
} from '#lib/engines/vllm-container';
import { vllmOnSagemaker } from '#lib/engines/vllm-sagemaker';

/** A model that only reads: it makes a vector of a text, or a score of a query and a text. */
export interface ReaderSlot {
  /** Repository or mounted path of the weights. */
  readonly weights: string;
  /** Name under which clients ask for the model. */
  readonly servedName: string;
  /** Longest text. */
  readonly contextTokens: number;
}

/** Longer chunks say too little each; a shorter limit keeps the memory of a batch small. */
const LONGEST_TEXT_TOKENS = 8_192;

/**
 * On a GPU: vLLM in its pooling mode, in the image that serves the language model. Answers `/v1/embeddings` for an
 * embedding model, `/rerank` and `/score` for a reranker, and `/invocations` for both on SageMaker.
 */
export function gpuReaderLaunch(slot: ReaderSlot): EngineLaunch {
  const args = [
    commandLineName('retrieval.model', slot.weights),
    '--served-model-name',
    commandLineName('retrieval.model', slot.servedName),
    '--port',
    String(VLLM_PORT),
    '--runner',
    'pooling',
    '--max-model-len',
    String(Math.min(LONGEST_TEXT_TOKENS, slot.contextTokens)),
    ...vllmLastFlags(DRAIN_SECONDS),
  ];
  const sagemaker = vllmOnSagemaker(VLLM_RELEASE, args, VLLM_SETTINGS);
  return {
    ...VLLM_CONTAINER,
    drainSeconds: DRAIN_SECONDS,
    image: { repository: VLLM_IMAGE, tag: VLLM_RELEASE },
    args,
    ...(sagemaker === undefined ? {} : { sagemaker }),
  };
}

const CPU_PORT = 8080;
const CACHE = '/weights';

/**
 * On CPUs: Hugging Face's text-embeddings-inference, which runs the ONNX file of the repository in 32 bits. Answers
 * `/v1/embeddings` for an embedding model and `/rerank` for a reranker.
 */
export function cpuReaderLaunch(slot: ReaderSlot, vcpus: number): EngineLaunch {
  return {
    image: { repository: 'ghcr.io/huggingface/text-embeddings-inference', tag: 'cpu-1.9.3' },
    args: [
      '--model-id',
      commandLineName('retrieval.model', slot.weights),
      '--served-model-name',
      commandLineName('retrieval.model', slot.servedName),
      '--port',
      String(CPU_PORT),
      '--max-client-batch-size',
      '128',
      '--json-output',
    ],
    environment: {
      HOME: '/home/tei',
      // The image keeps it where only root may write.
      HUGGINGFACE_HUB_CACHE: CACHE,
      // The image asks for eight threads whatever it may use.
      RAYON_NUM_THREADS: String(Math.max(1, Math.floor(vcpus))),
      OMP_NUM_THREADS: String(Math.max(1, Math.floor(vcpus))),
    },
    files: [],
    port: CPU_PORT,
    metricsPort: CPU_PORT,
    // It listens once the model is loaded and has answered itself.
    startupPath: '/health',
    readinessPath: '/health',
    livenessPath: '/health',
    user: { uid: 1000, gid: 1000, home: '/home/tei', name: 'tei' },
    drainSeconds: 30,
    waitingMetric: 'te_queue_size',
  };
}
