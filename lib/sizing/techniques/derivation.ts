import { bytesToGib } from '#lib/units/bytes';
import type { Step } from '#lib/units/derivation';
import type { Load } from '#lib/sizing/candidate';
import { input, step } from '#lib/sizing/derivation-step';
import type { OperatingPoint } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';

/** Weights that lie on the GPUs where that is not simply the model. */
export function heldSteps({ techniques }: ServingDemand, load: Load): Step[] {
  if (load.heldBytes === load.modelBytes) return [];
  return [
    step(
      'held-weights',
      'Weights on the GPUs of one replica',
      'model × (1 − share in host memory) + drafter and adapters',
      bytesToGib(load.heldBytes),
      'GiB',
      [
        input('model', bytesToGib(load.modelBytes), 'GiB'),
        input('share in host memory', techniques?.offload?.weightsShare ?? 0, 'share 0–1'),
        input('drafter and adapters', bytesToGib(load.weightBytes - load.modelBytes), 'GiB'),
      ],
    ),
  ];
}

/** What the techniques make of a decode step, worked out on the roofline. */
export function effectSteps({ techniques }: ServingDemand, { effect, kernels }: OperatingPoint): Step[] {
  if (effect === null) return [];
  const speculation = techniques?.speculation;
  const drafted =
    speculation === undefined
      ? []
      : [
          input('acceptance', speculation.acceptance.base, 'share 0–1'),
          input('drafted', speculation.draftTokens, 'tokens'),
        ];
  return [
    step(
      'tokens-per-step',
      'Tokens that one step yields',
      '(1 − acceptance^(drafted + 1)) ÷ (1 − acceptance)',
      effect.tokensPerStep,
      'tokens',
      drafted.length === 0 ? [input('drafted', 0, 'tokens')] : drafted,
    ),
    step(
      'technique-effect',
      'Decode step with what is switched on, per token and against the plain one, by the roofline',
      '(plain + verifying + drafting + adapters + host) ÷ plain ÷ tokens per step',
      effect.decode,
      'factor',
      [
        input('plain', effect.plainSeconds * 1000, 'ms'),
        input('verifying', effect.verifySeconds * 1000, 'ms'),
        input('drafting', effect.draftSeconds * 1000, 'ms'),
        input('adapters', effect.adapterSeconds * 1000, 'ms'),
        input('host', effect.hostSeconds * 1000, 'ms'),
        input('tokens per step', effect.tokensPerStep, 'tokens'),
      ],
    ),
    ...(kernels === null || kernels.cycle.verifying === null
      ? []
      : [
          step(
            'technique-effect-kernels',
            'The same by measured operators, which verify all drafted tokens',
            '(verified ÷ plain + beside) ÷ tokens per step',
            kernels.decodeFactor,
            'factor',
            [
              input(
                'verified ÷ plain',
                kernels.decodeFactor * effect.tokensPerStep - effect.beside,
                'factor',
              ),
              input('beside', effect.beside, 'share of a plain step'),
              input('tokens per step', effect.tokensPerStep, 'tokens'),
            ],
          ),
        ]),
  ];
}
