/** One number that went into a step, with its unit and, where it is a fact, the id of its source. */
export interface StepInput {
  readonly name: string;
  readonly value: number | string;
  readonly unit: string;
  readonly source?: string;
}

/** One line of arithmetic, kept so that `landfall explain` can show how a figure came about. */
export interface Step {
  /** Kebab-case; unique within one derivation. */
  readonly id: string;
  readonly label: string;
  /** The formula in the words of its inputs: `weights ÷ (GPUs × usable memory)`. */
  readonly formula: string;
  readonly value: number;
  readonly unit: string;
  readonly inputs: readonly StepInput[];
}
