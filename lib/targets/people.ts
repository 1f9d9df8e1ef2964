import type { AssumedPurchase } from '#lib/catalog/purchase';

/** Fleets up to this many GPUs are run by the target's own number of people; larger ones by a multiple of it. */
const SCALE_STEPS = [
  { upToGpus: 8, assumption: 'people.run.scale.gpus-8' },
  { upToGpus: 64, assumption: 'people.run.scale.gpus-64' },
  { upToGpus: Number.POSITIVE_INFINITY, assumption: 'people.run.scale.gpus-512' },
] as const;

/**
 * People to run and to build, always intangible. Running is a step function of the fleet: target's FTE × multiple for
 * the number of GPUs × loaded yearly cost ÷ 12. Building grows with the square root of the servers one installs.
 */
export function people(targetId: string, gpus: number, serversInstalled: number): AssumedPurchase[] {
  const step = SCALE_STEPS.find(({ upToGpus }) => gpus <= upToGpus) ?? SCALE_STEPS[2];
  const teams = Math.max(1, Math.sqrt(serversInstalled));
  return [
    {
      key: 'people.run',
      label: 'People who run it',
      category: 'people',
      kind: 'assumed',
      tangible: false,
      quantity: 1 / 12,
      unit: 'year',
      assumptions: [`people.run.fte.${targetId}`, step.assumption, 'people.loaded-usd-per-year'],
      when: 'monthly',
      basis: `FTE × multiple for ${gpus} GPUs × loaded cost a year ÷ 12`,
      resources: [],
    },
    {
      key: 'people.build',
      label: 'People who build it',
      category: 'people',
      kind: 'assumed',
      tangible: false,
      quantity: teams,
      unit: 'project',
      assumptions: [`people.build.usd.${targetId}`],
      when: 'once',
      basis: serversInstalled > 1 ? `one project × √${serversInstalled} servers` : 'one project',
      resources: [],
    },
  ];
}
