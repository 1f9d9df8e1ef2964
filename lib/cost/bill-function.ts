import type { Purchase } from '#lib/catalog/purchase';
import { forgoneBenefits, type Interim } from '#lib/cost/benefit-lines';
import { BENEFIT, DISCOUNT_RATE, HORIZON, VOLUME } from '#lib/cost/bill-input';
import type { cashPatterns } from '#lib/cost/cash-pattern';
import type { LineItem } from '#lib/cost/estimate';
import type { InputSpace } from '#lib/cost/input-space';
import { packed, type Bend, type Line } from '#lib/cost/packed-lines';
import { annuityFactor } from '#lib/cost/present-value';
import { priceTerms } from '#lib/cost/price-terms';
import type { Plan } from '#lib/plan/plan';

/** The bill of one plan as a function of its inputs. The plan stays: what would be bought otherwise is not asked. */
export interface BillFunction {
  /** Numbers of the inputs that it depends on, each once. */
  readonly dependsOn: readonly number[];
  /** USD a month: the annuity of the present value. */
  monthlyUsd(values: Float64Array): number;
  presentValueUsd(values: Float64Array): number;
  /** USD by month: index 0 now, index t the end of month t. */
  cashUsd(values: Float64Array): number[];
}

/** How the quantities of lines follow an input that only the planning reads: their multiples at its low and high end. */
export interface QuantityResponse {
  readonly input: number;
  readonly multiples: ReadonlyMap<string, { readonly low: number; readonly high: number }>;
}

export interface BillFunctionProps {
  readonly plan: Plan;
  readonly space: InputSpace;
  readonly patterns: ReturnType<typeof cashPatterns>;
  /** What serves until the option is ready. @default - nothing does */
  readonly interim?: Interim | null;
  /** Lines of the bill that no input moves here. @default - none */
  readonly held?: readonly LineItem[];
  /** @default - quantities stay as planned */
  readonly responses?: readonly QuantityResponse[];
}

/** An amount of nothing but its time. */
const PLAIN = {
  kind: 'assumed',
  basis: '',
  resources: [],
  tangible: false,
  quantity: 1,
  unit: 'month',
  assumptions: [],
} as const;

/** Compiles a plan's purchases into arrays of numbers. Lines without a price are left out, as in every total. */
export function compileBill(props: BillFunctionProps): BillFunction {
  const { plan, space, patterns, responses = [] } = props;
  const fleet = fleetInput(plan, space);
  const volume = space.numberOf(VOLUME);
  const lines = plan.purchases.flatMap((purchase): Line[] => {
    if (purchase.kind === 'free') return [];
    const line: Line = {
      usd: 'quantity' in purchase ? purchase.quantity : purchase.quantityPerMonth,
      factors: purchase.kind === 'usage' ? [volume] : [],
      sums: [],
      bends: [...fleetBend(purchase, fleet, space), ...responseBends(purchase.key, responses, space)],
      pattern: patterns(purchase),
    };
    for (const term of priceTerms(purchase)) {
      if (term.kind === 'sum') {
        line.sums.push({
          constant: term.constant,
          numbers: term.ids.map((id) => space.assumption(id)),
        });
        continue;
      }
      const number = term.kind === 'price' ? space.price(term.reference) : space.assumption(term.id);
      if (number === null) return [];
      line.factors.push(number);
    }
    return [line];
  });
  return functionOf([...lines, ...benefitLines(props), ...heldLines(props)], space);
}

function benefitLines({ plan, space, patterns, responses = [], interim }: BillFunctionProps): Line[] {
  const benefit = space.numberOf(BENEFIT);
  return forgoneBenefits(plan, interim).map(({ key, label, category, months, monthsPer, when }) => ({
    usd: monthsPer?.factor ?? months.base,
    factors: [benefit, ...(monthsPer === null ? [] : [space.assumption(monthsPer.assumption)])],
    sums: [],
    bends: responseBends(key, responses, space),
    pattern: patterns({ ...PLAIN, key, label, category, when }),
  }));
}

/** Level amounts: the monthly equivalent of lines that stay as they are. */
function heldLines({ held = [], patterns }: BillFunctionProps): Line[] {
  return held.map(({ key, label, category, monthlyUsd }) => ({
    usd: monthlyUsd ?? 0,
    factors: [],
    sums: [],
    bends: [],
    pattern: patterns({ ...PLAIN, key, label, category, when: 'monthly' }),
  }));
}

