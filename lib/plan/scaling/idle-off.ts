/** What a server that stops when nobody asks is like, from the view of time and of requests. */
export interface IdleOff {
  /** Share of the time in which it runs or starts. */
  readonly awakeShare: number;
  /** Share of the requests that find it off or still starting. */
  readonly coldShare: number;
}

/** Beyond this many requests within the cooldown it never goes off; e to that power is still a number. */
const NEVER_OFF = 500;

/**
 * Requests arrive at random at a rate λ; the server starts (S seconds) with the first and stops once none came for C
 * seconds. Between two stops it is off for 1 ÷ λ on average, starts for S and runs for (e^λC − 1) ÷ λ, the mean time
 * until the first gap of C in a Poisson stream. So it is awake for (λS + e^λC − 1) ÷ (λS + e^λC) of the time, and of the
 * λS + e^λC requests in between, the first and the λS that come while it starts are cold.
 */
export function idleOff(requestsPerSecond: number, startSeconds: number, cooldownSeconds: number): IdleOff {
  const withinCooldown = requestsPerSecond * cooldownSeconds;
  if (withinCooldown > NEVER_OFF) return { awakeShare: 1, coldShare: 0 };
  const whileStarting = requestsPerSecond * startSeconds;
  const perCycle = whileStarting + Math.exp(withinCooldown);
  return { awakeShare: 1 - 1 / perCycle, coldShare: (1 + whileStarting) / perCycle };
}
