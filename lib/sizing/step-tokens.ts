import { memoryGib, type Accelerator } from '#lib/catalog/accelerators';

/** Engines by what they take a step of, where nobody says otherwise. */
type Engine = 'vllm' | 'trtllm' | 'sglang';

const LARGE_STEP = 8192;
const SMALL_STEP = 2048;
/** vLLM takes large steps on GPUs from this memory on, but for an A100 (`engine/arg_utils.py`). */
const LARGE_GPU_GIB = 70;
/** SGLang's limits (`server_args.py`). */
const SGLANG_STEPS = [
  { belowGib: 35, tokens: SMALL_STEP },
  { belowGib: 60, tokens: 4096 },
] as const;

/** Tokens that one step of an engine is sized with: memory reserves for them, and prompts are computed in pieces of them. */
export function usualStepTokens(engine: string, accelerator: Accelerator): number {
  const gib = memoryGib(accelerator);
  if (engine === 'sglang') return SGLANG_STEPS.find(({ belowGib }) => gib < belowGib)?.tokens ?? LARGE_STEP;
  if (engine !== 'vllm') return LARGE_STEP;
  return gib >= LARGE_GPU_GIB && accelerator.family !== 'ampere' ? LARGE_STEP : SMALL_STEP;
}

/** From this memory on SGLang takes larger steps by itself, which no run that was fitted is known to have had. */
const SGLANG_LARGEST = { fromGib: 160, tokens: 16_384 } as const;

/**
 * Tokens of a step that the engine takes in each attention group where a plan says nothing. SGLang shares its own out to
 * the groups (`server_args.py`); a step of vLLM is that of one group.
 */
export function ownStepTokens(engine: string, accelerator: Accelerator, groups: number): number {
  if (engine !== 'sglang') return usualStepTokens(engine, accelerator);
  const own =
    memoryGib(accelerator) >= SGLANG_LARGEST.fromGib
      ? SGLANG_LARGEST.tokens
      : usualStepTokens(engine, accelerator);
  return Math.floor(own / groups);
}

/** What a step may take of one GPU, GiB; all of it grows with the tokens of the step. */
export interface StepRoom {
  readonly engine: Engine;
  readonly accelerator: Accelerator;
  readonly memoryShare: number;
  /** Of one token: at the base, and the most that it may be. */
  readonly gibPerToken: { readonly base: number; readonly high: number };
  /** Left of the usable memory beside weights, context, exchange and the longest sequence. */
  readonly leftGib: number;
}

/** Steps are told to the engine in multiples of it. */
const STEP_MULTIPLE = 16;

/**
 * vLLM's step, smaller than usual where the usual one would leave no room for the longest sequence, or less for the cache
 * than the small steps of a GPU just below 70 GiB would: more memory then never holds less. Other engines keep theirs.
 */
export function stepTokensThatFit({
  engine,
  accelerator,
  memoryShare,
  gibPerToken,
  leftGib,
}: StepRoom): number {
  const usual = usualStepTokens(engine, accelerator);
  if (engine !== 'vllm' || usual <= SMALL_STEP) return usual;
  const asBelowTheLimit =
    SMALL_STEP + (memoryShare * (memoryGib(accelerator) - LARGE_GPU_GIB)) / gibPerToken.base;
  const forTheLongest = leftGib / gibPerToken.high;
  const most = Math.min(usual, asBelowTheLimit, forTheLongest);
  return Math.max(SMALL_STEP, Math.floor(most / STEP_MULTIPLE) * STEP_MULTIPLE);
}
