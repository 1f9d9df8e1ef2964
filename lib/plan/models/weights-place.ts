import type { Model } from '#lib/catalog/models';

/** What the model is called by: the repository it is loaded from, or a mounted path where no source names one. */
export function weightsOf(model: Model): string {
  return model.repository ?? `/models/${model.id}`;
}
