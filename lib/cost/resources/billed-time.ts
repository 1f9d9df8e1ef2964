/** How a seller rounds the time of one run. */
export interface BilledTime {
  /** A run is billed in whole steps of this, in seconds. */
  readonly stepSeconds: number;
  /** A shorter run costs as much as this, in seconds. */
  readonly minimumSeconds: number;
}

/** Instances, containers and jobs: by the second, a minute at least. */
export const SECONDS_FROM_A_MINUTE: BilledTime = { stepSeconds: 1, minimumSeconds: 60 };
/** SageMaker jobs and functions, which have no minimum worth counting. */
export const SECONDS: BilledTime = { stepSeconds: 1, minimumSeconds: 0 };
export const MILLISECONDS: BilledTime = { stepSeconds: 0.001, minimumSeconds: 0 };
/** Builds: whole minutes. */
export const MINUTES: BilledTime = { stepSeconds: 60, minimumSeconds: 60 };
/** A copy of an imported model awake: windows of five minutes. */
export const FIVE_MINUTES: BilledTime = { stepSeconds: 300, minimumSeconds: 300 };

/** Seconds that one run of `seconds` is billed for; nothing runs for nothing. */
export function billedSeconds(seconds: number, { stepSeconds, minimumSeconds }: BilledTime): number {
  if (seconds <= 0) return 0;
  // A step of 0.001 has no exact double: 0.3 / 0.001 is a hair below 300, and 0.7 / 0.001 a hair off 700.
  const steps = Math.ceil(Number((seconds / stepSeconds).toFixed(6)));
  return Math.max(minimumSeconds, steps * stepSeconds);
}
