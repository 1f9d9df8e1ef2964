import {
  accountRequirements,
  judgeBootstrap,
  judgeEksCluster,
  judgeIdentity,
} from '#lib/preflight/checks/account';
import { capacityRequirements, judgeOffering, judgeReservation } from '#lib/preflight/checks/capacity';
import {
  judgeCluster,
  judgeDefinition,
  judgeNamespace,
  judgeNodes,
  judgePermission,
  judgeStorage,
} from '#lib/preflight/checks/cluster';
import { clusterRequirements } from '#lib/preflight/checks/cluster-needs';
import { imageRequirements } from '#lib/preflight/checks/images';
import { judgeManagedModel, judgeSecret, modelRequirements } from '#lib/preflight/checks/model';
import { quotaNeeds } from '#lib/preflight/checks/quota-needs';
import { judgeQuota, quotaRequirements } from '#lib/preflight/checks/quotas';
import { judgeLibrary, judgeNode, judgeProgram, toolRequirements } from '#lib/preflight/checks/tools';
import type { PreflightRequest } from '#lib/preflight/deployment';
import { inOrder, type Check, type Preflight } from '#lib/preflight/preflight';
import {
  STATES,
  type Judge,
  type Kind,
  type Reply,
  type Requirement,
  type Verdict,
} from '#lib/preflight/requirement';

/** Everything that has to be true before these deployments, each once; what others hang on stands before them. */
export function requirementsOf(request: PreflightRequest): Requirement[] {
  const all = [
    ...toolRequirements(request),
    ...accountRequirements(request),
    ...quotaRequirements(request, quotaNeeds(request)),
    ...capacityRequirements(request),
    ...clusterRequirements(request),
    ...imageRequirements(request),
    ...modelRequirements(request),
  ];
  return [...new Map(all.toReversed().map((each) => [each.id, each])).values()].toReversed();
}

const JUDGES: { readonly [K in Kind]: Judge<K> } = {
  stated: ({ verdict }) => verdict,
  node: judgeNode,
  library: judgeLibrary,
  program: judgeProgram,
  identity: judgeIdentity,
  bootstrap: judgeBootstrap,
  'eks-cluster': judgeEksCluster,
  quota: judgeQuota,
  offering: judgeOffering,
  reservation: judgeReservation,
  cluster: judgeCluster,
  nodes: judgeNodes,
  definition: judgeDefinition,
  storage: judgeStorage,
  namespace: judgeNamespace,
  permission: judgePermission,
  'managed-model': judgeManagedModel,
  secret: judgeSecret,
};

/** What a reply means. Whoever could not be asked is skipped, never passed. */
export function judged<K extends Kind>({ kind, asks }: Requirement<K>, reply: Reply<K>): Verdict {
  if (reply.state === 'unanswered') return { state: 'skipped', text: reply.why };
  // The kind, what it asks and its answer belong together, which TypeScript cannot tell of a union.
  const judge = JUDGES[kind] as Judge<K>;
  return judge(asks, reply.answer);
}

/**
 * The verdict on a requirement whose needs did not pass: it is skipped, with the reason of the one that stands in its
 * way; `null` where it can be asked.
 */
export function barred(
  { needs }: Requirement,
  verdicts: ReadonlyMap<string, { readonly subject: string; readonly verdict: Verdict }>,
): Verdict | null {
  for (const id of needs) {
    const before = verdicts.get(id);
    if (before === undefined) continue;
    const { subject, verdict } = before;
    if (verdict.state === 'failed')
      return { state: 'skipped', text: `not asked without ${subject}, which failed` };
    if (verdict.state === 'skipped') return { state: 'skipped', text: `not asked without ${subject}` };
    if (verdict.bars === true) return { state: 'skipped', text: verdict.text };
  }
  return null;
}

export function preflightOf(
  request: PreflightRequest & { readonly checkedAt: string; readonly offline: boolean },
  verdicts: readonly { readonly requirement: Requirement; readonly verdict: Verdict }[],
): Preflight {
  const checks = inOrder(
    verdicts.map(({ requirement: { id, group, subject }, verdict: { state, text, fix } }): Check => {
      return { id, group, subject, state, text, fix: fix ?? null };
    }),
  );
  const counts = Object.fromEntries(
    STATES.map((state) => [state, checks.filter((check) => check.state === state).length]),
  ) as Preflight['counts'];
  return {
    schema: 'landfall/preflight/v1',
    environment: request.environment,
    checkedAt: request.checkedAt,
    offline: request.offline,
    deployments: request.deployments.map(({ plan: { scenario, option, target, network } }) => ({
      scenario,
      option,
      target,
      region: network.region,
    })),
    checks,
    counts,
  };
}
