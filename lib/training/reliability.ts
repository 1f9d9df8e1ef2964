import { checkpointBytes, checkpointIntervalSeconds } from '#lib/training/checkpoints';
import { GB } from '#lib/units/bytes';

/**
 * Hours that one GPU runs between unexpected interruptions of its job: 419 in 54 days on 16,384 H100, hosts and network
 * included (Grattafiori et al., The Llama 3 Herd of Models, section 3.3.4). A default; fleets differ by a factor of two.
 */
export const MTBF_GPU_HOURS = (54 * 24 * 16_384) / 419;

export interface ReliabilityInput {
  readonly gpus: number;
  /** Hours of computing, before anything is lost. */
  readonly computeHours: number;
  /** Parameters that a checkpoint to resume from holds with their states. */
  readonly trainedParameters: number;
  /** GB/s at which all GPUs together write a checkpoint. */
  readonly checkpointGbPerSecond: number;
  /** Hours of one GPU between interruptions of its job. */
  readonly mtbfGpuHours: number;
  /** Minutes from an interruption until the run computes again. */
  readonly restartMinutes: number;
}

export interface Reliability {
  readonly resumeBytes: number;
  readonly writeSeconds: number;
  /** Young and Daly. */
  readonly intervalSeconds: number;
  /** Hours of the whole run between interruptions. */
  readonly mtbfHours: number;
  /** Interruptions to expect over the run; `null` where it would not advance. */
  readonly failures: number | null;
  /** Share of the time that computes something that is kept, 0–1; 0 where the run would not advance. */
  readonly goodput: number;
  /** Hours until the run is done; `null` where it would not advance. */
  readonly hours: number | null;
}

/** A run that keeps less of its time does not advance: no plan is made of it. */
const LEAST_GOODPUT = 0.01;

/**
 * What interruptions cost: writing, the work since the last checkpoint and a restart for each. Interruptions come at
 * random, during writing and restarts too: an interval and its checkpoint then take `MTBF × e^(restart ÷ MTBF) ×
 * (e^((interval + writing) ÷ MTBF) − 1)` on average (Daly 2006, equation 20).
 */
export function reliabilityOf(input: ReliabilityInput): Reliability {
  const { gpus, computeHours, trainedParameters, checkpointGbPerSecond, mtbfGpuHours, restartMinutes } =
    input;
  const resumeBytes = checkpointBytes(trainedParameters, 'resume');
  const writeSeconds = resumeBytes / (checkpointGbPerSecond * GB);
  const mtbfSeconds = (mtbfGpuHours / gpus) * 3600;
  const intervalSeconds = checkpointIntervalSeconds(writeSeconds, mtbfSeconds);
  const spentSeconds =
    mtbfSeconds *
    Math.exp((restartMinutes * 60) / mtbfSeconds) *
    Math.expm1((intervalSeconds + writeSeconds) / mtbfSeconds);
  const kept = intervalSeconds / spentSeconds;
  const goodput = kept < LEAST_GOODPUT ? 0 : kept;
  const hours = goodput === 0 ? null : computeHours / goodput;
  return {
    resumeBytes,
    writeSeconds,
    intervalSeconds,
    mtbfHours: mtbfSeconds / 3600,
    failures: hours === null ? null : (hours * 3600) / mtbfSeconds,
    goodput,
    hours,
  };
}
