import type { Lengths } from '#lib/queueing/lengths';
import type { Server } from '#lib/queueing/server';
import type { OperatingPoint, Predictor, SizingMethod } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { ReplicaShape } from '#lib/sizing/features';

/** Most of a replica's time that may go to prompts; a step keeps some decode. */
const MOST_PROMPT_SHARE = 0.97;
/** Lengths of which nothing is known but the mean spread as those of chat do (Azure LLM inference trace 2023: 0.8–1). */
const USUAL_VARIATION = 1;

type Lengthy = Pick<
  ServingDemand,
  'inputTokens' | 'outputTokens' | 'cachedShare' | 'peakRequestsPerSecond' | 'burstiness'
>;

/**
 * A replica as its queue sees it. With `c` the seconds of one prompt in the cycle of `slots` sequences,
 * `d(B) = B ÷ throughput(B) − B × c ÷ output`: a queue that is always full has the predictor's throughput. What the
 * predictor's first token takes beyond one step with the prompt, at one sequence, is the engine's start.
 */
export function queueServer(
  demand: Lengthy,
  shape: ReplicaShape,
  predictor: Predictor,
  slots: number,
  method: SizingMethod,
): Server {
  const output = demand.outputTokens.mean;
  const computedTokens = Math.max(1, demand.inputTokens.mean * (1 - demand.cachedShare));
  const prompt = promptSeconds(predictor.at(slots), output, shape.pipeline, method);
  const decodeAt = (running: number) => {
    const cycle = running / predictor.at(running).tokensPerSecond;
    // Where answers are a token long a prompt among many may cost more than one alone takes.
    return Math.max((1 - MOST_PROMPT_SHARE) * cycle, cycle - (running * prompt) / output);
  };
  const decodeSeconds = curve(slots, decodeAt);
  const alone = decodeSeconds[1] ?? 0;
  const { burstiness, peakRequestsPerSecond } = demand;
  return {
    decodeSeconds,
    ...(burstiness === undefined ? {} : { stream: { requestsPerSecond: peakRequestsPerSecond, burstiness } }),
    secondsPerPromptToken: prompt / computedTokens,
    chunkTokens: predictor.stepTokens * shape.attentionData,
    startSeconds: Math.max(0, predictor.at(1).ttftMs / 1000 - alone - prompt),
    inputTokens: lengthsOf(computedTokens, demand.inputTokens.variation),
    outputTokens: lengthsOf(output, demand.outputTokens.variation),
  };
}

function lengthsOf(mean: number, variation = USUAL_VARIATION): Lengths {
  return { mean, variation };
}

/** Seconds that a request's prompt adds to the cycle of a stage: of both methods, scaled as their throughput is. */
function promptSeconds(
  { concurrency, tokensPerSecond, kernels, roofline }: OperatingPoint,
  output: number,
  stages: number,
  { kernelConstants }: SizingMethod,
): number {
  const perRequest = output / tokensPerSecond;
  const share = (prompt: number, whole: number) => Math.min(MOST_PROMPT_SHARE, Math.max(0, prompt / whole));
  const byRoofline = share(roofline.step.prefill, output / roofline.tokensPerSecond);
  if (kernels === null) return perRequest * byRoofline;
  const whole = output / kernels.tokensPerSecond;
  const decode = (output * kernels.decodeSeconds) / stages / (concurrency / stages);
  const byKernels = share(whole - decode, whole);
  const weight = kernelConstants.kernelWeight;
  return perRequest * (weight * byKernels + (1 - weight) * byRoofline);
}

/** Places between one sequence and all at which the predictor is asked; it is smooth between them. */
const KNOTS = [0, 1 / 16, 1 / 4, 1 / 2, 1] as const;

/** A curve over 0 … slots through a few of its values, linear between them; it never falls. */
function curve(slots: number, valueAt: (running: number) => number): readonly number[] {
  const knots = [...new Set(KNOTS.map((share) => Math.max(1, Math.round(share * slots))))];
  const values: number[] = [];
  let highest = 0;
  for (const knot of knots) {
    highest = Math.max(highest, valueAt(knot));
    values.push(highest);
  }
  const filled: number[] = [];
  let at = 0;
  for (let running = 0; running <= slots; running += 1) {
    while (at < knots.length - 2 && running > (knots[at + 1] ?? 0)) at += 1;
    const from = knots[at] ?? 1;
    const to = knots[at + 1] ?? from;
    const low = values[at] ?? 0;
    const high = values[at + 1] ?? low;
    const part = to === from ? 0 : Math.max(0, (running - from) / (to - from));
    filled.push(low + part * (high - low));
  }
  return filled;
}
