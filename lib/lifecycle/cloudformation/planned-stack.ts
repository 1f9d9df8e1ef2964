import type { JsonObject } from '#lib/artifacts/json';
import { fullAddress, type Change, type LiveState, type PlannedStack } from '#lib/lifecycle/change';
import { changeDangers } from '#lib/lifecycle/change-dangers';
import { changedPaths, same } from '#lib/lifecycle/changed-paths';
import type { AssemblyStack } from '#lib/lifecycle/cloudformation/assembly-stacks';
import { broadenings } from '#lib/lifecycle/cloudformation/broadening';
import {
  asGivenBack,
  templateChanges,
  type Replacements,
} from '#lib/lifecycle/cloudformation/template-changes';
import type { LiveDanger } from '#lib/lifecycle/danger';
import { digestOf } from '#lib/lifecycle/digest';

/** A stack as it stands in an account. */
export interface StandingStack {
  readonly template: JsonObject;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
}

/** A stack with what its deployment may do. */
export interface Planned {
  readonly planned: PlannedStack;
  readonly dangers: readonly LiveDanger[];
}

/** Knows CloudFormation's types: which differences replace a resource. */
export type ReplacementsOf = (before: JsonObject, after: JsonObject) => Replacements;

/**
 * What deploying a stack of an assembly would do.
 *
 * @param standing - What stands under its name; `null` for nothing, `undefined` where nobody looked
 */
export function plannedStack(
  stack: AssemblyStack,
  standing: StandingStack | null | undefined,
  replacementsOf: ReplacementsOf,
): Planned {
  const after = asGivenBack(stack.template);
  const before = standing === null || standing === undefined ? null : asGivenBack(standing.template);
  const replacements = before === null ? new Map<string, never>() : replacementsOf(before, after);
  const own = standing === null || standing === undefined ? [] : stackChanges(stack, standing);
  const planned: PlannedStack = {
    stack: stack.stackName,
    provisioner: 'cdk',
    region: stack.region,
    artifactSha256: stack.sha256,
    live: liveOf(standing),
    plannedAfter: [],
    changes: [...own, ...templateChanges(before, after, replacements)],
  };
  const unprotected = own.some(({ address }) => address === PROTECTION) && !stack.terminationProtection;
  const opened: LiveDanger[] = unprotected
    ? [
        {
          class: 'broadening',
          address: fullAddress(planned, { address: PROTECTION }),
          type: OF_STACK,
          because: 'the stack is no longer protected from deletion',
        },
      ]
    : [];
  return {
    planned,
    dangers: [...changeDangers(planned), ...opened, ...broadenings(stack.stackName, before, after)],
  };
}

/** What identifies the state that was looked at: two looks at an unmoved stack give the same. */
export function liveOf(standing: StandingStack | null | undefined): LiveState {
  if (standing === undefined) return { kind: 'unknown' };
  if (standing === null) return { kind: 'absent' };
  const { template, tags, terminationProtection } = standing;
  return {
    kind: 'template',
    sha256: digestOf({ template: asGivenBack(template), tags, terminationProtection }),
  };
}

const OF_STACK = 'stack';
const PROTECTION = 'Stack.TerminationProtection';

/** What CloudFormation keeps of a stack outside of its template. */
function stackChanges(stack: AssemblyStack, standing: StandingStack): Change[] {
  const rows: [string, unknown, unknown][] = [
    ['Stack.Tags', standing.tags, stack.tags],
    [PROTECTION, standing.terminationProtection, stack.terminationProtection],
  ];
  return rows
    .filter(([, before, after]) => !same(before, after))
    .map(([address, before, after]) => ({
      address,
      type: OF_STACK,
      action: 'update',
      paths: changedPaths({ Value: before }, { Value: after }),
      keeps: null,
    }));
}
