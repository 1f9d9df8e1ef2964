import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import { heldSteps, type HeldRun } from '#lib/catalog/held-requests';
import type { Model } from '#lib/catalog/models';
import { modelNamed } from '#lib/catalog/names';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { checkFigures, checkFormat } from '#lib/evaluation/consistency';
import { engineOf, engineVersionOf } from '#lib/evaluation/engine-names';
import { kvFormatOf, weightFormatOf } from '#lib/evaluation/number-formats';
import { checkPlain } from '#lib/evaluation/plain-engine';
import {
  areLengthsEqual,
  isInferencex,
  meanLengths,
  modelNameOf,
  servingAcceleratorOf,
} from '#lib/evaluation/publisher-terms';
import {
  catalogued,
  number,
  optional,
  text,
  unknown,
  Unusable,
  usable,
  whole,
} from '#lib/evaluation/row-fields';
import { servingFields } from '#lib/evaluation/serving-fields';
import { servingLayout } from '#lib/evaluation/serving-layout';
import { modelFromRow } from '#lib/model-import/from-row';
import type { MeasuredRun } from '#lib/sizing/measured-run';

/** A run that the sizing can be asked about, with what was measured. */
export interface BenchmarkRun {
  readonly model: Model;
  readonly accelerator: Accelerator;
  readonly run: MeasuredRun;
  readonly outputTokensPerSecondPerGpu: number;
  readonly tpotMs: number | null;
  readonly ttftMs: number | null;
}

/** Kinds of rows that the sizing of serving predicts. */
export const SERVING_KINDS = ['serving_closed_loop', 'serving_max_throughput'] as const;

/** The run of a row, or the reason why nothing can be said about it. A missing field is never guessed. */
export function readRun(row: RawRow, catalog: Catalog): BenchmarkRun | { readonly reason: string } {
  return usable(() => runOf(row, servingFields(row), catalog));
}

function runOf(written: RawRow, row: RawRow, catalog: Catalog): BenchmarkRun {
  const kind = kindOf(row);
  if (own(row, 'suspect_topology') === true) throw new Unusable('suspect_topology: its layout is in doubt');
  checkPlain(written);
  const model = modelOf(row, catalog);
  const accelerator = servingAcceleratorOf(row, catalog);
  const gpus = whole(row, 'gpus');
  const isClosedLoop = kind === 'serving_closed_loop';
  const { pipeline, attentionData, expertParallel } = servingLayout(row, gpus, model);
  const kvPrecision = kvFormatOf(row);
  const format = weightFormatOf(row);
  checkFormat(text(row, 'model'), format);
  const concurrency = isClosedLoop ? inFlight(row) : optional(row, 'concurrency');
  const measured = {
    outputTokensPerSecondPerGpu: throughput(row),
    // A run at full load is measured for its throughput; its latencies are queues.
    tpotMs: isClosedLoop ? optional(row, 'tpot_ms') : null,
    ttftMs: isClosedLoop ? optional(row, 'ttft_ms') : null,
  };
  if (concurrency !== null) checkFigures({ ...measured, gpus, concurrency });
  const engine = engineOf(row);
  const engineVersion = engineVersionOf(row);
  const lengths = meanLengths(row);
  const facts = { model: model.id, gpu: accelerator.id, precision: format };
  const launched = { gpus, engine, engineVersion, attentionData, concurrency };
  return {
    model,
    accelerator,
    run: {
      kind,
      ...launched,
      precision: format,
      ...lengths,
      pipeline,
      heldSteps: heldStepsOf(row, { ...facts, ...launched, ...lengths }, catalog),
      areLengthsEqual: areLengthsEqual(row),
      // Groups of attention spread their experts over the same GPUs unless the row says otherwise.
      expertParallel: optional(row, 'moe_ep') ?? expertParallel ?? (isClosedLoop ? 1 : attentionData),
      ...(kvPrecision === null ? {} : { kvPrecision }),
    },
    ...measured,
  };
}

/** Requests at a time; a mean need not be whole, and then the row says how it was found. */
function inFlight(row: RawRow): number {
  return own(row, 'concurrency_basis') === undefined ? whole(row, 'concurrency') : number(row, 'concurrency');
}

/** Of a run of InferenceX, whose scripts are public: by the lengths that it names. */
function heldStepsOf(row: RawRow, run: HeldRun, catalog: Catalog): number {
  if (!isInferencex(row)) return 0;
  const named = {
    inputTokens: optional(row, 'isl') ?? run.inputTokens,
    outputTokens: optional(row, 'osl') ?? run.outputTokens,
  };
  return heldSteps({ ...run, ...named }, catalog.heldRequests());
}

/** The catalog's model, or one made of the architecture that the row itself states. */
function modelOf(row: RawRow, catalog: Catalog): Model {
  const known = modelNamed(modelNameOf(row), catalog.models);
  if (known !== null) return known;
  const stated = modelFromRow(row);
  if (stated === null) return catalogued(row, 'model', catalog.models);
  if ('reason' in stated) throw new Unusable(stated.reason);
  return stated;
}

function kindOf(row: RawRow): MeasuredRun['kind'] {
  const kind = text(row, 'kind');
  const evaluated = SERVING_KINDS.find((each) => each === kind);
  if (evaluated !== undefined) return evaluated;
  return unknown('kind', kind, SERVING_KINDS);
}

function throughput(row: RawRow): number {
  const measured = optional(row, 'out_tok_s_per_gpu') ?? optional(row, 'out_tok_s_per_gpu_derived');
  if (measured !== null) return measured;
  throw new Unusable('out_tok_s_per_gpu and out_tok_s_per_gpu_derived are missing');
}
