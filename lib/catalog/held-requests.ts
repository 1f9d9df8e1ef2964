/**
 * A publisher's launch flag that keeps a request from being scheduled for some steps: an engine that looks for new requests
 * every few steps, or waits for more prompts before it computes them. What is not named holds for any.
 */
export interface HeldRequests {
  readonly id: string;
  readonly publisher: 'inferencex';
  readonly engine: string;
  readonly model: string;
  readonly gpu?: string;
  readonly precision?: string;
  readonly engineVersion?: string;
  /** As the publisher names the lengths. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly gpusBelow?: number;
  readonly inAttentionGroups?: boolean;
  /** As written in the launch script. */
  readonly flag: string;
  /**
   * From each concurrency on, ascending: steps that a request is held for. An interval of N is N − 1 of them; balanced
   * attention groups start as soon as each has a prompt, half of their limit on average.
   */
  readonly steps: readonly (readonly [fromConcurrency: number, steps: number])[];
  readonly source: string;
}

/** What decides whether a flag was set. */
export interface HeldRun {
  readonly engine: string;
  readonly model: string;
  readonly gpu: string;
  readonly gpus: number;
  readonly precision: string;
  readonly engineVersion?: string;
  /** As the publisher names the lengths. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly attentionData: number;
  readonly concurrency: number | null;
}

/** Steps for which the server of a publisher's run held each request back: of the flag that says most of it, 0 without one. */
export function heldSteps(run: HeldRun, flags: readonly HeldRequests[]): number {
  const { concurrency } = run;
  const [flag] = flags.filter((each) => fits(run, each)).toSorted((a, b) => conditions(b) - conditions(a));
  if (flag === undefined || concurrency === null) return 0;
  return flag.steps.findLast(([from]) => concurrency >= from)?.[1] ?? 0;
}

/** How much a flag says of the runs that it holds for. */
function conditions(flag: HeldRequests): number {
  return Object.keys(flag).length;
}

const SAME = ['engine', 'model', 'gpu', 'precision', 'engineVersion'] as const;
const LENGTHS = ['inputTokens', 'outputTokens'] as const;

function fits(run: HeldRun, flag: HeldRequests): boolean {
  return (
    SAME.every((field) => flag[field] === undefined || flag[field] === run[field]) &&
    LENGTHS.every((field) => flag[field] === undefined || Math.abs(flag[field] - run[field]) < 1) &&
    run.gpus < (flag.gpusBelow ?? Number.POSITIVE_INFINITY) &&
    (flag.inAttentionGroups !== true || run.attentionData > 1)
  );
}
