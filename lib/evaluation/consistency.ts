import type { Precision } from '#lib/catalog/precision';
import { Unusable } from '#lib/evaluation/row-fields';
import { shown } from '#lib/text/place';

/**
 * Throughput × TPOT is the number of sequences that run (Little), so it lies below the concurrency: in 1,788 published
 * runs between 0.17 and 1.00 of it. Medians instead of means leave some room.
 */
const RUNNING_SHARE = { least: 0.005, most: 1.5 } as const;
/** No engine answers sooner. */
const LEAST_TTFT_MS = 1;

interface Timed {
  readonly gpus: number;
  readonly concurrency: number;
  readonly outputTokensPerSecondPerGpu: number;
  readonly tpotMs: number | null;
  readonly ttftMs: number | null;
}

/**
 * Refuses figures that contradict each other: a unit mistaken, or the rate of all GPUs taken for that of one.
 *
 * @throws Unusable
 */
export function checkFigures({ gpus, concurrency, tpotMs, ttftMs, ...run }: Timed): void {
  const rate = run.outputTokensPerSecondPerGpu;
  if (ttftMs !== null && ttftMs < LEAST_TTFT_MS) {
    throw new Unusable(`ttft_ms is ${ttftMs}: no engine answers within a millisecond; are these seconds?`);
  }
  if (tpotMs === null) return;
  const running = (rate * gpus * tpotMs) / 1000;
  if (running > RUNNING_SHARE.most * concurrency) {
    const rates = gpus > 1 ? 'the rate that of all GPUs, or ' : '';
    throw new Unusable(
      `${rate} tokens/s × ${gpus} GPUs × ${tpotMs} ms are ${running.toFixed(1)} running sequences, and the concurrency is ${concurrency}: is ${rates}a unit wrong?`,
    );
  }
  if (running < RUNNING_SHARE.least * concurrency) {
    throw new Unusable(
      `${rate} tokens/s × ${gpus} GPUs × ${tpotMs} ms are ${running.toPrecision(2)} running sequences at concurrency ${concurrency}: is tpot_ms in seconds?`,
    );
  }
}

/** Formats that a checkpoint's name may state; 8-bit weights and activations may be of either kind. */
const NAMED_FORMATS: Readonly<Record<string, readonly Precision[]>> = {
  fp8: ['fp8'],
  fp4: ['fp4'],
  nvfp4: ['fp4'],
  mxfp4: ['fp4'],
  int4: ['int4'],
  awq: ['int4'],
  gptq: ['int4', 'int8'],
  w4a16: ['int4'],
  int8: ['int8'],
  w8a8: ['int8', 'fp8'],
};

/** Refuses a row whose checkpoint states another format than its `precision`. */
export function checkFormat(model: string, precision: Precision): void {
  for (const word of model.toLowerCase().split(/[^a-z0-9]+/)) {
    const formats = Object.hasOwn(NAMED_FORMATS, word) ? NAMED_FORMATS[word] : undefined;
    if (formats !== undefined && !formats.includes(precision)) {
      throw new Unusable(`model ${shown(model)} is a checkpoint in ${word}, and precision says ${precision}`);
    }
  }
}
