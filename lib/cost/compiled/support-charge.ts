import { HORIZON } from '#lib/cost/compiled/bill-input';
import type { InputSpace } from '#lib/cost/compiled/input-space';
import type { LineGroup } from '#lib/cost/compiled/packed-lines';
import { supportTariff, supportUsd } from '#lib/cash/support-tariff';

/** The support plan over the amounts of the groups that it covers. */
export interface SupportCharge {
  /** Numbers of the inputs of the tariff. */
  readonly reads: readonly number[];
  /** USD by month: tiers are marginal, so that each month is charged by itself. */
  cashUsd(amounts: Float64Array, values: Float64Array): readonly number[];
}

/** `null` where no plan is named or nothing is bought that one covers. */
export function supportCharge(groups: readonly LineGroup[], space: InputSpace): SupportCharge | null {
  const { awsSupportPlan } = space.finance;
  const covered = groups.flatMap(({ isSupported, pattern }, index) =>
    isSupported ? [{ pattern, index }] : [],
  );
  if (awsSupportPlan === undefined || covered.length === 0) return null;
  const { tiers, minimum } = supportTariff(awsSupportPlan, space.prices);
  const [least, ...shares] = [minimum, ...tiers.map(({ share }) => share)].map((reference) => {
    const number = space.price(reference);
    if (number === null) throw new Error(`no price of ${reference.sku}`);
    return number;
  });
  const horizon = space.numberOf(HORIZON);
  return {
    reads: [least ?? -1, ...shares],
    cashUsd: (amounts, values) => {
      const tariff = tiers.map(({ fromUsd }, index) => ({
        fromUsd,
        share: values[shares[index] ?? -1] ?? 0,
      }));
      const months = new Float64Array((values[horizon] ?? 0) + 1);
      for (const { pattern, index } of covered) {
        const [series, usd] = [pattern.series(values), amounts[index] ?? 0];
        for (let month = 0; month < months.length; month += 1) {
          months[month] = (months[month] ?? 0) + usd * (series[month] ?? 0);
        }
      }
      return Array.from(months, (usd) => supportUsd(usd, tariff, values[least ?? -1] ?? 0));
    },
  };
}
