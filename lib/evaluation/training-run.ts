import type { Catalog } from '#lib/catalog/catalog';
import { memoryGib } from '#lib/catalog/accelerators';
import { acceleratorsNamed, lettersOf, modelNamed } from '#lib/catalog/names';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { underOwnNames } from '#lib/evaluation/field-names';
import {
  acceleratorOf,
  isAbsent,
  number,
  oneOf,
  optional,
  text,
  unknown,
  Unusable,
  usable,
  whole,
} from '#lib/evaluation/row-fields';
import { checkFlops, checkRate } from '#lib/evaluation/training-consistency';
import {
  OTHER_TRAINING_FIELDS,
  recomputationOf,
  shardingOf,
  trainedPartOf,
  TRAINING_NAMES,
  zeroStageOf,
} from '#lib/evaluation/training-fields';
import { shown } from '#lib/text/place';
import { samplesNeeded } from '#lib/training/convergence';
import { measuredTraining, MLPERF_LORA_TOKENS, precisionNamed } from '#lib/training/measured-training';
import { trainingMemory, type MemoryDemand } from '#lib/training/memory';
import { trainingSpeed } from '#lib/training/mfu';
import { tuningNamed } from '#lib/training/named-tuning';
import { benchmarkNamed, ROW_MODELS, rowShape } from '#lib/training/row-models';
import { TRAINING_PRECISIONS, UNSPLIT, type TrainingSetup } from '#lib/training/setup';
import { trainingConstants, type TrainingConstants } from '#lib/training/speed-constants';
import type { TrainingRow } from '#lib/training/training-row';

type Known = Pick<Catalog, 'models' | 'accelerators'>;

/** What a row asks the model: a speed, the time for a number of sequences, or a peak of memory. */
export type TrainingRun =
  | { readonly asks: 'speed'; readonly setup: TrainingSetup }
  | { readonly asks: 'time'; readonly setup: TrainingSetup; readonly sequences: number }
  | { readonly asks: 'memory'; readonly demand: MemoryDemand };

export type TrainingQuantity = 'tokensPerSecondPerGpu' | 'minutes' | 'memoryGib';

/** A measured training run that the model can be asked about. */
export interface MeasuredTrainingRun {
  readonly run: TrainingRun;
  readonly measured: number;
  readonly unit: 'tokens/s' | 'min' | 'GiB';
  readonly quantity: TrainingQuantity;
}

export interface TrainingPrediction {
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
}

/** Measured ÷ predicted memory of the published runs that the formulas were checked on. */
const MEMORY_DOUBT = { low: 0.7, high: 1.1 };
/** torchtune states for its table: batches of 2, packed to 2048 tokens, activations recomputed, the loss in chunks. */
const TORCHTUNE = { family: 'torchtune-readme', sequenceTokens: 2048, microBatch: 2 };
/** Not `2x8 H100`, which is 16. */
const CARDS = /^(\d+)\s*[x×*]\s*(?!\d+[\sx×*])\S/i;
const COUNTED_LAST = /\s*[x×*]\s*(\d+)$/i;

const READERS: Readonly<
  Record<string, (row: RawRow, catalog: Known, constants: TrainingConstants) => MeasuredTrainingRun>
> = {
  training_throughput: throughputRun,
  mlperf_training: mlperfRun,
  finetune_memory: memoryRun,
};

/**
 * The run of a raw row of kind `training_throughput`, `mlperf_training` or `finetune_memory`, or the reason why nothing
 * can be said about it. A missing field is never guessed.
 */
export function readTrainingRun(
  row: RawRow,
  catalog: Known,
  constants: TrainingConstants = trainingConstants(),
): MeasuredTrainingRun | { readonly reason: string } {
  return usable(() => {
    const kind = text(row, 'kind');
    const reader =
      READERS[oneOf(kind, 'kind', Object.keys(READERS))] ?? unknown('kind', kind, Object.keys(READERS));
    return reader(underOwnNames(row, TRAINING_NAMES, OTHER_TRAINING_FIELDS), catalog, constants);
  });
}

/** What the model says of a run, in the unit of its measurement; a reason where it says nothing. */
export function predictTrainingRow(
  run: TrainingRun,
  constants: TrainingConstants = trainingConstants(),
): TrainingPrediction | { readonly reason: string } {
  const prediction = predictionOf(run, constants);
  if ('reason' in prediction || Number.isFinite(prediction.high)) return prediction;
  return { reason: 'its figures together lie beyond any real run' };
}

