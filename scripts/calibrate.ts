/**
 * Fits the constants and corrections of the sizing on the catalog's measured runs, cross-validates them, and writes
 * `lib/catalog/data/sizing`. Run again it writes the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { calibrate, missesOf } from '#lib/calibration/calibrate';
import { calibrationRuns, calibrationStart } from '#lib/calibration/calibration-runs';
import { bandSteps, VERSIONLESS_STEPS } from '#lib/calibration/band-steps';
import {
  asDemands,
  asUnmeasured,
  leaveOut,
  sweepFold,
  type LeftOut,
} from '#lib/calibration/cross-validation';
import {
  errorLine,
  errorLines,
  heldBands,
  type ErrorLine,
  type HeldSettings,
} from '#lib/calibration/error-table';
import { acceleratorChoices, underLimit } from '#lib/calibration/objective';
import type { PreparedRun } from '#lib/calibration/prepared-run';
import { acceleratorPrices, usdPerGpuHour } from '#lib/evaluation/accelerator-prices';
import type { AcceleratorOffer } from '#lib/evaluation/choice-figures';
import { publisherSpread } from '#lib/calibration/publisher-spread';
import { loadCatalog } from '#lib/catalog/load';
import { architectureOf } from '#lib/sizing/architecture';

const DATA = join(__dirname, '..', 'lib', 'catalog', 'data', 'sizing');
const catalog = loadCatalog();

const runs = calibrationRuns(catalog);
const bare = { ...calibrationStart(catalog), banded: { bands: { throughput: [], tpot: [], ttft: [] } } };
const unbanded = calibrate(runs, bare);
/** Fits without some runs end near the fit with all. */
const start = { ...bare, near: unbanded };

/** The NVIDIA laboratory names its files by the repository of the model, InferenceX by date or by its own short names. */
const LABORATORY = /^ix-(meta_llama|nvidia_|openai_|qwen_|qwen3_32b)/;
/** One publisher's runs are left out together. */
const publisherOf = ({ id }: PreparedRun) => {
  if (id.startsWith('trt')) return 'tensorrt-llm';
  return LABORATORY.test(id) ? 'nvidia-laboratory' : 'inferencex';
};

const sweeps = leaveOut(runs, sweepFold(5, 1), start);
const models = leaveOut(runs, ({ model }) => architectureOf(model), start);
const accelerators = leaveOut(runs, ({ accelerator }) => accelerator.id, start);
const publishers = leaveOut(runs, publisherOf, start);
const again = leaveOut(runs, sweepFold(5, 2), start);
/** There are few publishers, and the next one is as unlike them as they are among themselves: they count twice. */
const unlike = [...publishers, ...publishers];
const everything = [...sweeps, ...models, ...accelerators, ...unlike];
const publisherOfLeftOut = ({ run }: LeftOut) => publisherOf(run);
const spread = publisherSpread(publishers, publisherOfLeftOut);
const versionlessSpread = publisherSpread(asDemands(publishers), publisherOfLeftOut);
const bands = bandSteps(everything, undefined, spread);
const versionlessBands = bandSteps(asDemands(everything), VERSIONLESS_STEPS, versionlessSpread);

/** A family without runs is unlike those with some, and whoever measures it first is a new publisher. */
const familyOf = ({ accelerator }: PreparedRun) => accelerator.family;
const families = leaveOut(runs, familyOf, start);
const unmeasured = leaveOut(runs, familyOf, start, asUnmeasured);
const unlikeUnmeasured = leaveOut(runs, publisherOf, start, asUnmeasured);
const unmeasuredSpread = publisherSpread(unlikeUnmeasured, publisherOfLeftOut);
/** One step: nothing nearby tells such points apart. */
const ALL = [1] as const;
const unseenBands = {
  operators: bandSteps([...families, ...unlike], ALL, spread),
  roofline: bandSteps([...unmeasured, ...unlikeUnmeasured], ALL, unmeasuredSpread),
};

/** What the method says by itself, measured operators, overheads and roofline. */
const withoutRuns = (leftOut: readonly LeftOut[]) =>
  leftOut.map((each) => ({ ...each, misses: each.plainMisses, unexplained: 1 }));
const publisherLines = errorLines(publishers, ({ run }) => publisherOf(run), bands).map(
  (line): ErrorLine => ({ ...line, name: `publisher ${line.name}` }),
);

/** What the shipped method says of the runs that it knows. */
const ofKnown = runs.map((run): LeftOut => {
  const misses = missesOf(run, unbanded);
  return { run, misses, plainMisses: misses, unexplained: 0, versionless: { misses, unexplained: 0 } };
});

const pricesOf = (gpus: readonly string[]) => usdPerGpuHour(acceleratorPrices(catalog, gpus));
const offerLine = ({ gpu, measured, predicted }: AcceleratorOffer) => ({ gpu, measured, predicted });
/** Of the workloads only those where another accelerator measured better. */
const choiceLines = (name: string, leftOut: readonly LeftOut[]) =>
  acceleratorChoices(leftOut, pricesOf).map(
    ({ tpotMs, workloads, best, within5, meanRegret, choices, byCost }) => ({
      name,
      tpotMs,
      workloads,
      best,
      within5,
      meanRegret,
      missed: choices
        .filter(({ regret }) => regret > 0)
        .map(({ chosen, best: measuredBest, ...choice }) => ({
          ...choice,
          chosen: chosen === null ? null : offerLine(chosen),
          best: offerLine(measuredBest),
        })),
      byCost: {
        workloads: byCost.workloads,
        best: byCost.best,
        within5: byCost.within5,
        meanRegret: byCost.meanRegret,
        unpriced: byCost.unpriced,
      },
    }),
  );