/** Nodes of the fleet as the doubt of the sizing has them; `null` without doubt. */
function fleetInput(plan: Plan, space: InputSpace): number | null {
  const pools = plan.nodePools.filter((pool) => pool.role === 'gpu');
  const nodes = pools.reduce((sum, pool) => sum + pool.nodes.desired, 0);
  const ratios = plan.purchases.flatMap((purchase) => {
    const band = bandOf(purchase);
    return band === null || band.base === 0
      ? []
      : [{ low: band.low / band.base, high: band.high / band.base }];
  });
  const [low, high] = [
    Math.min(1, ...ratios.map((ratio) => ratio.low)),
    Math.max(1, ...ratios.map((ratio) => ratio.high)),
  ];
  if (nodes === 0 || low === high) return null;
  return space.add({
    id: `fleet.nodes.${plan.option}`,
    kind: 'fleet',
    label: 'GPU nodes, by the doubt of the throughput',
    unit: 'nodes',
    band: { low: Math.round(low * nodes), base: nodes, high: Math.round(high * nodes) },
    source: null,
    whole: true,
    drawKey: [
      'fleet',
      plan.model.id,
      plan.serving?.precision,
      plan.serving?.engine,
      ...pools.map((pool) => pool.accelerator),
    ].join('/'),
    references: [],
  });
}

function fleetBend(purchase: Purchase, fleet: number | null, space: InputSpace): Bend[] {
  const band = bandOf(purchase);
  if (fleet === null || band === null || band.base === 0) return [];
  return bend(fleet, { low: band.low / band.base, high: band.high / band.base }, space);
}

function bandOf(purchase: Purchase): { low: number; base: number; high: number } | null {
  if (purchase.kind === 'free' || purchase.kind === 'usage' || purchase.quantityBand === undefined)
    return null;
  const base = purchase.kind === 'recurring' ? purchase.quantityPerMonth : purchase.quantity;
  return { ...purchase.quantityBand, base };
}

function responseBends(key: string, responses: readonly QuantityResponse[], space: InputSpace): Bend[] {
  return responses.flatMap(({ input, multiples }) => {
    const found = multiples.get(key);
    return found === undefined ? [] : bend(input, found, space);
  });
}

function bend(number: number, multiples: { low: number; high: number }, space: InputSpace): Bend[] {
  const band = space.inputs[number]?.band;
  if (band === undefined || (multiples.low === 1 && multiples.high === 1)) return [];
  const slope = (multiple: number, end: number) =>
    end === band.base ? 0 : (multiple - 1) / (end - band.base);
  return [
    {
      number,
      base: band.base,
      downPerUnit: slope(multiples.low, band.low),
      upPerUnit: slope(multiples.high, band.high),
    },
  ];
}

function functionOf(lines: readonly Line[], space: InputSpace): BillFunction {
  const patterns = [...new Set(lines.map(({ pattern }) => pattern))];
  const addUp = packed(lines, patterns);
  const amounts = new Float64Array(patterns.length);
  const [horizon, rate] = [space.numberOf(HORIZON), space.numberOf(DISCOUNT_RATE)];
  const annuity = rememberedAnnuity();
  const presentValueUsd = (values: Float64Array) => {
    addUp(values, amounts);
    let usd = 0;
    for (let index = 0; index < patterns.length; index += 1) {
      usd += (amounts[index] ?? 0) * (patterns[index]?.worthUsd(values) ?? 0);
    }
    return usd;
  };
  return {
    dependsOn: [
      ...new Set([
        horizon,
        rate,
        ...lines.flatMap(({ factors, sums, bends, pattern }) => [
          ...factors,
          ...sums.flatMap(({ numbers }) => numbers),
          ...bends.map(({ number }) => number),
          ...pattern.shapedBy,
        ]),
      ]),
    ],
    presentValueUsd,
    monthlyUsd: (values) => presentValueUsd(values) / annuity(values[horizon] ?? 0, values[rate] ?? 0),
    cashUsd: (values) => {
      addUp(values, amounts);
      const months = Array.from({ length: (values[horizon] ?? 0) + 1 }, () => 0);
      patterns.forEach((pattern, index) => {
        pattern.series(values).forEach((usd, month) => {
          months[month] = (months[month] ?? 0) + usd * (amounts[index] ?? 0);
        });
      });
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
