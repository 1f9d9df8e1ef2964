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
}

/**
 * People to run and to build, always intangible. Running is a step function: the sum of the FTE of each layer that one
 * operates × a multiple for the number of GPUs × loaded yearly cost ÷ 12. Building is the sum of the layers' effort and
 * grows with the square root of the servers one installs.
 */
export function people({ operates, gpus, serversInstalled, retrieves, onCall }: Staffing): AssumedPurchase[] {
  const step = SCALE_STEPS.find(({ upToGpus }) => gpus <= upToGpus) ?? SCALE_STEPS[2];
  const layers: ('use' | Layer)[] = [
    'use',
    ...LAYERS.filter((layer) => operates[layer] === 'you' && (layer !== 'vector-store' || retrieves)),
  ];
  const standby = onCall && operates['model-server'] === 'you' ? ['people.on-call.fte'] : [];
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
      sumOf: [...layers.map((layer) => `people.run.fte.${layer}`), ...standby],
      assumptions: [step.assumption, 'people.loaded-usd-per-year'],
      when: 'monthly',
      basis: `FTE of ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'} × multiple for ${gpus} GPUs × loaded cost a year ÷ 12`,
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
      sumOf: layers.map((layer) => `people.build.usd.${layer}`),
      assumptions: [],
      when: 'once',
      basis: serversInstalled > 1 ? `one project × √${serversInstalled} servers` : 'one project',
      resources: [],
    },
  ];
}
