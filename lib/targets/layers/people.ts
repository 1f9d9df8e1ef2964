import type { AssumedPurchase } from '#lib/catalog/purchase';
import type { Layer, Operates } from '#lib/targets/target';
import { LAYERS } from '#lib/targets/target';

/** Fleets up to this many GPUs are run by as many people as the layers ask for; larger ones by a multiple of it. */
const SCALE_STEPS = [
  { upToGpus: 8, assumption: 'people.run.scale.gpus-8' },
  { upToGpus: 64, assumption: 'people.run.scale.gpus-64' },
  { upToGpus: Number.POSITIVE_INFINITY, assumption: 'people.run.scale.gpus-512' },
] as const;

/** Counts of GPUs from which another multiple holds. */
export const MORE_PEOPLE_FROM_GPUS: readonly number[] = SCALE_STEPS.slice(0, -1).map(
  ({ upToGpus }) => upToGpus + 1,
);

export interface Staffing {
  readonly operates: Operates;
  readonly gpus: number;
  /** Servers that one installs oneself; 0 where a provider does. */
  readonly serversInstalled: number;
  /** A vector store stands beside the model. */
  readonly retrieves: boolean;
  /** Somebody answers at night. */
  readonly onCall: boolean;
  /** More GPUs may be added: then every step is listed, each for the months in which the fleet is on it. @default false */
  readonly grows?: boolean;
}

/**
 * People to run and to build, always intangible. Running is a step function: the sum of the FTE of each layer that one
 * operates × a multiple for the number of GPUs × loaded yearly cost ÷ 12. Building is the sum of the layers' effort and
 * grows with the square root of the servers one installs.
 */
export function people(staffing: Staffing): AssumedPurchase[] {
  const { operates, gpus, serversInstalled, retrieves, onCall, grows = false } = staffing;
  const layers: ('use' | Layer)[] = [
    'use',
    ...LAYERS.filter((layer) => operates[layer] === 'you' && (layer !== 'vector-store' || retrieves)),
  ];
  const standby = onCall && operates['model-server'] === 'you' ? ['people.on-call.fte'] : [];
  const teams = Math.max(1, Math.sqrt(serversInstalled));
  const deployed = SCALE_STEPS.find(({ upToGpus }) => gpus <= upToGpus) ?? SCALE_STEPS[2];
  return [
    ...SCALE_STEPS.flatMap((step, index): AssumedPurchase[] => {
      const isDeployed = step === deployed;
      if (!isDeployed && !grows) return [];
      const from = (SCALE_STEPS[index - 1]?.upToGpus ?? 0) + 1;
      const upTo = Number.isFinite(step.upToGpus) ? step.upToGpus : null;
      const fleet = isDeployed
        ? `${gpus} GPUs`
        : upTo === null
          ? `${from} GPUs and more`
          : `up to ${upTo} GPUs`;
      return [
        {
          key: isDeployed ? 'people.run' : `people.run.from-${from}-gpus`,
          label: isDeployed ? 'People who run it' : `People who run it, from ${from} GPUs on`,
          category: 'people',
          kind: 'assumed',
          tangible: false,
          quantity: 1 / 12,
          unit: 'year',
          sumOf: [...layers.map((layer) => `people.run.fte.${layer}`), ...standby],
          assumptions: [step.assumption, 'people.loaded-usd-per-year'],
          when: 'monthly',
          ...(grows ? { follows: { by: 'gpus-between', from, upTo } } : {}),
          basis: `FTE of ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'} × multiple for ${fleet} × loaded cost a year ÷ 12`,
          resources: [],
        },
      ];
    }),
    {
      key: 'people.build',
      label: 'People who build it',
      category: 'people',
      kind: 'assumed',
      tangible: false,
      quantity: teams,
      unit: 'project',
      sumOf: layers.map((layer) => `people.build.usd.${layer}`),
      assumptions: [],
      when: 'once',
      ...(serversInstalled > 0 ? { follows: { by: 'root-of-nodes' } } : {}),
      basis: serversInstalled > 1 ? `one project × √${serversInstalled} servers` : 'one project',
      resources: [],
    },
  ];
}
