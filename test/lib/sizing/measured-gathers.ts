/** One all-gather between nodes of eight H100. */
interface Gather {
  readonly nodes: number;
  /** Gathered by each GPU. */
  readonly mebibytes: number;
  /** `gathered ÷ time`, 10^9 bytes. */
  readonly gbPerSecond: number;
}

const SIZES_MEBIBYTES = [32, 64, 128, 256, 512, 1024, 2048];
/** Out of place, by nodes, in the order of the sizes. */
const RATES: Readonly<Record<number, readonly number[]>> = {
  2: [140.06, 213.8, 250.18, 229.95, 293.89, 343.47, 350.49],
  4: [86.25, 143.42, 218.56, 261.53, 227.68, 297.83, 341.59],
  8: [47.03, 88.17, 145.94, 218.84, 265.41, 228.04, 298.37],
  16: [25.1, 47.36, 88.37, 145.18, 221.71, 263.94, 267.24],
};

/**
 * nccl-tests on p5.48xlarge, 3,200 Gb/s of EFA a node: crazyguitar/aws-gpu-communication-benchmark@fd167f97,
 * `data/nccl_all_gather.csv` (CC BY 4.0), which also has 32 nodes.
 */
export const ALL_GATHERS: readonly Gather[] = Object.entries(RATES).flatMap(([nodes, rates]) =>
  rates.map((gbPerSecond, index) => ({
    nodes: Number(nodes),
    mebibytes: SIZES_MEBIBYTES[index] ?? Number.NaN,
    gbPerSecond,
  })),
);
