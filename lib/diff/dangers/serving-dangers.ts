import { danger, type Danger } from '#lib/diff/dangers/danger';
import type { FleetPlan, ManagedServingPlan, Plan, ServingPlan } from '#lib/plan/plan';

/** What starts again, or is made anew, under whoever asks right now. */
export function servingDangers(from: Plan, to: Plan): Danger[] {
  return [...clusterDangers(from, to), ...profileDangers(from, to), ...restarts(from, to)];
}

/** Nodes start again with a newer version. No cluster goes back to an older one. */
function clusterDangers({ cluster: from }: Plan, { cluster: to }: Plan): Danger[] {
  if (from === null || to === null || from.kubernetesVersion === to.kubernetesVersion) return [];
  const isOlder = minorOf(to.kubernetesVersion) < minorOf(from.kubernetesVersion);
  const pair = [from.kubernetesVersion, to.kubernetesVersion] as const;
  return [danger(isOlder ? 'replace' : 'restart', 'Cluster', pair, 'cluster.kubernetesVersion')];
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

/** A profile is made for one model; with another, whoever calls it has to call a new one. */
function profileDangers({ managed: from }: Plan, { managed: to }: Plan): Danger[] {
  if (from === null || to === null) return [];
  const address = from.provisioned === undefined ? 'Serving/Profile' : 'Serving/Throughput';
  const other = [danger('replace', address, [from.modelId, to.modelId], 'managed.modelId')];
  return [...(from.modelId === to.modelId ? [] : other), ...unitDangers(from, to)];
}

/** Model units are bought as they are: other ones, or for another term, are another purchase. */
function unitDangers(from: ManagedServingPlan, to: ManagedServingPlan): Danger[] {
  const [old, now] = [from.provisioned, to.provisioned];
  if (old === undefined || (old.modelUnits === now?.modelUnits && old.term === now.term)) return [];
  const words = (units: NonNullable<typeof old>) => `${units.modelUnits} units, term ${units.term}`;
  const pair = [words(old), now === undefined ? 'paid by the token' : words(now)] as const;
  const isLess = now === undefined || now.modelUnits < old.modelUnits;
  return [
    ...(isLess ? [danger('capacity-loss', 'Serving/Throughput', pair, 'managed.provisioned')] : []),
    danger('replace', 'Serving/Throughput', pair, 'managed.provisioned'),
  ];
}

/** Servers start again when their arguments, image, model or place change; a cluster's only one leaves a gap. */
function restarts({ serving: from, cluster, nodePools: before }: Plan, to: Plan): Danger[] {
  const { serving, nodePools } = to;
  if (from === null || serving === null) return [];
  const label = (pools: Plan['nodePools'], { nodePool }: ServingPlan) =>
    pools.find(({ id }) => id === nodePool)?.productLabel ?? 'any';
  const rows: Row[] = [
    ['serving.servedName', from.servedName, serving.servedName],
    ...fleetRows('serving', from, serving),
    // An endpoint of a cloud has no pods that somebody places.
    ...(cluster === null
      ? []
      : [
          ['serving.nodePool', label(before, from), label(nodePools, serving)] as const,
          podRow('serving', from, serving),
        ]),
    ...(from.prompts === undefined || serving.prompts === undefined
      ? []
      : fleetRows('serving.prompts', from.prompts, serving.prompts)),
  ];
  const changed = rows.filter(([, a, b]) => a !== b);
  // A replica is taken down before its successor starts: accelerators for one more are seldom free.
  const isOnly = cluster !== null && serving.replicas.desired === 1;
  const [first] = changed;
  const gap = first === undefined || !isOnly ? [] : [stopped(first[0], serving.startupBudgetSeconds)];
  return [...gap, ...changed.map(([path, a, b]) => danger('restart', 'Serving/model-server', [a, b], path))];
}

type Row = readonly [path: string, before: string, after: string];

function fleetRows(path: string, from: FleetPlan, to: FleetPlan): Row[] {
  const image = ({ launch }: FleetPlan) => `${launch.image.repository}:${launch.image.tag}`;
  return [
    [`${path}.launch.image`, image(from), image(to)],
    [`${path}.launch.args`, ...otherWords(from.launch.args, to.launch.args)],
    [
      `${path}.launch.environment`,
      JSON.stringify(from.launch.environment),
      JSON.stringify(to.launch.environment),
    ],
  ];
}

function podRow(path: string, from: FleetPlan, to: FleetPlan): Row {
  const words = ({ pod: { cpu, memoryGib }, gpusPerReplica }: FleetPlan) =>
    `${gpusPerReplica} ${gpusPerReplica === 1 ? 'GPU' : 'GPUs'}, ${cpu} CPUs, ${memoryGib} GiB`;
  return [`${path}.pod`, words(from), words(to)];
}

/** Of two command lines the arguments that only one has. */
function otherWords(from: readonly string[], to: readonly string[]): readonly [string, string] {
  const [before, after] = [withValues(from), withValues(to)];
  const only = (words: readonly string[], others: readonly string[]) =>
    words.filter((word) => !others.includes(word)).join(' ') || 'without';
  return from.join(' ') === to.join(' ') ? ['', ''] : [only(before, after), only(after, before)];
}

/** Flags with the values that follow them. */
function withValues(words: readonly string[]): readonly string[] {
  return words.join(' ').split(/ (?=--)/);
}

function stopped(path: string, budgetSeconds: number): Danger {
  const pair = ['one replica', `none for up to ${Math.ceil(budgetSeconds / 60)} minutes`] as const;
  return danger('downtime', 'Serving/model-server', pair, path);
}
