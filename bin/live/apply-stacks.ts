import { EXIT } from '#bin/command';
import { appliedCdkStack } from '#bin/live/apply-cdk';
import { appliedTerraformStack } from '#bin/live/apply-terraform';
import { cdkCli, type CdkCli } from '#bin/live/cdk-cli';
import { Halted } from '#bin/live/halted';
import type { LookProps, PlannedAssemblies } from '#bin/live/planned-assemblies';
import {
  seenTerraformStack,
  type SeenTerraformStack,
  type TerraformProgram,
} from '#bin/live/terraform-stacks';
import { bundleName, type PlanBundle } from '#lib/lifecycle/bundle';
import { isChanged, type PlannedStack } from '#lib/lifecycle/change';
import type { StackOutcome } from '#lib/lifecycle/outcome';
import { standingOf, type Deviation } from '#lib/lifecycle/remainder';

export interface ApplyProps extends LookProps {
  readonly bundle: PlanBundle;
  readonly patience: NonNullable<LookProps['patience']>;
  /** Milliseconds of a clock, to say how long each took. */
  readonly clockMs: () => number;
}

/**
 * Holds what would be done now against what was reviewed.
 *
 * @throws Halted naming each difference
 */
export function refuseOthers(bundle: PlanBundle, now: readonly PlannedStack[]): void {
  const reviewed = new Map(bundle.stacks.map((stack) => [stack.stack, stack]));
  halt(
    now.flatMap((stack) => {
      const was = reviewed.get(stack.stack);
      if (was === undefined) return [{ address: stack.stack, how: 'appeared' as const, what: 'a stack' }];
      const standing = standingOf(was, stack);
      return standing.kind === 'other' ? standing.deviations : [];
    }),
  );
}

/** @throws Halted where there is any deviation */
export function halt(deviations: readonly Deviation[]): void {
  const problems = deviations.map(({ address, how, what }) => ({
    code: 'PLAN_STALE' as const,
    at: address,
    got: `${how} since: ${what}`,
    expected: 'the change that was reviewed',
    fix: 'plan again, and have it reviewed',
  }));
  const [first, ...rest] = problems;
  if (first !== undefined) throw new Halted(EXIT.stale, [first, ...rest]);
}

/** Deploys stack by stack, until one fails. Nothing is done to a stack that is as it should be. */
export async function applyStacks(planned: PlannedAssemblies, props: ApplyProps): Promise<StackOutcome[]> {
  const steps = [...cdkSteps(planned, props), ...terraformSteps(planned, props)];
  const outcomes: StackOutcome[] = [];
  let isFailed = false;
  for (const [index, { stack, act }] of steps.entries()) {
    if (isFailed) {
      outcomes.push({ stack, result: 'not-reached', resources: 0, seconds: 0, reason: null });
      continue;
    }
    props.patience.progress(`[${index + 1}/${steps.length}] ${stack}`);
    const begun = props.clockMs();
    const { resources, reason } = await act();
    const seconds = Math.round((props.clockMs() - begun) / 100) / 10;
    const result = reason !== null ? 'failed' : resources === 0 ? 'unchanged' : 'applied';
    outcomes.push({ stack, result, resources, seconds: result === 'unchanged' ? 0 : seconds, reason });
    isFailed = reason !== null;
  }
  return outcomes;
}

interface Step {
  readonly stack: string;
  /** How many resources were touched, and why it failed. */
  readonly act: () => Promise<{ readonly resources: number; readonly reason: string | null }>;
}

const NOTHING = { resources: 0, reason: null } as const;

function cdkSteps(
  { cdk, session }: PlannedAssemblies,
  { bundle, patience, surroundings }: ApplyProps,
): Step[] {
  let cli: CdkCli | undefined;
  return cdk.flatMap(({ assembly, stacks }) =>
    stacks.map((seen) => ({
      stack: seen.planned.stack,
      act: async () => {
        if (!isChanged(seen.planned) || session === null) return NOTHING;
        cli ??= cdkCli(surroundings.variables ?? {});
        const { folder } = assembly;
        const reason = await appliedCdkStack(seen, {
          folder,
          session,
          cli,
          bundle: bundleName(bundle),
          patience,
        });
        return { resources: seen.planned.changes.length, reason };
      },
    })),
  );
}

function terraformSteps({ terraform }: PlannedAssemblies, props: ApplyProps): Step[] {
  return terraform.flatMap(({ stacks }) =>
    stacks.map((seen) => ({
      stack: seen.planned.stack,
      act: async () => {
        const program = props.terraform();
        const asked = seen.planned.plannedAfter.length > 0 ? await askedNow(seen, program, props) : seen;
        if (!isChanged(asked.planned)) return NOTHING;
        const reason = await appliedTerraformStack(asked, program, props.patience.progress);
        return { resources: asked.planned.changes.length, reason };
      },
    })),
  );
}

/** What it waited for stands by now: its plan is asked for, and has to be what was reviewed. */
async function askedNow(
  { stack }: SeenTerraformStack,
  program: TerraformProgram,
  { bundle }: ApplyProps,
): Promise<SeenTerraformStack> {
  const seen = await seenTerraformStack(stack, program, []);
  refuseOthers(bundle, [seen.planned]);
  return seen;
}
