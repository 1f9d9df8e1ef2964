import type { Catalog } from '#lib/catalog/catalog';
import type { AnswerMode, Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import type { QualityRecovery } from '#lib/catalog/quality';
import { BITS_OF, nativePrecision } from '#lib/plan/models/native-precision';
import { qualityMetric, scoreOn } from '#lib/plan/models/quality-metric';
import { recoveryAtSize } from '#lib/plan/models/recovery-by-size';
import type { Scenario } from '#lib/spec/schema/scenario';
import { exactly, type Band } from '#lib/units/band';

/** A model's score as it is served, and what it is made of. */
export interface PlannedQuality {
  readonly metric: string;
  /** `published` × `recovery`. */
  readonly score: number;
  /** Share of the score that the weight format keeps; 1 too where nobody measured it (a note of the plan says so). */
  readonly recovery: number;
  readonly published: {
    readonly score: number;
    /** `null` where the publisher does not say. */
    readonly mode: AnswerMode | null;
    /** `null` where the environment states a measurement of its own. */
    readonly source: string | null;
  };
  /** Of what the format keeps; `null` where the weights are served as published or nobody measured it. */
  readonly recoverySource: string | null;
}

/** Share of the score that survives a format; 1 for the format the model is published in. `null`: nobody measured. */
export function recoveryBand(model: Model, precision: Precision, catalog: Catalog): Band | null {
  if (isLossless(model, precision)) return exactly(1);
  const found = recordOf(precision, catalog);
  return found === undefined ? null : recoveryAtSize(model, found);
}

export function recoveryOf(model: Model, precision: Precision, catalog: Catalog): number | null {
  return recoveryBand(model, precision, catalog)?.base ?? null;
}

/**
 * Score after the loss of the format, on the metric by which the scenario's options are compared; without a format, as a
 * provider serves it, which is taken to be as published. `null` where no score is known.
 */
export function plannedQuality(
  scenario: Scenario,
  model: Model,
  precision: Precision | null,
  catalog: Catalog,
): PlannedQuality | null {
  const metric = qualityMetric(scenario, catalog);
  const found = metric === null ? undefined : scoreOn(metric, model, scenario);
  if (found === undefined) return null;
  const isLost = precision !== null && !isLossless(model, precision);
  const recovery = precision === null ? 1 : (recoveryOf(model, precision, catalog) ?? 1);
  return {
    metric: found.metric,
    score: found.score * recovery,
    recovery,
    published: { score: found.score, mode: found.mode ?? null, source: found.source ?? null },
    recoverySource: isLost ? (recordOf(precision, catalog)?.source ?? null) : null,
  };
}

/** A format as wide as the one published, or wider, holds the same weights. */
function isLossless(model: Model, precision: Precision): boolean {
  const native = nativePrecision(model);
  return precision === native || BITS_OF[precision] > BITS_OF[native];
}

function recordOf(precision: Precision, catalog: Catalog): QualityRecovery | undefined {
  return catalog.quality.find((one) => one.precision === precision);
}
