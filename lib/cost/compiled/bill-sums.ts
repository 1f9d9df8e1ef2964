import type { Category } from '#lib/catalog/purchase';
import { DISCOUNT_RATE, HORIZON } from '#lib/cost/compiled/bill-input';
import type { CashPattern } from '#lib/cost/compiled/cash-pattern';
import { supportCharge } from '#lib/cost/compiled/support-charge';
import type { InputSpace } from '#lib/cost/compiled/input-space';
import { packed, type Line } from '#lib/cost/compiled/packed-lines';
import { annuityFactor, discountFactors } from '#lib/cash/present-value';

/** The bill of one plan as a function of its inputs. The plan stays: what would be bought otherwise is not asked. */
export interface BillFunction {
  /** Numbers of the inputs that it depends on, each once. */
  readonly dependsOn: readonly number[];
  /** USD a month: the annuity of the present value. */
  monthlyUsd(values: Float64Array): number;
  presentValueUsd(values: Float64Array): number;
  /** An amount due now as USD a month over the same horizon. */
  leveledUsd(nowUsd: number, values: Float64Array): number;
  /** The monthly USD of each group of lines. */
  categoriesUsd(values: Float64Array): ReadonlyMap<Category, number>;
  /** What money that is out before the launch is worth at the launch beyond itself. */
  waitingUsd(values: Float64Array): number;
  /** USD by month: index 0 at the launch with what was paid before it, index t the end of month t. */
  cashUsd(values: Float64Array): number[];
}

/** Adds lines up over time, and what follows from their sums: the support plan on what it covers, tax on everything. */
export function billSums(
  lines: readonly Line[],
  space: InputSpace,
  { isTaxed }: { readonly isTaxed: boolean },
): BillFunction {
  const { groups, addUp } = packed(lines);
  const amounts = new Float64Array(groups.length);
  const taxRate = isTaxed ? (space.finance.tax?.rate ?? 0) : 0;
  const support = supportCharge(groups, space);
  const [horizon, rate] = [space.numberOf(HORIZON), space.numberOf(DISCOUNT_RATE)];
  const annuity = rememberedAnnuity();
  const annuityAt = (values: Float64Array) => annuity(values[horizon] ?? 0, values[rate] ?? 0);
  const worth = (index: number, pattern: CashPattern | undefined, values: Float64Array) =>
    (amounts[index] ?? 0) * (pattern?.worthUsd(values) ?? 0);
  const supportUsd = (values: Float64Array): number => {
    if (support === null) return 0;
    const factors = discountFactors(values[horizon] ?? 0, values[rate] ?? 0);
    return support.cashUsd(amounts, values).reduce((sum, usd, month) => sum + usd * (factors[month] ?? 0), 0);
  };
  const presentValueUsd = (values: Float64Array): number => {
    addUp(values, amounts);
    const supported = supportUsd(values);
    let [usd, deducted] = [supported, supported];
    for (let index = 0; index < groups.length; index += 1) {
      const group = groups[index];
      const paid = worth(index, group?.pattern, values);
      usd += paid;
      if (taxRate !== 0) deducted += group?.writtenOff ? worth(index, group.writtenOff, values) : paid;
    }
    return usd - taxRate * deducted;
  };
  return {
    dependsOn: [
      ...new Set([
        horizon,
        rate,
        ...(support?.reads ?? []),
        ...lines.flatMap(({ factors, sums, bends, pattern, computed, writtenOff }) => [
          ...factors,
          ...sums.flatMap(({ numbers }) => numbers),
          ...bends.map(({ number }) => number),
          ...pattern.shapedBy,
          ...(taxRate === 0 ? [] : (writtenOff?.shapedBy ?? [])),
          ...(computed?.reads ?? []),
        ]),
      ]),
    ],
    presentValueUsd,
    monthlyUsd: (values) => presentValueUsd(values) / annuityAt(values),
    leveledUsd: (nowUsd, values) => nowUsd / annuityAt(values),
    categoriesUsd: (values) => {
      const total = presentValueUsd(values);
      const monthly = new Map<Category, number>();
      const add = (category: Category, usd: number) =>
        monthly.set(category, (monthly.get(category) ?? 0) + usd / annuityAt(values));
      groups.forEach(({ category, pattern }, index) => add(category, worth(index, pattern, values)));
      if (support !== null) add('support', supportUsd(values));
      const beforeTax = [...monthly.values()].reduce((sum, usd) => sum + usd, 0);
      if (taxRate !== 0) monthly.set('tax', total / annuityAt(values) - beforeTax);
      return monthly;
    },
    waitingUsd: (values) => {
      addUp(values, amounts);
      return groups.reduce(
        (usd, { pattern }, index) => usd + (amounts[index] ?? 0) * pattern.waitingUsd(values),
        0,
      );
    },
    cashUsd: (values) => {
      addUp(values, amounts);
      const months = Array.from({ length: (values[horizon] ?? 0) + 1 }, () => 0);
      const add = (series: readonly number[], factor: number) =>
        series.forEach((usd, month) => (months[month] = (months[month] ?? 0) + usd * factor));
      groups.forEach(({ pattern, writtenOff }, index) => {
        add(pattern.series(values), amounts[index] ?? 0);
        add((writtenOff ?? pattern).series(values), -taxRate * (amounts[index] ?? 0));
      });
      add(support?.cashUsd(amounts, values) ?? [], 1 - taxRate);
      return months;
    },
  };
}

/** Scenarios come in runs of one horizon and rate. */
function rememberedAnnuity() {
  let [months, rate, factor] = [-1, Number.NaN, 0];
  return (wantedMonths: number, wantedRate: number): number => {
    if (wantedMonths !== months || wantedRate !== rate) {
      [months, rate, factor] = [wantedMonths, wantedRate, annuityFactor(wantedMonths, wantedRate)];
    }
    return factor;
  };
}
