import { loadOf, type Load } from '#lib/sizing/candidate';
import type { OperatingPoint } from '#lib/sizing/predictor';
import { tensorDegrees } from '#lib/sizing/parallelism';
import type { ServingDemand } from '#lib/sizing/sizing';

/** What one sequence needs on the widest layout of a node, against what there is. */
export function memoryMisfit(demand: ServingDemand): string {
  const tensor = tensorDegrees(demand).at(-1) ?? 1;
  const load = loadOf(demand, { tensor, pipeline: 1, attentionData: 1 });
  if (load === null) throw new Error('the memory of a model without dimensions was asked for');
  const { neededGibPerGpu, usableGibPerGpu } = load;
  return `${neededGibPerGpu.toFixed(1)} GiB needed on each of ${tensor} × ${demand.accelerator.id} for ${demand.model.name} in ${demand.precision} and one longest sequence, ${usableGibPerGpu.toFixed(1)} GiB usable`;
}

/** The best latency that any layout reached at concurrency 1, for each objective that was missed. */
export function latencyMisfit(
  demand: ServingDemand,
  missed: readonly { readonly load: Load; readonly single: OperatingPoint }[],
): readonly string[] {
  const reasons: string[] = [];
  const report = (name: string, asked: number | null, valueOf: (point: OperatingPoint) => number) => {
    const [best] = missed.toSorted((a, b) => valueOf(a.single) - valueOf(b.single));
    if (asked === null || best === undefined || valueOf(best.single) <= asked) return;
    reasons.push(
      `${name} ${valueOf(best.single).toFixed(0)} ms at concurrency 1 on ${best.load.gpus} × ${demand.accelerator.id}, ${asked} ms asked`,
    );
  };
  report('TPOT', demand.tpotMs, (point) => point.tpotMs);
  report('TTFT', demand.ttftMs, (point) => point.ttftMs);
  if (reasons.length > 0) return reasons;
  return [
    `no layout on ${demand.accelerator.id} meets TPOT ${demand.tpotMs ?? '–'} ms and TTFT ${demand.ttftMs ?? '–'} ms at once`,
  ];
}
