/** What is bought at one time, as a multiple of a purchase's quantity. */
export interface Tranche {
  /** At the end of this month, so that it stands in the next; 0 is the launch. */
  readonly month: number;
  readonly share: number;
}

/** A purchase of all of it at the launch, and nothing later. */
export const AT_LAUNCH: readonly Tranche[] = [{ month: 0, share: 1 }];
