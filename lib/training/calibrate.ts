import type { Catalog } from '#lib/catalog/catalog';
import { convergenceRecords } from '#lib/training/convergence';
import { figuresOf, holdOutGroups, type HeldOutRun } from '#lib/training/cross-validation';
import { fitSpeed } from '#lib/training/fit-speed';
import { measuredTraining, type MeasuredTraining } from '#lib/training/measured-training';
import { peakFlops } from '#lib/training/setup';
import type { ConstantsRecord } from '#lib/training/speed-constants';
import { runKey } from '#lib/training/speed-model';
import { STEP_CONSTANTS, type StepConstant, type StepConstants } from '#lib/training/step-time';
import type { TrainingRow } from '#lib/training/training-row';

const METHOD =
  'GPU seconds per token = (weights + attention at shares of the peak + activations through memory + launches + ' +
  'exposed communication) × pipeline bubble + optimiser step, times effects of software, format, accelerator, model ' +
  'and run, each drawn towards 1; fitted in logarithms with a pseudo-Huber loss; errors with 35 % of the groups of ' +
  'model, accelerator and format left out, five seeds';
const SEEDS = [1, 2, 3, 4, 5];

/** The rows that can be fitted: model, accelerator, format and throughput are known. In the order of the file. */
export function fittedRuns(
  rows: readonly TrainingRow[],
  catalog: Pick<Catalog, 'models' | 'accelerators'>,
): readonly MeasuredTraining[] {
  const convergence = new Map(convergenceRecords(rows).map((record) => [record.benchmark, record]));
  return rows.flatMap((row) => {
    const run = measuredTraining(row, catalog, convergence);
    if ('reason' in run) return [];
    return peakFlops(run.setup.accelerator, run.setup.precision) === null ? [] : [run];
  });
}

/** The records of `training-constants.json`: method, constants, effects, and errors on runs that were left out. */
export function calibrateTraining(
  rows: readonly TrainingRow[],
  catalog: Pick<Catalog, 'models' | 'accelerators'>,
  provenance: { readonly rows: string; readonly asOf: string },
): readonly ConstantsRecord[] {
  const runs = fittedRuns(rows, catalog);
  const { constants, effects } = fitSpeed(runs);
  const unseen = holdOutGroups(runs, ({ setup }) => groupOf(setup), SEEDS);
  const seen = holdOutGroups(runs, ({ setup }, place) => `${runKey(setup)}/${place}`, SEEDS);
  const used = new Set(runs.map(({ row }) => row.source));
  const records: ConstantsRecord[] = [
    {
      id: 'method',
      version: 'training-constants.v1',
      asOf: provenance.asOf,
      method: METHOD,
      rows: provenance.rows,
      rowCount: runs.length,
      sources: [...used].toSorted(),
      newestMonth: Math.max(...runs.map(({ setup }) => setup.softwareMonth)),
    },
    { id: 'step', ...roundedConstants(constants) },
    ...[...effects].map(([id, lnTime]) => ({ id, lnTime: significant(lnTime) })),
    ...convergenceRecords(rows),
    ...heldOutRecords('unseen', unseen),
    ...heldOutRecords('seen', seen),
  ];
  return records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

type Setup = MeasuredTraining['setup'];

/** Adapters of a model leave the same group out as its full training. */
function groupOf({ shape, accelerator, precision }: Setup): string {
  return `${shape.id}/${accelerator.id}/${precision}`;
}

function heldOutRecords(known: 'seen' | 'unseen', heldOut: readonly HeldOutRun[]): ConstantsRecord[] {
  const classes: Readonly<Record<string, (run: MeasuredTraining) => boolean>> = {
    all: () => true,
    dense: ({ setup }) => setup.shape.experts === null,
    moe: ({ setup }) => setup.shape.experts !== null,
    throughput: ({ row }) => row.kind === 'training_throughput',
    mlperf: ({ row }) => row.kind === 'mlperf_training',
    ...Object.fromEntries(
      [...new Set(heldOut.map(({ run }) => precisionClass(run)))].map((name) => [
        name,
        (run: MeasuredTraining) => precisionClass(run) === name,
      ]),
    ),
  };
  return Object.entries(classes).map(([name, isOf]) => ({
    id: `heldout/${known}/${name}`,
    ...figuresOf(heldOut.filter(({ run }) => isOf(run))),
  }));
}

function precisionClass({ setup }: MeasuredTraining): string {
  return `${setup.precision}-${setup.shape.experts === null ? 'dense' : 'moe'}`;
}

/** Five digits: more would only record the arithmetic. */
function significant(value: number): number {
  return Number(value.toPrecision(5));
}

function roundedConstants(constants: StepConstants): StepConstants {
  const rounded: Record<StepConstant, number> = { ...constants };
  for (const name of STEP_CONSTANTS) rounded[name] = significant(rounded[name]);
  return rounded;
}
