/** Fitted constants of the roofline. Weakly identified one by one: fudge factors, not hardware facts. */
export interface SizingConstants {
  readonly version: string;
  readonly asOf: string;
  readonly source: string;
  /** By the names of the method: `bw_eff_hopper`, `us_layer`, … Shares, microseconds and factors. */
  readonly values: Readonly<Record<string, number>>;
}

/** Time that an engine spends beside its kernels, in microseconds. */
export interface EngineOverheads {
  readonly perLayer: number;
  readonly perStep: number;
  readonly perSequence: number;
  /** Of a step that computes prompts, beyond `perLayer`. */
  readonly perMixedLayer: number;
  /** Of a request, before its first step; seconds. */
  readonly startSeconds: number;
  /** Of a token of a prompt, on the host: read, tokenised, hashed, handed to the workers. Microseconds. */
  readonly perPromptToken: number;
}

/** What is fitted on top of the measured kernels; the kernels themselves are taken as measured. */
export interface KernelConstants {
  readonly version: string;
  readonly asOf: string;
  readonly source: string;
  readonly engines: Readonly<Record<'trtllm' | 'vllm' | 'sglang', EngineOverheads>>;
  /** Microseconds by every engine alike. */
  readonly perMoeLayer: number;
  readonly perSparseLayer: number;
  readonly perLinearLayer: number;
  readonly perExchange: number;
  readonly perMixedStep: number;
  readonly perPrompt: number;
  /** Of a sequence in a pipeline of TensorRT-LLM, beyond `perSequence`: nothing of the host's work is hidden there. */
  readonly perPipelinedSequence: number;
  /** Multiple of a sum over PCIe at 0.7 of the bus, TensorRT-LLM's: nobody measured the others'. */
  readonly pcieFactor: number;
  readonly maximumFactor: number;
  /** Multiples of the terms of the time to the first token. */
  readonly firstToken: {
    readonly steps: number;
    /** Share of the other clients' prompts that go first, since all of them began at once. */
    readonly burst: number;
    /** The same where requests of one length keep in step: prompts are computed before anything else (SGLang). */
    readonly waves: number;
    /** Prompts of its own length that a request waits for there, where steps mix them (TensorRT-LLM). */
    readonly group: number;
    /** Of the wait for one of the running sequences to end. */
    readonly memory: number;
    /** Of queueing behind other prompts. */
    readonly queue: number;
    /** Of the steps for which a launch flag holds requests back. */
    readonly held: number;
  };
  /** Weight of the kernels in the geometric mean with the roofline. */
  readonly kernelWeight: number;
}

/** Quantities that are corrected and banded, each by its own measurements. */
export const CORRECTED = ['throughput', 'tpot', 'ttft'] as const;
export type Corrected = (typeof CORRECTED)[number];

/** How alike two runs are: standard deviations of what they share, and lengths in doublings over which it fades. */
export interface Similarity {
  /** Same architecture, accelerator, engine, format and kind of run. */
  readonly cell: number;
  /**
   * The same on any accelerator of the family: what the same silicon with other memory shares beside it.
   *
   * @default - 0
   */
  readonly design?: number;
  readonly cellLengths: {
    readonly input: number;
    readonly output: number;
    readonly sequences: number;
    readonly gpus: number;
    readonly expertParallel: number;
  };
  /** Same accelerator, engine, format and class of model. */
  readonly platform: number;
  /** Same family of accelerators, engine, format and class of model. */
  readonly engine: number;
  /** Same architecture, engine and format, on any accelerator. */
  readonly model: number;
  readonly sharedLengths: { readonly tokens: number; readonly sequences: number; readonly gpus: number };
  /** Same as `cell`, and the same version of the engine. */
  readonly release: number;
  /**
   * Same as `design`, and the same version of the engine.
   *
   * @default - 0
   */
  readonly designRelease?: number;
  /**
   * Same architecture, engine and its version, format and kind of run, on any accelerator; what most versions differ by.
   *
   * @default - 0
   */
  readonly version?: number;
  /** Of `release` and `version`. */
  readonly releaseLengths: { readonly tokens: number; readonly sequences: number; readonly gpus: number };
}

/** What runs of one group have in common: architecture, accelerator, engine and its version, format and kind. */
export interface RunGroup {
  /** Dimensions of the model (`architectureOf`). */
  readonly architecture: string;
  readonly gpu: string;
  readonly family: string;
  readonly engine: string;
  /** Empty where it is not known: such a run shares its version with none. */
  readonly engineVersion: string;
  readonly precision: string;
  readonly isMoe: boolean;
  readonly isMaximum: boolean;
}

export interface CorrectedGroup extends RunGroup {
  /**
   * Variance of what the group's version differs by, as multiples of that of most versions: of throughput, TPOT and TTFT.
   *
   * @default - 1 each
   */
  readonly versionVariances?: readonly number[];
  /**
   * Each: input and output tokens, sequences of one attention group, GPUs and expert parallel degree, then the
   * weight of the run in the correction of throughput, TPOT and TTFT.
   */
  readonly runs: readonly (readonly number[])[];
}

/** Quantiles of measured ÷ predicted on runs that were left out, where at most `unexplained` of the variance is left. */
export interface BandStep {
  readonly unexplained: number;
  readonly p10: number;
  readonly p90: number;
}

/** Quantiles of measured ÷ predicted of each quantity, ascending by `unexplained`; the last holds beyond it too. */
export type Bands = Readonly<Record<Corrected, readonly BandStep[]>>;

/** What measured runs say beyond the method: a Gaussian process over the logarithm of measured ÷ predicted. */
export interface Corrections {
  readonly version: string;
  readonly asOf: string;
  readonly source: string;
  readonly similarity: Similarity;
  /** Of each quantity: its deviations as a multiple of the similarity's, and the standard deviation of its noise. */
  readonly scale: Readonly<Record<Corrected, number>>;
  readonly noise: Readonly<Record<Corrected, number>>;
  readonly groups: readonly CorrectedGroup[];
  readonly bands: Bands;
  /** Of a point that names no version of its engine, as demands do. @default - `bands` */
  readonly versionlessBands?: Bands;
  /** Of accelerators of a family without runs: with its operators measured, and by the roofline alone. @default - `bands` */
  readonly unseenBands?: { readonly operators: Bands; readonly roofline: Bands };
}
