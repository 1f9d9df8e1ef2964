import type { SourceReference } from '#lib/catalog/provenance';
import type { Estimate, LineItem } from '#lib/cost/estimate';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import { qualityNodes } from '#lib/cost/explain/explain-quality';
import { retrievalNodes } from '#lib/cost/explain/explain-retrieval';
import { hoursNode } from '#lib/cost/explain/explain-hours';
import type { Plan, ScalingPlan } from '#lib/plan/plan';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { Step, StepInput } from '#lib/units/derivation';
import { grouped } from '#lib/units/grouped';

/** A number with everything that led to it. */
export interface Explanation {
  readonly path: string;
  readonly label: string;
  /** `null` where there is no price. */
  readonly value: number | null;
  readonly unit: string;
  readonly formula: string;
  readonly inputs: readonly StepInput[];
  readonly source: SourceReference | null;
  readonly children: readonly Explanation[];
  /** The same by the hour, where it changes with it. */
  readonly byHour?: ScalingPlan['replicasByHour'];
}

/**
 * Where a number of an option comes from: `<option>.monthly`, `.gpus`, `.lines.<key>`, `.ttft`, `.tpot`,
 * `.tokensPerSecond`, `.replicas`, `.quality`, `.wait`, `.embedding`, `.reranker`, `.steps.<id>`. Throws UNKNOWN_PATH with the nearest path there is.
 */
export function explain(estimate: Estimate, plan: Plan, path: string): Explanation {
  const nodes = available(estimate, plan);
  const node = nodes.get(path);
  if (node !== undefined) return node();
  throw new LandfallError({
    code: 'UNKNOWN_PATH',
    at: path,
    got: `"${path}"`,
    expected: 'the path of a number',
    fix: suggestion(path, [...nodes.keys()]),
  });
}

/** Every path that `explain` answers for this option. */
export function explainablePaths(estimate: Estimate, plan: Plan): string[] {
  return [...available(estimate, plan).keys()];
}

function available(estimate: Estimate, plan: Plan): Map<string, () => Explanation> {
  const start = estimate.option;
  const lines = estimate.lines.map((line) => {
    const path = `${start}.lines.${line.key}`;
    return [path, () => lineNode(path, line)] as const;
  });
  return new Map([
    [`${start}.monthly`, () => monthlyNode(start, estimate)],
    ...(plan.sizing === null ? [] : sizingNodes(start, plan, plan.sizing)),
    ...(plan.sizing === null ? [] : [hoursNode(start, plan)]),
    ...qualityNodes(start, plan),
    ...retrievalNodes(start, plan),
    ...lines,
  ]);
}

function monthlyNode(start: string, estimate: Estimate): Explanation {
  return {
    path: `${start}.monthly`,
    label: `Monthly equivalent over ${estimate.horizonMonths} months${estimate.atLeast ? ', at least' : ''}`,
    value: estimate.totals.monthlyUsd.base,
    unit: 'USD/month',
    formula: 'sum of the lines; each the annuity of the present value of its cash',
    inputs: [],
    source: null,
    children: estimate.lines
      .toSorted((a, b) => (b.monthlyUsd ?? Infinity) - (a.monthlyUsd ?? Infinity))
      .map((line) => lineNode(`${start}.lines.${line.key}`, line)),
  };
}

function lineNode(path: string, line: LineItem): Explanation {
  const price: StepInput[] =
    line.unitPriceUsd === null
      ? []
      : [
          {
            name: 'unit price',
            value: line.unitPriceUsd,
            unit: `USD per ${line.unit}`,
            ...(line.source === null ? {} : { source: line.source.id }),
          },
        ];
  return {
    path,
    label: line.label,
    value: line.monthlyUsd,
    unit: 'USD/month',
    formula: line.basis,
    inputs: [{ name: 'quantity', value: line.quantity, unit: line.unit }, ...price],
    source: line.source,
    children: [],
  };
}

