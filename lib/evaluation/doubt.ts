/** Why a measured rate may not be what the row says that it is. */
export const DOUBTS = ['faster-than-memory', 'unlike-its-neighbours'] as const;
export type Doubt = (typeof DOUBTS)[number];

/** Times beyond an end of the 80 % band. Of 2,096 published runs 4 lie so far above theirs, and 3 below. */
const FAR = 2;

/**
 * A rate beyond the band of its prediction by a factor of two contradicts the operators and the runs nearby, which the
 * prediction is made of.
 *
 * @param band - Of the prediction, in the unit of the rate
 */
export function doubtOf(
  isFasterThanMemory: boolean,
  measured: number,
  band: { readonly low: number; readonly high: number },
): Doubt | null {
  if (isFasterThanMemory) return 'faster-than-memory';
  return measured > FAR * band.high || measured < band.low / FAR ? 'unlike-its-neighbours' : null;
}
