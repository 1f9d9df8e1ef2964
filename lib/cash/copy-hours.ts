import type { CopyHours } from '#lib/catalog/purchase';

/** A quotient that is whole but for rounding must not cost one more copy. */
const ROUNDING = 1e-9;

/**
 * Share of the time in which a copy is billed whose windows open with a request. A window in which another request comes
 * is followed by the next; after one without, the copy sleeps until somebody asks. With `x` requests a window, as a mean
 * of independent arrivals, `e^x` windows follow each other, then one is empty and the wait is a window ÷ `x`:
 * `x·e^x ÷ (x·e^x + x + 1)`. Requests that come in bursts wake it less often.
 */
export function billedShare(requestsPerWindow: number): number {
  if (requestsPerWindow <= 0) return 0;
  const asleep = (requestsPerWindow + 1) / (requestsPerWindow * Math.exp(requestsPerWindow));
  return 1 / (1 + asleep);
}

/** Hours of copies that a month is billed for, at a multiple of the described traffic. */
export function billedCopyHours(hours: readonly CopyHours[], multiple = 1): number {
  return hours.reduce((sum, { hoursPerMonth, copies, requestsPerWindow }) => {
    const whole = Math.max(1, Math.ceil(multiple * copies - ROUNDING));
    return sum + hoursPerMonth * whole * billedShare(multiple * requestsPerWindow);
  }, 0);
}
