import { LandfallError } from '#lib/errors/landfall-error';
import type { ClusterPlan, NodePool, Plan } from '#lib/plan/plan';

/** Members of etcd: a majority of three survives the loss of one. */
const CONTROL_PLANE_HOSTS = 3;

/** Servers that are set up alike. */
export interface HostGroup {
  readonly id: string;
  readonly role: 'control-plane' | 'worker';
  /** The plan's pool that the servers belong to. */
  readonly nodePool: string;
  readonly hosts: number;
  readonly gpus: boolean;
  readonly architecture: NodePool['architecture'];
  /** Profile into which the MIG manager cuts every GPU. @default - whole GPUs */
  readonly gpuSlices?: string;
}

/** The part of a plan that owned servers and the cluster on them are transcribed from. */
export interface MetalSlice {
  readonly environment: string;
  readonly option: string;
  readonly cluster: ClusterPlan;
  /** The control plane first. */
  readonly groups: readonly [HostGroup, ...HostGroup[]];
}

/**
 * Takes the slice out of a plan. The CPU hosts carry the control plane; those beyond its three are workers.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where the plan owns no servers, or too few CPU hosts for a control plane
 */
export function metalSlice(plan: Plan): MetalSlice {
  const { cluster } = plan;
  if (cluster === null || plan.facility === null) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `options.${plan.option}`,
      got: `target ${plan.target}`,
      expected: 'a plan with servers of your own',
      fix: 'choose an option whose target leaves the hardware to you',
    });
  }
  const cpu = plan.nodePools.filter(({ role }) => role === 'cpu');
  const first = cpu[0];
  if (first === undefined || first.nodes.desired < CONTROL_PLANE_HOSTS) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `options.${plan.option}`,
      got: `${first?.nodes.desired ?? 0} CPU hosts`,
      expected: `at least ${CONTROL_PLANE_HOSTS} CPU hosts, which carry the control plane`,
      fix: 'choose an option whose cluster has a control plane of its own',
    });
  }
  const spare = first.nodes.desired - CONTROL_PLANE_HOSTS;
  const gpu = plan.nodePools.filter(({ role }) => role === 'gpu');
  return {
    environment: plan.environment,
    option: plan.option,
    cluster,
    groups: [
      {
        id: 'control-plane',
        role: 'control-plane',
        nodePool: first.id,
        hosts: CONTROL_PLANE_HOSTS,
        gpus: false,
        architecture: first.architecture,
      },
      ...(spare === 0 ? [] : [{ ...workers(first), hosts: spare }]),
      ...[...cpu.slice(1), ...gpu].map(workers),
    ],
  };
}

/** Names of a group's servers: `gpu-0`, `gpu-1`. An inventory is written against them. */
export function hostNames(group: HostGroup): string[] {
  return Array.from({ length: group.hosts }, (_, index) => `${group.id}-${index}`);
}

function workers(pool: NodePool): HostGroup {
  const { id, nodes, role, architecture, slices, hostsPerNode = 1 } = pool;
  return {
    id,
    role: 'worker',
    nodePool: id,
    hosts: nodes.desired * hostsPerNode,
    gpus: role === 'gpu',
    architecture,
    ...(slices === undefined ? {} : { gpuSlices: slices.profile }),
  };
}
