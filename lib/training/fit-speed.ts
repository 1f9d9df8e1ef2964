import { fitWithPriors, type Prior } from '#lib/fitting/fit-with-priors';
import type { MeasuredTraining } from '#lib/training/measured-training';
import { effectKeys, predictTokens, type SpeedModel } from '#lib/training/speed-model';
import { STEP_CONSTANTS, type StepConstant, type StepConstants } from '#lib/training/step-time';

/** Before any row: shares of a peak that well-tuned matrices reach, and orders of magnitude for the rest. */
const EXPECTED: Readonly<Record<StepConstant, number>> = {
  bf16Share: 0.72,
  fp8Share: 0.6,
  mxfp8Share: 0.6,
  fp4Share: 0.5,
  expertShare: 0.6,
  attentionShare: 0.5,
  passes: 40,
  expertPasses: 20,
  logitPasses: 8,
  layerMicroseconds: 100,
  expertLayerMicroseconds: 1000,
  stepMilliseconds: 50,
  bubble: 0.5,
  tensorExposed: 0.3,
  expertExposed: 0.5,
  gatherExposed: 0.2,
  denseGain: 1.1,
  expertGain: 1.2,
};
/** How far each may lie from it, in logarithm. */
const DOUBT: Readonly<Record<StepConstant, number>> = {
  bf16Share: 0.3,
  fp8Share: 0.3,
  mxfp8Share: 0.3,
  fp4Share: 0.3,
  expertShare: 0.4,
  attentionShare: 0.4,
  passes: 0.7,
  expertPasses: 0.7,
  logitPasses: 0.7,
  layerMicroseconds: 1,
  expertLayerMicroseconds: 1.5,
  stepMilliseconds: 1,
  bubble: 0.7,
  tensorExposed: 0.7,
  expertExposed: 0.7,
  gatherExposed: 0.7,
  denseGain: 0.1,
  expertGain: 0.2,
};
/** How far groups of runs lie from the formula, in logarithm, on the scale of `fitWithPriors`. Cross-validated. */
const DEVIATIONS: Readonly<Record<string, number>> = {
  software: 0.5,
  accelerator: 0.2,
  format: 0.15,
  model: 0.5,
  run: 0.1,
};

/** The constants and effects that explain the runs best; the same runs in the same order give the same figures. */
export function fitSpeed(runs: readonly MeasuredTraining[]): SpeedModel {
  const keys = [...new Set(runs.flatMap(({ setup }) => effectKeys(setup)))].toSorted();
  const places = new Map(keys.map((key, index) => [key, STEP_CONSTANTS.length + index]));
  const priors: readonly Prior[] = [
    ...STEP_CONSTANTS.map((name) => ({ mean: Math.log(EXPECTED[name]), deviation: DOUBT[name] })),
    ...keys.map((key) => ({ mean: 0, deviation: DEVIATIONS[key.slice(0, key.indexOf('/'))] ?? 0.1 })),
  ];
  const observations = runs.map(({ setup, tokensPerSecondPerGpu }) => {
    const own = effectKeys(setup).map((key) => ({ key, place: places.get(key) ?? 0 }));
    return {
      measured: Math.log(tokensPerSecondPerGpu),
      depends: [...STEP_CONSTANTS.keys(), ...own.map(({ place }) => place)],
      predict: (parameters: readonly number[]) => {
        const effects = new Map(own.map(({ key, place }) => [key, parameters[place] ?? 0]));
        const tokens = predictTokens(setup, { constants: constantsOf(parameters), effects });
        if (tokens === null) throw new Error(`${setup.accelerator.id} has no unit for ${setup.precision}`);
        return Math.log(tokens);
      },
    };
  });
  const fitted = fitWithPriors(priors, observations);
  return {
    constants: constantsOf(fitted),
    effects: new Map(keys.map((key) => [key, fitted[places.get(key) ?? 0] ?? 0])),
  };
}

/** Fitted in logarithms, so that none turns negative. */
function constantsOf(logarithms: readonly number[]): StepConstants {
  const constants: Record<StepConstant, number> = { ...EXPECTED };
  for (const [place, name] of STEP_CONSTANTS.entries()) constants[name] = Math.exp(logarithms[place] ?? 0);
  return constants;
}
