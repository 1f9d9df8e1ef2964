import type { Server } from '#lib/queueing/server';
import { slotsOf } from '#lib/queueing/server';

/** Steps as the sizing sees them: Llama 3.1 70B on two H100, 8B on one L40S, and one whose weights hide the multiply. */
const STEPS = {
  'two H100': { decode: (running: number) => 0.0165 + 0.000_105 * running, promptToken: 74e-6 },
  'one L40S': { decode: (running: number) => 0.0119 + 0.000_22 * running, promptToken: 42e-6 },
  roofline: { decode: (running: number) => 0.002 + Math.max(0.012, 0.000_12 * running), promptToken: 50e-6 },
} as const;

/** Loads by slots and lengths: mean and variation of prompts, then of answers. */
const LOADS = {
  chat: { slots: 64, input: [1155, 1], output: [211, 0.8] },
  'chat in many slots': { slots: 200, input: [1155, 1], output: [211, 0.8] },
  retrieval: { slots: 48, input: [4355, 0.5], output: [211, 0.8] },
  reasoning: { slots: 96, input: [500, 1], output: [1000, 1] },
  'few slots': { slots: 8, input: [500, 1], output: [300, 0.8] },
} as const;

export type StepsName = keyof typeof STEPS;
export type LoadName = keyof typeof LOADS;
export const STEPS_NAMES = ['two H100', 'one L40S', 'roofline'] as const satisfies readonly StepsName[];
export const LOAD_NAMES = [
  'chat',
  'chat in many slots',
  'retrieval',
  'reasoning',
  'few slots',
] as const satisfies readonly LoadName[];

export function serverOf(steps: StepsName, load: LoadName): Server {
  const { decode, promptToken } = STEPS[steps];
  const { slots, input, output } = LOADS[load];
  return {
    decodeSeconds: Array.from({ length: slots + 1 }, (_, running) => decode(running)),
    secondsPerPromptToken: promptToken,
    chunkTokens: 8192,
    startSeconds: 0,
    inputTokens: { mean: input[0], variation: input[1] },
    outputTokens: { mean: output[0], variation: output[1] },
  };
}

/** Requests per second that all slots together finish when none is ever free: `slots ÷ (output × d + slots × prompt)`. */
export function closedLoopRate(server: Server): number {
  const slots = slotsOf(server);
  const decode = server.outputTokens.mean * (server.decodeSeconds[slots] ?? 0);
  return slots / (decode + slots * server.inputTokens.mean * server.secondsPerPromptToken);
}
