import type { AttentionDataReach } from '#lib/catalog/attention-data';
import { engines } from '#lib/engines/index';
import { quantisesOnLoad } from '#lib/engines/quantising';
import { loadOf } from '#lib/plan/choice/serving-load';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { fabricOf } from '#lib/plan/nodes/node-fabric';
import { cutInto } from '#lib/plan/nodes/slices';
import type { Plan } from '#lib/plan/plan';
import { contextOf, type PlanRequest } from '#lib/plan/plan-request';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { ServingTechniques } from '#lib/spec/schema/serving-techniques';

/** What the sizing was asked about the model, format and nodes that a plan chose. */
export interface ChosenDemand {
  readonly demand: ServingDemand;
  readonly techniques: ServingTechniques;
  /** Id of the engine that is launched. */
  readonly engine: string;
  /** How far groups of attention reach where the option stands. */
  readonly attentionData: AttentionDataReach | undefined;
  /** As it is bought: `p5.48xlarge`. */
  readonly shape: string;
}

/** @returns `null` of a model that the provider runs */
export function chosenDemand(request: PlanRequest, plan: Plan): ChosenDemand | null {
  const context = contextOf(request);
  const { target, knobs, market, option, catalog } = context;
  const pool = plan.nodePools.find(({ id }) => id === plan.serving?.nodePool);
  const model = catalog.models.get(plan.model.id);
  if (plan.serving === null || pool === undefined || model === undefined) return null;
  const { precision } = plan.serving;
  const { engine: _, ...engineKnobs } = option.serving.engine ?? {};
  const engine = engines.entries.find(({ id }) => id === plan.serving?.engine);
  if (engine === undefined) return null;
  const offered = target
    .offerings(knobs, market)
    .flatMap((one) => (one.kind === 'node' && one.shape === pool.shape ? [one] : []));
  const { slice } = option.serving;
  const cut = slice === undefined ? { offerings: offered, catalog } : cutInto(slice, offered, catalog);
  const [offering] = cut.offerings;
  const accelerator = cut.catalog.accelerators.get(offering?.accelerator ?? '');
  if (offering === undefined || accelerator === undefined) return null;
  const fabric = fabricOf(engine, engineKnobs, context.prices)(offering);
  const storedAs = nativePrecision(model);
  return {
    demand: {
      ...loadOf(context, engine, engineKnobs),
      model,
      accelerator,
      gpusPerNode: offering.gpus,
      ...(fabric === undefined ? {} : { fabric }),
      precision,
      ...(quantisesOnLoad({ precision, storedAs }) ? { storedAs } : {}),
    },
    techniques: option.serving,
    engine: engine.id,
    attentionData: target.attentionData,
    shape: pool.shape,
  };
}
