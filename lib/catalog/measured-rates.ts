import type { Accelerator } from '#lib/catalog/accelerators';

/** The accelerator whose fitted shares of the datasheet are used for families without calibration rows. */
const YARDSTICK = 'h100-sxm';

/** What was got out of an accelerator. Each quantity by one program, or read from runs in one way, wherever it is given. */
export interface MeasuredRates {
  /** BabelStream's triad, else the weights of one decode step over its time; GB/s (10^9). */
  readonly bandwidthGbPerSecond?: number;
  /** The fastest of many large products of matrices, else a long prompt over its time to first token. */
  readonly tflops?: { readonly bf16?: number; readonly fp8?: number };
  /** A sum over the eight accelerators of a server by the vendor's library. */
  readonly sum?: {
    /** Bus bandwidth of 8 GB, GB/s (10^9). */
    readonly gbPerSecond: number;
    /** Of 16 KiB, which takes hardly longer than one of a single value. */
    readonly startMicroseconds: number;
  };
  readonly sources: readonly string[];
}

/** Shares of the datasheet that an accelerator reaches, as multiples of the share that the yardstick reaches. */
export interface Reach {
  readonly bandwidth: number;
  readonly bf16: number;
  readonly fp8: number;
  readonly link: number;
  /** How long a small sum takes, as a multiple of the yardstick's. */
  readonly sumStart: number;
}

/**
 * Adds what each accelerator reaches beside the yardstick. What nobody measured of one is taken from its kin: FP8 from its
 * own BF16, else all from its architecture, else from the family's last one that was measured.
 */
export function withReach(accelerators: ReadonlyMap<string, Accelerator>): ReadonlyMap<string, Accelerator> {
  const yardstick = accelerators.get(YARDSTICK);
  if (yardstick === undefined) return accelerators;
  const measured = [...accelerators.values()].filter((each) => each.measured !== undefined);
  const reached = (accelerator: Accelerator): Accelerator => {
    const { architecture, family } = accelerator;
    if (family === yardstick.family) return accelerator;
    const inFamily = measured.filter((each) => each.family === family);
    if (inFamily.length === 0) return accelerator;
    const alike = inFamily.filter((each) => each.architecture === architecture);
    return { ...accelerator, reach: reachOf(accelerator, [...inFamily, ...alike], yardstick) };
  };
  return new Map([...accelerators].map(([id, each]) => [id, reached(each)]));
}

type Share = (accelerator: Accelerator) => number | undefined;

const BF16: Share = ({ measured, denseTflops }) => shareOf(measured?.tflops?.bf16, denseTflops.bf16);
const FP8: Share = ({ measured, denseTflops }) => shareOf(measured?.tflops?.fp8, denseTflops.fp8);
const BANDWIDTH: Share = (each) => shareOf(each.measured?.bandwidthGbPerSecond, each.bandwidthGbPerSecond);
const LINK: Share = ({ measured, link }) => shareOf(measured?.sum?.gbPerSecond, link.gbPerSecond);
const SUM_START: Share = ({ measured }) => measured?.sum?.startMicroseconds;

/** @param kin - The nearest last */
function reachOf(accelerator: Accelerator, kin: readonly Accelerator[], yardstick: Accelerator): Reach {
  const own = (share: Share) => ratio(share(accelerator), share(yardstick));
  const ofKin = (share: Share) =>
    ratio(
      kin.map(share).findLast((each) => each !== undefined),
      share(yardstick),
    );
  const bf16 = own(BF16) ?? ofKin(BF16) ?? 1;
  return {
    bf16,
    fp8: own(FP8) ?? own(BF16) ?? ofKin(FP8) ?? bf16,
    bandwidth: own(BANDWIDTH) ?? ofKin(BANDWIDTH) ?? 1,
    link: own(LINK) ?? ofKin(LINK) ?? 1,
    sumStart: own(SUM_START) ?? ofKin(SUM_START) ?? 1,
  };
}

function ratio(here: number | undefined, there: number | undefined): number | undefined {
  return here === undefined || there === undefined ? undefined : here / there;
}

function shareOf(reached: number | undefined, peak: number | null): number | undefined {
  return reached === undefined || peak === null ? undefined : reached / peak;
}
