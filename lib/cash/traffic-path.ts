/** How traffic moves over the months of a horizon, relative to the traffic that the environment describes. */
export interface TrafficPath {
  /** Share per month, compounded; month 1 has none yet. */
  readonly growthPerMonth: number;
  /** Traffic of the first months after the launch; all of it from the first day without a ramp. */
  readonly ramp?: { readonly months: number; readonly startShare: number } | undefined;
  /** Twelve factors around 1, the first for the month after the launch. */
  readonly seasonality?: readonly number[] | undefined;
}

/**
 * Traffic of month `month` (the first is 1) as a multiple of the described one: growth^(month − 1) × ramp × season. The
 * ramp is linear from `startShare` in month 1 to 1 in month 1 + `months`.
 */
export function trafficMultiple(path: TrafficPath, month: number): number {
  return (1 + path.growthPerMonth) ** (month - 1) * swing(path, month);
}

/** The same of every month up to `months`; index 0 has none. Growth is multiplied up: a draw of it asks for all months. */
export function trafficMultiples(path: TrafficPath, months: number): number[] {
  const multiples = [0];
  let grown = 1;
  for (let month = 1; month <= months; month += 1) {
    multiples.push(grown * swing(path, month));
    grown *= 1 + path.growthPerMonth;
  }
  return multiples;
}

function swing({ ramp, seasonality }: TrafficPath, month: number): number {
  const arrived =
    ramp === undefined
      ? 1
      : Math.min(1, ramp.startShare + ((1 - ramp.startShare) * (month - 1)) / ramp.months);
  return arrived * (seasonality?.[(month - 1) % seasonality.length] ?? 1);
}

/**
 * Highest multiple up to and including a month. A ramp lowers no peak: the fleet stands from the launch. A season's
 * strongest month counts even where it lies later, because a year brings it.
 */
export function peakMultiple({ growthPerMonth, seasonality }: TrafficPath, throughMonth: number): number {
  const grown = Math.max(1, (1 + growthPerMonth) ** (throughMonth - 1));
  return grown * Math.max(...(seasonality ?? [1]));
}
