import { input, step } from '#lib/sizing/derivation-step';
import type { Band } from '#lib/units/band';
import type { Step } from '#lib/units/derivation';
import type { FittedRun } from '#lib/training/fit';
import type { Generation } from '#lib/training/rollouts';
import type { ReinforcementDemand, StepSeconds } from '#lib/training/reinforcement';

interface Result {
  readonly tokens: number;
  readonly passes: number;
  readonly forward: number;
  readonly run: FittedRun;
  readonly generation: Generation;
  readonly stepSeconds: StepSeconds;
  readonly hours: Band;
}

/** The arithmetic of a reinforcement's sizing, in the order in which it was done. */
export function reinforcementSteps(demand: ReinforcementDemand, result: Result): readonly Step[] {
  const { tokens, passes, forward, run, generation, stepSeconds, hours } = result;
  return [
    step('tokens-per-step', 'Tokens of a step', 'prompts × answers × (prompt + answer)', tokens, 'tokens', [
      input('prompts', demand.promptsPerStep, 'prompts'),
      input('answers', demand.answersPerPrompt, 'answers/prompt'),
      input('prompt', demand.promptTokens, 'tokens'),
      input('answer', demand.answerTokens, 'tokens'),
    ]),
    step(
      'generation',
      'Writing the answers of a step',
      'answers beyond the slots ÷ throughput + prompt + Σ over the answer’s tokens of TPOT with those that still run',
      generation.seconds.base,
      's',
      [
        input('replicas', generation.replicas, 'replicas'),
        input('GPUs of one', generation.gpusPerReplica, 'GPUs'),
        input('slots of one', generation.concurrency, 'sequences'),
        input('share behind the longest', generation.idleShare, 'share 0–1'),
      ],
    ),
    step('update', 'Learning from them', 'tokens ÷ tokens/s of the training', stepSeconds.update.base, 's', [
      input('tokens', tokens, 'tokens'),
      input('tokens/s', run.speed.tokensPerSecondPerGpu.base * run.gpus, 'tokens/s'),
    ]),
    step(
      'scoring',
      'Probabilities of the answers',
      'update × passes × forward ÷ training FLOPs',
      stepSeconds.scoring.base,
      's',
      [
        input('passes', passes, 'passes'),
        input('forward', forward, 'FLOP/token'),
        input('training', run.speed.flopsPerToken, 'FLOP/token'),
      ],
    ),
    step('step', 'One step', 'generation + scoring + update + refit + beyond', stepSeconds.total.base, 's', [
      input('refit', stepSeconds.refit, 's'),
      input('beyond', stepSeconds.beyond.base, 's'),
    ]),
    step('hours', 'The run', 'steps × step ÷ 3600 ÷ goodput', hours.base, 'h', [
      input('steps', demand.steps, 'steps'),
    ]),
  ];
}