function sizingNodes(start: string, plan: Plan, sizing: ServingSizing): [string, () => Explanation][] {
  const steps = sizing.derivation;
  const figure = (
    name: string,
    about: RegExp,
    head: Pick<Explanation, 'label' | 'value' | 'unit' | 'formula'>,
  ) => {
    const path = `${start}.${name}`;
    const roots = steps.filter((step) => about.test(step.id));
    const node = (): Explanation => ({
      path,
      ...head,
      inputs: [],
      source: null,
      children: (roots.length > 0 ? roots : steps).map((step) => stepNode(start, step, steps, [])),
    });
    return [path, node] as [string, () => Explanation];
  };
  const served = plan.nodePools.find(({ id }) => id === plan.serving?.nodePool);
  const gpus = served === undefined ? 0 : served.gpusPerNode * served.nodes.desired;
  const judged = sizing.latency === null ? '' : `, ${sizing.latency.percentile}`;
  return [
    figure('gpus', /replica|spare|gpus/, {
      label: 'GPUs bought',
      value: gpus,
      unit: 'GPUs',
      formula: `${fleetText(sizing)}, in whole nodes`,
    }),
    figure('replicas', /replica|spare/, {
      label: 'Replicas',
      value: sizing.replicas,
      unit: 'replicas',
      formula: `${sizing.replicasForLoad} for the load + ${sizing.spares} spare`,
    }),
    figure('ttft', /ttft|prefill/, {
      label: `Time to first token at the peak${judged}`,
      value: sizing.ttftMs.base,
      unit: 'ms',
      formula: 'from the steps below',
    }),
    figure('tpot', /tpot|decode/, {
      label: `Time per output token at the peak${judged}`,
      value: sizing.tpotMs.base,
      unit: 'ms',
      formula: 'from the steps below',
    }),
    figure('tokensPerSecond', /throughput|tokens-per-second/, {
      label: 'Output tokens per second of the fleet',
      value: sizing.tokensPerSecondPerReplica.base * sizing.replicas,
      unit: 'tokens/s',
      formula: `${grouped(sizing.tokensPerSecondPerReplica.base)} per replica × ${sizing.replicas} replicas`,
    }),
    ...(plan.redundancy === null ? [] : [headroomNode(start, plan.redundancy, sizing)]),
    ...steps.map((step): [string, () => Explanation] => [
      `${start}.steps.${step.id}`,
      () => stepNode(start, step, steps, []),
    ]),
  ];
}

function fleetText({ replicas, gpusPerReplica, prompts }: ServingSizing): string {
  const answers = `${replicas} replicas × ${gpusPerReplica} GPUs`;
  if (prompts === undefined) return answers;
  return `${prompts.replicas} replicas × ${prompts.gpusPerReplica} GPUs for prompts + ${answers} for answers`;
}

/** What stays beyond the peak with everything up, and while a replica or a node is down. */
function headroomNode(
  start: string,
  { withoutOneReplica, withoutOneNode }: NonNullable<Plan['redundancy']>,
  { headroom, replicas }: ServingSizing,
): [string, () => Explanation] {
  const path = `${start}.headroom`;
  const share = (name: string, value: number) => ({ name, value, unit: 'share of the peak' });
  return [
    path,
    () => ({
      path,
      label: 'Capacity beyond the peak',
      value: headroom,
      unit: 'share of the peak',
      formula: 'replicas × throughput ÷ (peak × output) − 1; with some down × replicas left ÷ replicas',
      inputs: [
        { name: 'replicas', value: replicas, unit: 'replicas' },
        share('one replica down', withoutOneReplica),
        share('one node down', withoutOneNode),
      ],
      source: null,
      children: [],
    }),
  ];
}

/** A step with the steps that its inputs name; `above` breaks a circle that a derivation should not have. */
function stepNode(start: string, step: Step, steps: readonly Step[], above: readonly string[]): Explanation {
  const path = [...above, step.id];
  const feeding = steps.filter(
    (other) => !path.includes(other.id) && step.inputs.some((input) => isMade(input, other)),
  );
  return {
    path: `${start}.steps.${step.id}`,
    label: step.label,
    value: step.value,
    unit: step.unit,
    formula: step.formula,
    inputs: step.inputs,
    source: null,
    children: feeding.map((other) => stepNode(start, other, steps, path)),
  };
}

/** True where the step made the input: `step` may be short for `decode-step` where the values agree. */
function isMade({ name, value }: StepInput, { id, label, value: made }: Step): boolean {
  return name === id || name === label || (value === made && id.endsWith(`-${name}`));
}