const foldOf = ({ run }: LeftOut) => sweepFold(5, 1)(run);
const modelOf = ({ run }: LeftOut) => architectureOf(run.model);
const acceleratorOf = ({ run }: LeftOut) => run.accelerator.id;
/** Publishers are among what these bands are made of. */
const known: HeldSettings = { spreadWithout: () => spread };
const versionless: HeldSettings = { limits: VERSIONLESS_STEPS, spreadWithout: () => versionlessSpread };

const errors = {
  leftOut: [
    errorLine('sweeps', sweeps, bands),
    errorLine('sweeps, another seed', again, bands),
    errorLine('sweeps, without measured runs', withoutRuns(sweeps), bands),
    errorLine('one model', models, bands),
    errorLine('one accelerator', accelerators, bands),
    errorLine('one family of accelerators', families, unseenBands.operators),
    errorLine('one family, by the roofline alone', unmeasured, unseenBands.roofline),
    errorLine('one publisher', publishers, bands),
    errorLine('one publisher, without measured runs', withoutRuns(publishers), bands),
    ...publisherLines,
  ],
  byModel: errorLines(sweeps, ({ run }) => run.model.id, bands),
  byAccelerator: errorLines(sweeps, ({ run }) => run.accelerator.id, bands),
  byPrecision: errorLines(sweeps, ({ run }) => run.run.precision, bands),
  byEngine: errorLines(sweeps, ({ run }) => run.piece.engine, bands),
  heldBands: [
    heldBands('sweeps', sweeps, foldOf, [...models, ...accelerators, ...unlike], known),
    heldBands('models', models, modelOf, [...sweeps, ...accelerators, ...unlike], known),
    heldBands('accelerators', accelerators, acceleratorOf, [...sweeps, ...models, ...unlike], known),
    heldBands('publishers', unlike, publisherOfLeftOut, [...sweeps, ...models, ...accelerators], {
      spreadWithout: (part) =>
        publisherSpread(
          publishers.filter((each) => publisherOfLeftOut(each) !== part),
          publisherOfLeftOut,
        ),
    }),
    heldBands('families', families, ({ run }) => familyOf(run), unlike, { ...known, limits: ALL }),
    heldBands('families by the roofline alone', unmeasured, ({ run }) => familyOf(run), unlikeUnmeasured, {
      limits: ALL,
      spreadWithout: () => unmeasuredSpread,
    }),
    heldBands(
      'sweeps asked without a version',
      asDemands(sweeps),
      foldOf,
      asDemands([...models, ...accelerators, ...unlike]),
      versionless,
    ),
    heldBands(
      'models asked without a version',
      asDemands(models),
      modelOf,
      asDemands([...sweeps, ...accelerators, ...unlike]),
      versionless,
    ),
  ],
  underTpotLimit: [20, 33, 50].map((tpotMs) => underLimit(sweeps, tpotMs)),
  acceleratorChoice: [
    ...choiceLines('sweeps', sweeps),
    ...choiceLines('sweeps, another seed', again),
    ...choiceLines('sweeps, asked without a version', asDemands(sweeps)),
    ...choiceLines('nothing: runs that the method knows', ofKnown),
  ],
};

const method = {
  ...unbanded,
  corrections: () =>
    unbanded.corrections().map((each) => ({ ...each, bands, versionlessBands, unseenBands })),
};
const [corrections] = method.corrections();
writeFileSync(join(DATA, 'roofline.json'), `${JSON.stringify(method.constants)}\n`);
writeFileSync(join(DATA, 'kernel-overheads.json'), `${JSON.stringify(method.kernelConstants)}\n`);
if (corrections !== undefined) {
  const { groups, ...head } = corrections;
  const rows = groups.map((group) => JSON.stringify(group)).join(',\n');
  writeFileSync(
    join(DATA, 'corrections.json'),
    `${JSON.stringify(head).slice(0, -1)},"groups":[\n${rows}\n]}\n`,
  );
}
const lines = Object.entries(errors).map(
  ([name, list]) => `${JSON.stringify(name)}:[\n${list.map((line) => JSON.stringify(line)).join(',\n')}\n]`,
);
writeFileSync(join(DATA, 'errors.json'), `{\n${lines.join(',\n')}\n}\n`);
for (const { name, throughput, tpot, ttft } of errors.leftOut) {
  const figures = [throughput, tpot, ttft].map((each) =>
    each === null
      ? '–'
      : `${(each.median * 100).toFixed(1)} / ${(each.p90 * 100).toFixed(1)} / ${(each.within25 * 100).toFixed(0)} (${(each.inBand * 100).toFixed(0)} % in band)`,
  );
  console.log(`${name}: throughput ${figures[0]}, TPOT ${figures[1]}, TTFT ${figures[2]}`);
}
for (const { name, throughput, tpot, ttft } of errors.heldBands) {
  console.log(`${name} inside bands made without them: throughput ${throughput}, TPOT ${tpot}, TTFT ${ttft}`);
}
console.log(JSON.stringify(errors.underTpotLimit));
for (const { name, tpotMs, workloads, best, within5 } of errors.acceleratorChoice) {
  console.log(`${name}, at ${tpotMs} ms: chosen best in ${best} of ${workloads}, within 5 % in ${within5}`);
}
