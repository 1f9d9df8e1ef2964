/** What to know of a licence before its model serves anybody. */
export interface LicenceTerms {
  /** As models name it. */
  readonly id: string;
  /** The clause that surprises. */
  readonly clause: string;
  /** Whether the Hugging Face hub hands the weights only to whom it knows; `null` where that is not known. */
  readonly gated: boolean | null;
  readonly sources: readonly string[];
}
