import { layOver, type StatedLayers } from '#lib/own-catalog/lay-over';
import type { EnvironmentFiles } from '#lib/spec/reading/environment-files';
import { loadEnvironment, type LoadedEnvironment } from '#lib/spec/load-environment';

/**
 * An environment with the catalog that it is planned with: the bundled one, under the models, calibration and prices that
 * the file names (`catalog`) and under what the caller states.
 *
 * @throws LandfallError with all problems at once
 */
export function openEnvironment(
  path: string,
  stated: StatedLayers = {},
  files?: EnvironmentFiles,
): LoadedEnvironment {
  return loadEnvironment(path, (own) => layOver(own, stated, files), files);
}