function predictionOf(
  run: TrainingRun,
  constants: TrainingConstants,
): TrainingPrediction | { readonly reason: string } {
  if (run.asks === 'memory') {
    const predicted = trainingMemory(run.demand).allocatedGib;
    return { predicted, low: predicted * MEMORY_DOUBT.low, high: predicted * MEMORY_DOUBT.high };
  }
  const { setup } = run;
  const speed = trainingSpeed(setup, constants);
  if (speed === null) return { reason: `${setup.accelerator.id} has no unit for ${setup.precision}` };
  const { low, base, high } = speed.tokensPerSecondPerGpu;
  if (run.asks === 'speed') return { predicted: base, low, high };
  const minutes = (tokensPerSecond: number) =>
    (run.sequences * setup.sequenceTokens) / (tokensPerSecond * setup.gpus * 60);
  return { predicted: minutes(base), low: minutes(high), high: minutes(low) };
}

function throughputRun(row: RawRow, catalog: Known): MeasuredTrainingRun {
  const precision = text(row, 'precision');
  if (precisionNamed(precision) === null) unknown('precision', precision, TRAINING_PRECISIONS);
  const measured = number(row, 'tok_s_per_gpu');
  const flops = optional(row, 'model_tflops_per_gpu');
  const setup = setupOf(catalog, {
    ...shared(row, catalog, text(row, 'model')),
    precision,
    seqLen: whole(row, 'seq_len'),
    tokSPerGpu: measured,
    ...(flops === null ? {} : { modelTflopsPerGpu: flops }),
    ...present(row, ['tp', 'pp', 'cp', 'ep', 'gbs', 'mbs']),
    ...(own(row, 'fsdp') === 0 ? {} : present(row, ['fsdp'])),
    ...shardingOf(row),
    ...recomputationOf(row),
    ...(isAbsent(row, 'release') ? {} : { release: text(row, 'release') }),
  });
  const asked = { ...setup, part: trainedPartOf(row) ?? setup.part };
  checkLayout(asked);
  checkRate(asked, measured, 'is it that of all accelerators, or a unit wrong?');
  checkFlops(asked, measured, flops);
  return {
    run: { asks: 'speed', setup: asked },
    measured,
    unit: 'tokens/s',
    quantity: 'tokensPerSecondPerGpu',
  };
}

function checkLayout({ layout, gpus, globalBatch, microBatch }: TrainingSetup): void {
  if (layout === null) return;
  const { tensor, pipeline, context } = layout;
  const copies = gpus / (tensor * pipeline * context);
  if (!Number.isInteger(copies))
    throw new Unusable(`tp ${tensor}, pp ${pipeline}, cp ${context} do not lay out ${gpus} accelerators`);
  if (globalBatch === null || globalBatch >= copies * microBatch) return;
  throw new Unusable(
    `a batch of ${globalBatch} leaves some of ${copies} copies without its ${microBatch} sequences`,
  );
}

/** The length of the run is the samples of its log, else those that others needed with its batch. */
function mlperfRun(row: RawRow, catalog: Known, { convergence }: TrainingConstants): MeasuredTrainingRun {
  const division = isAbsent(row, 'division') ? 'closed' : text(row, 'division');
  if (lettersOf(division) !== 'closed')
    throw new Unusable(`division is ${shown(division)}: its models and rules are its submitters' own`);
  const benchmark = benchmarkNamed(text(row, 'benchmark'));
  shapeNamed(benchmark, catalog);
  const globalBatchSize = whole(row, 'global_batch_size');
  const isUnstated = isAbsent(row, 'seq_len') && benchmark.endsWith('_lora');
  const seqLen = isUnstated ? MLPERF_LORA_TOKENS : whole(row, 'seq_len');
  const measured = number(row, 'minutes_olympic_mean');
  const setup = setupOf(catalog, {
    ...shared(row, catalog, benchmark),
    precision: null,
    seqLen,
    globalBatchSize,
    // Any rate will do: the setup of a run does not depend on what was measured.
    tokSPerGpuDerived: 1,
  });
  const known = convergence.get(benchmark);
  const needed = known === undefined ? null : samplesNeeded(known, globalBatchSize);
  const sequences = optional(row, 'samples_to_converge_median') ?? needed;
  if (sequences === null) throw new Unusable('samples_to_converge_median is missing');
  checkSamples(sequences, needed);
  const tokensPerSecond = (sequences * seqLen) / (measured * 60 * setup.gpus);
  checkRate(setup, tokensPerSecond, 'are its minutes seconds or hours, or its samples tokens?');
  return { run: { asks: 'time', setup, sequences }, measured, unit: 'min', quantity: 'minutes' };
}

/** Runs of one benchmark need nearly the same number of samples: 0.7 to 1.4 of the usual in the rounds. */
function checkSamples(sequences: number, needed: number | null): void {
  if (needed === null || (sequences < 3 * needed && sequences > needed / 3)) return;
  throw new Unusable(
    `samples_to_converge_median is ${sequences} where others needed ${Math.round(needed)}: is it in tokens or steps?`,
  );
}

