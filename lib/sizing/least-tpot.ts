import { featuresOf, type Workpiece } from '#lib/sizing/features';
import { parametersOf, unknownQuantisationBytes } from '#lib/sizing/weights';

/**
 * Milliseconds below which no further token can come from an engine that makes one a step: every step reads the weights of
 * its active parameters once, at the published bandwidth, in all stages one after the other. Experts count as if one
 * sequence ran, the cache as nothing; formats that nobody published as the narrowest.
 *
 * @returns `null` where the model's dimensions are not published
 */
export function leastTpotMs(piece: Workpiece): number | null {
  const features = featuresOf(piece);
  const parameters = parametersOf(piece.model);
  if (features === null || parameters === null) return null;
  const { tensor, pipeline } = piece.shape;
  const unknown = unknownQuantisationBytes(piece.model, parameters, piece.precision) / tensor / pipeline;
  const stageBytes = features.expertReadBytes(1) + features.sharedReadBytes - unknown;
  const bandwidth = piece.accelerator.bandwidthGbPerSecond * 1e9;
  return (1000 * features.stages * Math.max(0, stageBytes)) / bandwidth;
}
