import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { PriceBook } from '#lib/catalog/prices';
import { gpuHourOf, type GpuHour } from '#lib/routes/gpu-hour';
import type { Served } from '#lib/routes/serving';
import type { Scenario } from '#lib/spec/schema/scenario';
import { sizeTraining } from '#lib/training/run';
import { usualRecipe } from '#lib/training/usual-recipe';
import type { TrainingKind, TrainingSizing } from '#lib/training/training';

/** Hours within which a run should be done: three days, and three months for a model of one's own. */
const WITHIN_HOURS = { tuning: 72, 'pre-training': 2_160 } as const;

/** A sized run, on GPUs that one of the options has. */
export interface TrainingRun {
  readonly sizing: TrainingSizing;
  readonly accelerator: string;
  readonly gpuHour: GpuHour;
}

/**
 * The cheapest run on any option's GPUs, by GPU hours × what such a GPU costs for an hour. Whether the option has as
 * many is not asked: a run takes more GPUs for a while than serving does for good.
 */
export function cheapestRun(
  work: {
    readonly kind: TrainingKind;
    readonly model: Model;
    readonly teacher?: Model;
    readonly tokens: number;
  },
  options: readonly Served[],
  {
    catalog,
    prices,
    scenario,
  }: { readonly catalog: Catalog; readonly prices: PriceBook; readonly scenario: Scenario },
): TrainingRun | { readonly reasons: readonly string[] } {
  const scale = work.kind === 'pre-training' ? 'pre-training' : 'tuning';
  const reasons = new Set<string>();
  const runs = options.flatMap((served): TrainingRun[] => {
    const gpuHour = gpuHourOf(served, prices, scenario.objectives.residency);
    const accelerator = catalog.accelerators.get(served.row.gpu ?? '');
    if (accelerator === undefined) return [];
    if (gpuHour === null) {
      reasons.add(`nobody here rents out ${accelerator.id} by the hour`);
      return [];
    }
    const sizing = sizeTraining({
      ...work,
      accelerator,
      ...usualRecipe(work.kind),
      withinHours: WITHIN_HOURS[scale],
    });
    if (!sizing.fits) {
      for (const reason of sizing.reasons) reasons.add(reason);
      return [];
    }
    return [{ sizing, accelerator: accelerator.id, gpuHour }];
  });
  const usd = (run: TrainingRun) => run.sizing.gpuHours.base * run.gpuHour.usd;
  const [best] = runs.toSorted((a, b) => usd(a) - usd(b));
  if (best !== undefined) return best;
  return { reasons: reasons.size === 0 ? ['no option has GPUs to train on'] : [...reasons] };
}
