import type { Catalog } from '#lib/catalog/catalog';
import type { CalibrationStart } from '#lib/calibration/calibrate';
import type { CorrectionSettings } from '#lib/calibration/correction-fit';
import { heldSteps } from '#lib/catalog/held-requests';
import { prepareRun, type PreparedRun } from '#lib/calibration/prepared-run';
import { measuredRunOf, precisionOf } from '#lib/sizing/measured-run';

/** The catalog's measured runs that can be predicted, prepared for a fit. */
export function calibrationRuns(catalog: Catalog): readonly PreparedRun[] {
  return catalog.servingRows().flatMap((row): PreparedRun[] => {
    const model = catalog.models.get(row.model);
    const accelerator = catalog.accelerators.get(row.gpu);
    const precision = precisionOf(row.precision);
    const tokensPerSecondPerGpu = row.outputTokensPerSecondPerGpu;
    if (model === undefined || accelerator === undefined) return [];
    if (precision === null || tokensPerSecondPerGpu === null) return [];
    const { id, source, tpotMs, ttftMs } = row;
    // InferenceX alone draws lengths: whose scripts say what held its requests back.
    const held =
      row.meanLengthShare === undefined ? 0 : heldSteps({ ...row, precision }, catalog.heldRequests());
    const prepared = prepareRun(
      { id, source, tokensPerSecondPerGpu, tpotMs, ttftMs, named: [row.inputTokens, row.outputTokens] },
      { ...measuredRunOf(row, precision), heldSteps: held },
      { model, accelerator },
      catalog.kernelTable,
    );
    return prepared === null ? [] : [prepared];
  });
}

/** What a calibration of the catalog starts from: everything in its files that is chosen and not fitted. */
export function calibrationStart(catalog: Catalog): CalibrationStart {
  const [corrections] = catalog.corrections();
  if (corrections === undefined) throw new Error('a catalog without corrections has no settings for them');
  const { constants, kernelConstants, kernelTable } = catalog;
  const { bands, versionlessBands, unseenBands } = corrections;
  return {
    constants,
    kernelConstants,
    kernelTable,
    settings: settingsOf(corrections),
    banded: { bands, versionlessBands, unseenBands },
  };
}

function settingsOf({
  version,
  asOf,
  source,
  similarity,
  scale,
  noise,
}: CorrectionSettings): CorrectionSettings {
  return { version, asOf, source, similarity, scale, noise };
}
