import { gpusOf } from '#lib/sizing/frontier';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import { grouped } from '#lib/units/grouped';

/** GPUs that Llama 3 405B was trained on, one of the largest published jobs (arXiv 2407.21783, §3.3.1). */
const LARGEST_JOB_GPUS = 16_384;
/** TPOT of a reader's pace: 238 English words a minute (Brysbaert 2019), three words to four tokens. */
const READING_TPOT_MS = 190;

type Asked = Pick<ServingDemand, 'accelerator' | 'model' | 'techniques' | 'tpotMs'>;

/** What is odd about a fleet that carries its demand: a sizing answers what it is asked, and slips look like demands. */
export function unlikelyNotes(sizing: ServingSizing, { accelerator, model, ...asked }: Asked): string[] {
  const notes: string[] = [];
  const fleetGpus = gpusOf(sizing);
  const offloaded = asked.techniques?.offload?.weightsShare ?? 0;
  const fleet = `${grouped(fleetGpus)} × ${accelerator.id}`;
  if (offloaded > 0 && sizing.replicas > 1) {
    notes.push(
      `${Math.round(offloaded * 100)} % of the weights are read over the host's bus in every step of every one of ${grouped(sizing.replicas)} replicas, ${fleet}: GPU memory is what is missing; accelerators that hold ${model.id} whole, or a narrower format, take fewer`,
    );
  }
  if (fleetGpus > LARGEST_JOB_GPUS) {
    notes.push(
      `${fleet} are more than the largest published trainings took (Llama 3 405B: ${grouped(LARGEST_JOB_GPUS)}): a replica of ${sizing.gpusPerReplica} runs ${grouped(sizing.concurrency)} sequences at once; is a rate or a length of the demand in another unit, or GPU memory too small for it?`,
    );
  }
  if (asked.tpotMs === null && sizing.tpotMs.base > READING_TPOT_MS) {
    notes.push(
      `a user gets ${(1000 / sizing.tpotMs.base).toPrecision(2)} tokens/s, slower than people read: where somebody waits, state an objective for the time per token (\`tpotMs\`)`,
    );
  }
  return notes;
}
