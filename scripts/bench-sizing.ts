// Rates of the sizing, one thread: of the predictor, and of a frontier over all formats and layouts.
import { loadCatalog } from '#lib/catalog/load';
import { PRECISIONS } from '#lib/catalog/precision';
import { unsupported } from '#lib/plan/models/candidates';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { frontierOf } from '#lib/sizing/frontier';
import type { PredictedPiece } from '#lib/sizing/predicted-piece';
import { predictorFor } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';
import { atLeast, atMost, best, rate, report, type Rate } from './bench-rates';

/** Concurrencies that are asked for, each once before the first again. */
const CONCURRENCIES = 256;

const catalog = loadCatalog();
const model = catalog.models.get('llama-3.1-70b');
const accelerator = catalog.accelerators.get('h100-sxm');
if (model === undefined || accelerator === undefined) throw new Error('no such model or accelerator');
const PIECE: PredictedPiece = {
  model,
  accelerator,
  precision: 'fp8',
  kvPrecision: 'bf16',
  shape: { tensor: 4, pipeline: 1, attentionData: 1, expertParallel: 1 },
  engine: 'vllm',
  inputTokens: 1155,
  outputTokens: 211,
  cachedShare: 0,
  isMaximum: false,
};

report([evaluations(), predictors(), frontier()]);

function evaluations(): Rate {
  const predictor = predictorFor(PIECE, catalog);
  if (predictor === null) throw new Error('no predictor');
  const perSecond = rate(10_000, (index) => void predictor.at(1 + (index % CONCURRENCIES)));
  return atLeast('predictor, one concurrency', perSecond, 'evaluations/s', 5_000);
}

/** Another length of prompts each time, so that nothing of the last predictor answers. */
function predictors(): Rate {
  const perSecond = rate(2_000, (index) => {
    const predictor = predictorFor({ ...PIECE, inputTokens: 500 + index }, catalog);
    predictor?.at(1 + (index % CONCURRENCIES));
  });
  return atLeast('a new predictor and one concurrency', perSecond, 'evaluations/s', 5_000);
}

function frontier(): Rate {
  const native = nativePrecision(PIECE.model);
  const formats = PRECISIONS.filter((format) => unsupported(PIECE.accelerator, format, native) === null);
  const rows = catalog.servingRows(PIECE.model.id);
  let inputTokens = 1_000;
  const seconds = best(() => {
    inputTokens += 1;
    frontierOf(demandOf(inputTokens), formats, catalog, rows);
  });
  return atMost(`frontier of ${formats.length} formats on one GPU`, 1000 * seconds, 'ms', 100);
}

function demandOf(inputTokens: number): Omit<ServingDemand, 'precision'> {
  return {
    model: PIECE.model,
    accelerator: PIECE.accelerator,
    gpusPerNode: 8,
    kvPrecision: 'bf16',
    calibration: 'vllm',
    memoryShare: 0.9,
    peakRequestsPerSecond: 5,
    meanRequestsPerSecond: 5,
    inputTokens: { mean: inputTokens, longest: 2 * inputTokens },
    outputTokens: { mean: 211, longest: 422 },
    cachedShare: 0,
    ttftMs: 2_000,
    tpotMs: 50,
    percentile: 'p95',
    availability: 0.99,
    fill: 0.7,
    coldStart: { loadGbPerSecond: 1, compileSeconds: 60 },
    replica: { mtbfHours: 1_000, mttrHours: 1, nodeShare: 0.32 },
  };
}
