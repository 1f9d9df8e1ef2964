import { stepKernels, type KernelLayout, type StepKernels } from '#lib/sizing/kernels/step-kernels';
import type { KernelHardware } from '#lib/sizing/kernels/operators';

/** A load that repeats: every running sequence produces its tokens while its successors' prompts are computed. */
export interface CycleWork {
  /** Running sequences of one pipeline stage. */
  readonly sequences: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Share of the input whose prefill is skipped. */
  readonly cachedShare: number;
  /** True where all prompts arrive at once and steps are filled with them. */
  readonly isBacklog: boolean;
  /** True where the engine computes prompts in steps of their own. */
  readonly prefillsAlone: boolean;
  /** Tokens of one step's prefill, each attention group. */
  readonly stepTokens: number;
  /** Tokens that a step computes of each running sequence: drafted ones and one more. @default - 1 */
  readonly verifiedTokens?: number;
}

/** Kernel seconds of both kinds of step, and how often each occurs in a cycle. */
export interface Cycle {
  readonly decode: StepKernels;
  readonly mixed: StepKernels;
  /** A decode step of that many sequences more, of which attention does not count; `null` where each gets one token. */
  readonly verifying: StepKernels | null;
  readonly sequences: number;
  readonly outputTokens: number;
  /** Tokens of a prompt, computed or found in the cache. */
  readonly inputTokens: number;
  /** Tokens of a prompt that are computed. */
  readonly promptTokens: number;
  readonly prefillTokensPerStep: number;
  /** Sequences that decode in a mixed step. */
  readonly mixedSequences: number;
  readonly mixedSteps: number;
  readonly decodeSteps: number;
}

/** Splits a load into steps and adds up the operators of each kind of step. */
export function cycleOf(hardware: KernelHardware, layout: KernelLayout, work: CycleWork): Cycle {
  const { sequences, outputTokens, verifiedTokens = 1 } = work;
  const promptTokens = Math.max(1, work.inputTokens * (1 - work.cachedShare));
  const contextTokens = work.inputTokens + outputTokens / 2;
  const chunk = work.stepTokens * layout.attentionData;
  const wanted = work.isBacklog
    ? sequences * promptTokens
    : Math.max(promptTokens, (sequences * promptTokens) / outputTokens);
  const prefillTokens = Math.max(1, Math.min(chunk, wanted));
  const mixedSteps = (sequences * promptTokens) / prefillTokens;
  const isSingle = sequences * layout.stages <= 1;
  const mixedSequences =
    work.prefillsAlone || isSingle ? 0 : Math.min(sequences, (sequences * outputTokens) / mixedSteps);
  const cachedTokens = work.inputTokens * work.cachedShare;
  const step = (decoding: number, computed: number) =>
    stepKernels(hardware, layout, {
      sequences: decoding,
      contextTokens,
      prefillTokens: computed,
      promptTokens,
      cachedTokens,
    });
  return {
    decode: step(sequences, 0),
    mixed: step(mixedSequences, prefillTokens),
    verifying: verifiedTokens === 1 ? null : step(sequences * verifiedTokens, 0),
    sequences,
    outputTokens,
    inputTokens: work.inputTokens,
    promptTokens,
    prefillTokensPerStep: prefillTokens,
    mixedSequences,
    mixedSteps,
    decodeSteps: work.prefillsAlone || isSingle ? outputTokens : Math.max(0, outputTokens - mixedSteps),
  };
}
