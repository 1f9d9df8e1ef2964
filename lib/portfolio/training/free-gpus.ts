import type { PriceBook } from '#lib/catalog/prices';
import type { Member } from '#lib/portfolio/member';
import type { OptionSite } from '#lib/portfolio/fleets/option-cost';
import { rememberedGroups, type ReplicaGroup } from '#lib/portfolio/fleets/replica-groups';
import { mergedFleet } from '#lib/portfolio/fleets/shared-fleet';
import { partsPerGpu, readerGpus } from '#lib/portfolio/fleets/shared-nodes';
import { weeklyReplicas } from '#lib/portfolio/fleets/shared-hours';

/** Servers of one kind that are paid for all month, and the GPUs on them that serving takes in each hour of a week. */
export interface ServerWeek {
  readonly accelerator: string;
  readonly gpusPerServer: number;
  readonly servers: number;
  /** 168 hours from midnight before the first working day. */
  readonly takenGpus: readonly number[];
}

/**
 * Where a training may run besides serving: on whole servers of a cluster that stand all month. Nodes that come and go are
 * not there when they are idle, an endpoint's instances run nothing else, parts of a GPU hold no training, and of two
 * fleets it is not known which hour frees which.
 */
export function serverWeeks(
  option: OptionSite,
  prices: PriceBook,
): (members: readonly Member[]) => ServerWeek[] {
  const groups = rememberedGroups(prices);
  return (members) => {
    if (option.site.kubernetesVersion === null) return [];
    const own = groups(members);
    const fleet = mergedFleet(members, own, option);
    return (fleet?.nodes ?? []).flatMap(({ offering, count, standing }): ServerWeek[] => {
      const here = own.filter((group) => group.offering.id === offering.id);
      if (standing !== undefined || here.length === 0 || !here.every(isWhole)) return [];
      return [
        {
          accelerator: offering.accelerator,
          gpusPerServer: offering.gpus,
          servers: count,
          takenGpus: takenBy(here),
        },
      ];
    });
  };
}

function isWhole(group: ReplicaGroup): boolean {
  return partsPerGpu(group) === 1 && group.members.every(({ plan }) => plan.serving?.prompts === undefined);
}

function takenBy(groups: readonly ReplicaGroup[]): number[] {
  const each = groups.map((group) => ({
    week: weeklyReplicas(group),
    gpus: group.sizing.gpusPerReplica,
    always: group.members.reduce((sum, member) => sum + readerGpus(member), 0),
  }));
  return (each[0]?.week ?? []).map((_, hour) =>
    each.reduce((sum, { week, gpus, always }) => sum + (week[hour] ?? 0) * gpus + always, 0),
  );
}
