import { GROUPS, type Group, type State } from '#lib/preflight/requirement';

/** One requirement with what was found. */
export interface Check {
  readonly id: string;
  readonly group: Group;
  readonly subject: string;
  readonly state: State;
  readonly text: string;
  /** `null` where nothing needs mending. */
  readonly fix: string | null;
}

/** `landfall/preflight/v1`: what has to be true before a deployment, and whether it is. */
export interface Preflight {
  readonly schema: 'landfall/preflight/v1';
  readonly environment: string;
  readonly checkedAt: string;
  /** Nobody but this machine was asked. */
  readonly offline: boolean;
  readonly deployments: readonly {
    readonly scenario: string;
    readonly option: string;
    readonly target: string;
    readonly region: string | null;
  }[];
  readonly checks: readonly Check[];
  readonly counts: Readonly<Record<State, number>>;
}

export function inOrder(checks: readonly Check[]): Check[] {
  return GROUPS.flatMap((group) => checks.filter((check) => check.group === group));
}
