import type { Model } from '#lib/catalog/models';
import { adapterTargets } from '#lib/plan/sizing/serving-techniques';
import { adapterBytes } from '#lib/sizing/techniques/adapter-size';
import type { Option } from '#lib/spec/schema/option';
import { GB } from '#lib/units/bytes';

/**
 * GB of the adapters that a server loads by name: they are somebody's own training, where the model's weights are
 * published. Room without a name holds none yet; 0 too where the model's projections are not published.
 */
export function ownAdaptersGb(model: Model, { adapters }: Option['serving']): number {
  if (adapters === undefined) return 0;
  const { rank, modules = {} } = adapters;
  const each = adapterBytes(model, { rank, targets: adapterTargets(adapters) });
  return (Object.keys(modules).length * (each ?? 0)) / GB;
}