function memoryRun(row: RawRow, catalog: Known): MeasuredTrainingRun {
  const name = text(row, 'model');
  const model = modelNamed(name, catalog.models) ?? unknown('model', name, [...catalog.models.keys()]);
  const shape = shapeNamed(model.id, catalog);
  const tuning = tuningNamed(tuningWords(row), model);
  if ('reason' in tuning) throw new Unusable(tuning.reason);
  const isTorchtune = own(row, 'family') === TORCHTUNE.family;
  const stated = (field: string, known: number) =>
    isTorchtune ? (optional(row, field) ?? known) : whole(row, field);
  const gpus = cards(row);
  const demand: MemoryDemand = {
    ...tuning,
    shape,
    gpus,
    zero: gpus > 1 ? (zeroStageOf(row) ?? 3) : 0,
    layout: UNSPLIT,
    sequenceTokens: stated('seq_len', TORCHTUNE.sequenceTokens),
    microBatch: stated('micro_batch', TORCHTUNE.microBatch),
    activations: recomputationOf(row).actCkpt === 'False' ? 'keep' : 'recompute',
    chunksLogits: isTorchtune,
    sumsIn32Bits: false,
    frozenParameters: 0,
  };
  const measured = number(row, 'peak_memory_gib_per_gpu');
  checkMemory(row, measured, catalog);
  return { run: { asks: 'memory', demand }, measured, unit: 'GiB', quantity: 'memoryGib' };
}

/** How the row calls its tuning, with its optimiser where a field of its own names that. */
function tuningWords(row: RawRow): string {
  const method = text(row, 'method');
  const optimiser = isAbsent(row, 'optimizer') ? null : text(row, 'optimizer');
  return optimiser === null ? method : `${method} ${optimiser.replaceAll('_', ' ')}`;
}

/** `accelerators`, or the number of `8x A100` and `A100 x8`. */
function cards(row: RawRow): number {
  if (!isAbsent(row, 'accelerators')) return whole(row, 'accelerators');
  const hardware = text(row, 'hardware');
  const count = CARDS.exec(hardware)?.[1] ?? COUNTED_LAST.exec(hardware)?.[1];
  if (count === undefined || Number(count) < 1)
    throw new Unusable(`hardware ${shown(hardware)} is not of the form 8x A100`);
  return Number(count);
}

/** A peak above the card's memory is that of all cards, or in another unit. */
function checkMemory(row: RawRow, peakGib: number, { accelerators }: Known): void {
  const named = [own(row, 'hardware'), own(row, 'gpu')].filter((name) => typeof name === 'string');
  const cards = named.flatMap((name) => acceleratorsNamed(name.replace(COUNTED_LAST, ''), accelerators));
  const all = cards.length > 0 ? cards : [...accelerators.values()];
  const most = Math.max(...all.map(memoryGib));
  if (peakGib <= most) return;
  throw new Unusable(
    `peak_memory_gib_per_gpu is ${peakGib}, and a card has ${most.toFixed(0)} GiB: is it that of all cards, or in another unit?`,
  );
}

function shared(row: RawRow, catalog: Known, model: string) {
  shapeNamed(model, catalog);
  // MLPerf writes the accelerator as its submitter names it, and `gpu` only where that is known.
  const isNamedElse = isAbsent(row, 'gpu') && !isAbsent(row, 'accelerator');
  const { id: gpu } = acceleratorOf(isNamedElse ? { ...row, gpu: own(row, 'accelerator') } : row, catalog);
  const [kind, family] = [text(row, 'kind'), text(row, 'family')];
  return { id: '', source: '', kind, model, gpu, family, accelerators: whole(row, 'accelerators') };
}

function shapeNamed(model: string, { models }: Known) {
  const shape = rowShape(model, models);
  if (shape !== null) return shape;
  const known = modelNamed(model, models);
  if (known !== null) throw new Unusable(`the dimensions of ${known.id} are not published`);
  return unknown('model', model, [...models.keys(), ...ROW_MODELS]);
}

function setupOf(catalog: Known, row: TrainingRow): TrainingSetup {
  const measured = measuredTraining(row, catalog);
  if ('reason' in measured) throw new Unusable(measured.reason);
  return measured.setup;
}

function present<Field extends string>(
  row: RawRow,
  fields: readonly Field[],
): Partial<Record<Field, number>> {
  const found: Partial<Record<Field, number>> = {};
  for (const field of fields) if (!isAbsent(row, field)) found[field] = whole(row, field);
  return found;
}
