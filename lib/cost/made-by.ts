/** What made a document: a later comparison says by it what a difference comes from. */
export interface DocumentOrigin {
  /** Of this program. */
  readonly version: string;
  /** Which prices, models and calibration were used, in words that are equal for equal ones. */
  readonly catalog: string;
  /** Digest of what the environment says of a scenario, an option and the money, by `scenario/option`. */
  readonly specifications: Readonly<Record<string, string>>;
}
