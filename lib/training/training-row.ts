/** One measured training run of the catalog: throughput, or minutes of an MLPerf benchmark. */
export interface TrainingRow {
  readonly id: string;
  readonly kind: string;
  /** As the publisher writes it: `DeepSeekV3`, `llama2_70b_lora`. */
  readonly model: string;
  readonly gpu: string | null;
  readonly accelerators: number | null;
  readonly precision: string | null;
  readonly family: string;
  readonly seqLen?: number | null;
  readonly tokSPerGpu?: number;
  readonly modelTflopsPerGpu?: number;
  readonly tp?: number;
  readonly pp?: number;
  readonly cp?: number;
  readonly ep?: number;
  readonly gbs?: number;
  readonly mbs?: number;
  readonly microBatch?: number;
  readonly fsdp?: number;
  readonly sharding?: string;
  readonly actCkpt?: string;
  readonly release?: string;
  readonly globalBatchSize?: number;
  readonly minutesOlympicMean?: number;
  readonly samplesToConvergeMedian?: number;
  readonly tokSPerGpuDerived?: number;
  readonly source: string;
}
