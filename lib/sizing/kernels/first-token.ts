import type { KernelConstants } from '#lib/catalog/calibration';
import type { Cycle } from '#lib/sizing/kernels/cycle';

const MICROSECOND = 1e-6;
/** Share of time in steps with prompts beyond which the wait is no longer told apart from overload. */
const MOST_PREFILL_SHARE = 0.97;
/** What a prompt adds to a step is at least this share of it. */
const LEAST_ADDED = 0.1;

/** What a request waits for before its first token, in seconds. */
export interface FirstToken {
  /** Of the engine, whatever the prompt. */
  readonly start: number;
  /** Host, token by token of the prompt. */
  readonly host: number;
  /** Steps until it is scheduled, launch flags that hold it back included. */
  readonly steps: number;
  /** Its own prompt, and others of its length that begin with it. */
  readonly own: number;
  /** Queueing behind other prompts. */
  readonly queue: number;
  /** Prompts of clients that began at once. */
  readonly burst: number;
  /** One of the running sequences to end. */
  readonly memory: number;
}

export interface FirstTokenInput {
  readonly stages: number;
  readonly engine: keyof KernelConstants['engines'];
  /** Clients that wait for one of the running sequences to end, as a multiple of those running. */
  readonly waiting: number;
  /** Steps for which a launch flag holds a request back. */
  readonly heldSteps: number;
  /** True where all requests have one length, so that clients that began at once stay in step. */
  readonly areLengthsEqual: boolean;
}

/** Seconds of one stage. */
export interface StepTimes {
  readonly decode: number;
  readonly mixed: number;
  readonly period: number;
}

/**
 * The time to the first token in a closed loop, all slots taken. Clients that begin at once wait for each other's prompts:
 * lengths that differ drive them apart. Where lengths are equal, an engine that computes prompts in steps of their own
 * keeps them together wave after wave; one that mixes them into decode steps lets them go in small groups.
 */
export function firstTokenOf(
  cycle: Cycle,
  input: FirstTokenInput,
  { decode, mixed, period }: StepTimes,
  { engines, firstToken: factors }: KernelConstants,
): FirstToken {
  const { stages, engine, waiting, heldSteps, areLengthsEqual } = input;
  const { startSeconds, perPromptToken } = engines[engine];
  const step = mixed * stages;
  const own = Math.max(cycle.promptTokens / cycle.prefillTokensPerStep, 1) * step;
  const busy = Math.min(MOST_PREFILL_SHARE, Math.max(0, (cycle.mixedSteps * mixed) / period));
  const others = Math.max(0, cycle.sequences * stages - 1);
  // A step of prompts alone has no decode in it.
  const added = engine === 'sglang' ? step : Math.max(step - decode * stages, LEAST_ADDED * step);
  const inWaves = areLengthsEqual && engine === 'sglang';
  const inGroups = areLengthsEqual && engine === 'trtllm' && others > 0;
  return {
    start: startSeconds,
    host: perPromptToken * MICROSECOND * cycle.inputTokens,
    steps: (factors.steps + factors.held * heldSteps) * decode * stages,
    own: own * (1 + (inGroups ? factors.group : 0)),
    queue: (own * factors.queue * busy) / (1 - busy),
    burst: (inWaves ? factors.waves : factors.burst) * others * added,
    memory: factors.memory * waiting * period * stages,
  };
}

export function secondsOf({ start, host, steps, own, queue, burst, memory }: FirstToken): number {
  return start + host + steps + own + queue + burst + memory;
}
