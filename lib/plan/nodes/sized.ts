import type { Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import type { Placement } from '#lib/plan/nodes/place';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';

/** A model in a format on a kind of node: how many replicas it takes, and how many nodes these. */
export interface Sized {
  readonly model: Model;
  readonly precision: Precision;
  readonly accelerator: Accelerator;
  readonly demand: ServingDemand;
  readonly sizing: ServingSizing;
  readonly placement: Placement;
}
