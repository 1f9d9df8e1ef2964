import { AT_LAUNCH, type Tranche } from '#lib/cash/tranche';
import { trafficMultiples, type TrafficPath } from '#lib/cash/traffic-path';

/**
 * Patterns in time of one USD. Index 0 is the launch, index t the end of month t; every series has `horizonMonths` + 1
 * entries, so that they add up entry by entry. Where a purchase grows, each tranche has the course of a purchase made at
 * its time, over the months that are then left.
 */
function noCash(horizonMonths: number): number[] {
  if (nothing.length !== horizonMonths + 1) nothing = Array.from({ length: horizonMonths + 1 }, () => 0);
  return nothing.slice();
}

/** Copied rather than made anew: a draw of the growth makes dozens of series. */
let nothing: readonly number[] = [];

/** Cash of USD 1 a month over the horizon, paid at the end of each month: nothing now. */
export function monthlyCash(horizonMonths: number, tranches: readonly Tranche[] = AT_LAUNCH): number[] {
  const cash = noCash(horizonMonths);
  for (const { month, share } of tranches) cash[month + 1] = (cash[month + 1] ?? 0) + share;
  for (let month = 2; month <= horizonMonths; month += 1) {
    cash[month] = (cash[month] ?? 0) + (cash[month - 1] ?? 0);
  }
  return cash;
}

/** Cash of what is paid by use: USD 1 in a month of the described traffic, more or less as it grows, ramps and swings. */
export function trafficCash(horizonMonths: number, path: TrafficPath): number[] {
  const cash = noCash(horizonMonths);
  const multiples = trafficMultiples(path, horizonMonths);
  for (let month = 1; month <= horizonMonths; month += 1) cash[month] = multiples[month] ?? 0;
  return cash;
}

/**
 * Cash at the horizon of USD 1 for `keptMonths` months of the described traffic, by what the last so many months had.
 * Nothing was kept before the launch; of a month in part the later part counts.
 */
export function keptCash(horizonMonths: number, path: TrafficPath, keptMonths: number): number[] {
  const cash = noCash(horizonMonths);
  if (keptMonths === 0) return cash;
  const kept = trafficMultiples(path, horizonMonths).reduce(
    (sum, multiple, month) => sum + multiple * Math.min(1, Math.max(0, month - horizonMonths + keptMonths)),
    0,
  );
  cash[horizonMonths] = kept / keptMonths;
  return cash;
}

/** Cash of USD 1 paid now and never again. */
export function onceCash(horizonMonths: number, tranches: readonly Tranche[] = AT_LAUNCH): number[] {
  const cash = noCash(horizonMonths);
  for (const { month, share } of tranches) cash[month] = (cash[month] ?? 0) + share;
  return cash;
}

/** Cash of USD 1 paid at the end of the horizon: what leaving costs. */
export function endCash(horizonMonths: number, tranches: readonly Tranche[] = AT_LAUNCH): number[] {
  const cash = noCash(horizonMonths);
  cash[horizonMonths] = tranches.reduce((sum, { share }) => sum + share, 0);
  return cash;
}

/** Cash of USD 1 paid now and again every so many months, but not at the horizon itself: a licence, a new adapter. */
export function renewedCash(
  horizonMonths: number,
  everyMonths: number,
  tranches: readonly Tranche[] = AT_LAUNCH,
): number[] {
  const cash = noCash(horizonMonths);
  for (const { month: first, share } of tranches) {
    for (let month = first; month < horizonMonths; month += everyMonths) {
      cash[month] = (cash[month] ?? 0) + share;
    }
  }
  return cash;
}

/**
 * Cash of USD 1 a month under a contract that takes `upfrontShare` of each term in advance and the rest monthly. The first
 * term is signed whole, and so is its advance, whatever the horizon leaves of it; a later one is agreed for the months that
 * are left.
 *
 * @param backShare - Of the months that the horizon leaves of a first term: what of their advance counts at the horizon
 * towards what is owed for them
 * @param renewalRatio - Price of a term ÷ that of the term before it
 */
export function prepaidCash(
  horizonMonths: number,
  termMonths: number,
  upfrontShare: number,
  tranches: readonly Tranche[] = AT_LAUNCH,
  backShare = 0,
  renewalRatio = 1,
): number[] {
  const cash = monthlyCash(horizonMonths, repriced(tranches, { horizonMonths, termMonths, renewalRatio }));
  for (let month = 1; month <= horizonMonths; month += 1) {
    cash[month] = (1 - upfrontShare) * (cash[month] ?? 0);
  }
  for (const { month: first, share } of tranches) {
    let price = share;
    for (let month = first; month < horizonMonths; month += termMonths) {
      const term = month === first ? termMonths : Math.min(termMonths, horizonMonths - month);
      cash[month] = (cash[month] ?? 0) + price * upfrontShare * term;
      price *= renewalRatio;
    }
    const left = Math.max(0, termMonths - (horizonMonths - first));
    cash[horizonMonths] = (cash[horizonMonths] ?? 0) - share * backShare * left;
  }
  return cash;
}

/** The tranches, and as further ones what each later term costs more than the one before; negative where it costs less. */
function repriced(
  tranches: readonly Tranche[],
  {
    horizonMonths,
    termMonths,
    renewalRatio,
  }: { readonly horizonMonths: number; readonly termMonths: number; readonly renewalRatio: number },
): readonly Tranche[] {
  if (renewalRatio === 1) return tranches;
  const all = [...tranches];
  for (const { month: first, share } of tranches) {
    let price = share;
    for (let month = first + termMonths; month < horizonMonths; month += termMonths) {
      all.push({ month, share: price * (renewalRatio - 1) });
      price *= renewalRatio;
    }
  }
  return all;
}

/**
 * Cash at the horizon of what terms still ask for: the months that it leaves of the first term of each tranche, of
 * `countedMonths` that the quantity counts.
 */
export function leftOfTermsCash(
  horizonMonths: number,
  { termMonths, countedMonths }: { readonly termMonths: number; readonly countedMonths: number },
  tranches: readonly Tranche[],
): number[] {
  const cash = noCash(horizonMonths);
  cash[horizonMonths] = tranches.reduce(
    (owed, { month, share }) =>
      owed + (share * Math.max(0, termMonths - (horizonMonths - month))) / countedMonths,
    0,
  );
  return cash;
}
