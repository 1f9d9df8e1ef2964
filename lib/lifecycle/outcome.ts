/** What became of one stack in an apply. */
export interface StackOutcome {
  readonly stack: string;
  /** `unchanged`: nothing was to be done, or an earlier apply had done it. */
  readonly result: 'applied' | 'unchanged' | 'failed' | 'not-reached';
  /** Resources that were touched. */
  readonly resources: number;
  readonly seconds: number;
  /** Why it failed, in the words of the tool that said so. */
  readonly reason: string | null;
}

/** `landfall/apply-result/v1`. */
export interface ApplyResult {
  readonly schema: 'landfall/apply-result/v1';
  readonly bundle: string;
  readonly environment: string;
  readonly stacks: readonly StackOutcome[];
  readonly isComplete: boolean;
}

export function applyResult(
  bundle: { readonly sha256: string; readonly environment: string },
  stacks: readonly StackOutcome[],
): ApplyResult {
  return {
    schema: 'landfall/apply-result/v1',
    bundle: bundle.sha256,
    environment: bundle.environment,
    stacks,
    isComplete: stacks.every(({ result }) => result === 'applied' || result === 'unchanged'),
  };
}
