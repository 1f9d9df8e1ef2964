/** An architecture whose weights a service takes and serves by the copy, and what it asks of them. */
export interface ImportArchitecture {
  /** Class that `config.json` names: `LlamaForCausalLM`. */
  readonly id: string;
  /** Version of the unit that its copies are billed in. */
  readonly unitVersion: string;
  readonly regions: readonly string[];
  /** Weights must be smaller, in 10^9 bytes. */
  readonly weightsGbBelow: number;
  /** Longest context that the model's configuration may name. */
  readonly contextTokensMost: number;
  readonly source: string;
}

/** A copy of a model of which somebody published how many units it takes. */
export interface ImportUnits {
  /** Id in the model catalog, where it has one. */
  readonly id: string;
  readonly name: string;
  readonly unitVersion: string;
  /** 10^9 bytes. */
  readonly weightsGb: number;
  /** Context that it was imported with. */
  readonly contextTokens: number;
  readonly cacheBytesPerToken: number;
  readonly unitsPerCopy: number;
  readonly source: string;
  readonly note?: string;
}
