import { createPriceBook } from '#lib/catalog/price-book';
import type { Catalog } from '#lib/catalog/catalog';
import { overridesOf } from '#lib/cost/finance-overrides';
import type { LineContext } from '#lib/cash/line-context';
import type { PricedLine } from '#lib/cost/line-item';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { computeLines, type ComputeContext } from '#lib/routes/compute-lines';
import { effortLines } from '#lib/routes/effort-lines';
import { orderOf } from '#lib/routes/order';
import type { RouteLine, Routes, RouteWay } from '#lib/routes/routes';
import { servingOf, type Served } from '#lib/routes/serving';
import { WAY_TABLE, type Way } from '#lib/routes/ways';
import type { Environment } from '#lib/spec/schema/environment';
import type { Scenario } from '#lib/spec/schema/scenario';
import { addBands, mapBand, scaleBand, type Band } from '#lib/units/band';
import { amountIn, US_DOLLAR, type Currency } from '#lib/units/currency';
import { roundUsd } from '#lib/units/money';

export interface RoutesRequest {
  readonly environment: Environment;
  readonly catalog: Catalog;
  /** Day for which the bills are made: `2026-11-23`. */
  readonly asOf: string;
  readonly scenarioId: string;
  readonly scenario: Scenario;
  /** In which sentences name amounts; all figures are in USD. @default - USD */
  readonly currency?: Currency;
}

/**
 * Every way to a scenario's model beside each other: serving by the cheapest option that can, and what the way adds to it
 * once and every month. Money in USD over the environment's horizon.
 */
export function compareRoutes(request: RoutesRequest): Routes {
  const { environment, catalog, asOf, scenarioId, scenario, currency = US_DOLLAR } = request;
  const { finance } = environment;
  const prices = createPriceBook({ catalog, overrides: overridesOf(finance) });
  const serving = servingOf({ ...request, prices });
  const line: LineContext = {
    prices,
    horizonMonths: finance.horizonMonths,
    discountRatePerYear: finance.discountRatePerYear,
    growthPerMonth: 0,
  };
  const compute: ComputeContext = { scenario, catalog, prices, finance, asOf, options: serving('bare') };
  const ways = WAY_TABLE.map((way): RouteWay => {
    const able = serving(way.variant).filter(({ row }) => !way.ownWeights || row.customisable !== 'prompts');
    // What the provider serves in its own format cannot be compressed, however cheap it is.
    const served =
      way.id === 'compression' ? (able.find(({ plan }) => plan.serving !== null) ?? able[0]) : able[0];
    if (served === undefined) {
      return without(way, [
        way.ownWeights ? 'no option that takes weights of your own carries it' : 'no option carries it',
      ]);
    }
    const misfit = way.id === 'compression' ? uncompressed(served, catalog) : null;
    if (misfit !== null) return without(way, [misfit]);
    const computed = computeLines(way, served, compute);
    if ('reasons' in computed) return without(way, computed.reasons);
    const lines = [...computed.lines, ...effortLines(way, line)];
    const wide = { option: served.row.id, model: served.plan.model.id };
    const notes = way.id === 'compression' ? savings(served, serving(way.variant, wide), currency) : [];
    const lead = way.id === 'direct' ? null : prices.assumption(`routes.${way.id}.lead-days`);
    const months = way.id === 'direct' ? null : prices.assumption(`routes.${way.id}.person-months`);
    return {
      ...headOf(way),
      feasible: true,
      reasons: [],
      option: served.row.id,
      model: way.tokens === 'corpus' ? `of your own, like ${served.plan.model.id}` : served.plan.model.id,
      ...moneyOf(served, lines),
      personMonths: months === null ? null : bandOf(months),
      trainingGpuHours: computed.gpuHours,
      leadTimeDays: mapBand(
        addBands([served.plan.leadTimeDays, ...(lead === null ? [] : [bandOf(lead)])]),
        (days) => Math.round(days + computed.hours / 24),
      ),
      lines: lines.map(({ line: each }) => shown(each)),
      notes: [...computed.notes, ...notes],
    };
  });
  return {
    schema: 'landfall/routes/v1',
    environment: environment.name,
    scenario: scenarioId,
    asOf,
    horizonMonths: finance.horizonMonths,
    ways,
    order: orderOf(ways, currency),
  };
}

function moneyOf({ estimate }: Served, lines: readonly PricedLine[]) {
  const sum = (figure: 'oneOffUsd' | 'presentValueUsd') =>
    lines.reduce((usd, { line }) => usd + (line[figure] ?? 0), estimate.totals[figure]);
  const bands = lines.flatMap(({ line }) => line.monthlyBandUsd ?? []);
  return {
    monthlyUsd: mapBand(addBands([estimate.totals.monthlyUsd, ...bands]), roundUsd),
    servingMonthlyUsd: estimate.totals.monthlyUsd.base,
    oneOffUsd: roundUsd(sum('oneOffUsd')),
    presentValueUsd: roundUsd(sum('presentValueUsd')),
    atLeast: estimate.atLeast || lines.some(({ line }) => line.state === 'unpriced'),
  };
}

/** Why there is nothing to compress; `null` where there is. */
function uncompressed({ plan }: Served, catalog: Catalog): string | null {
  const model = catalog.models.get(plan.model.id);
  if (model === undefined || plan.serving === null) return 'the provider chooses the weight format';
  const native = nativePrecision(model);
  if (native !== 'bf16') return `${model.id} is published in ${native}: it is compressed already`;
  if (plan.serving.precision === 'bf16')
    return `no smaller format of ${model.id} keeps its quality and costs less`;
  return null;
}

/** What fewer bits save against serving the same model in 16. */
function savings(served: Served, [same]: readonly Served[], currency: Currency): string[] {
  if (same === undefined) return [`${served.row.id} does not carry it in 16 bits at all`];
  if (same.estimate.atLeast || served.estimate.atLeast) {
    return [`what it saves against 16 bits on ${served.row.id} is not known: a price is missing`];
  }
  const saved = same.estimate.totals.monthlyUsd.base - served.estimate.totals.monthlyUsd.base;
  return [`saves ${amountIn(currency, saved)} a month of serving against 16 bits on ${served.row.id}`];
}

function without(way: Way, reasons: readonly string[]): RouteWay {
  return {
    ...headOf(way),
    feasible: false,
    reasons,
    option: null,
    model: null,
    monthlyUsd: null,
    servingMonthlyUsd: null,
    oneOffUsd: null,
    presentValueUsd: null,
    atLeast: false,
    personMonths: null,
    trainingGpuHours: null,
    leadTimeDays: null,
    lines: [],
    notes: [],
  };
}

function headOf({ id, route, title, difficulty, customisable }: Way) {
  return { id, route, title, difficulty, customisable };
}

function bandOf({ low, base, high }: Band): Band {
  return scaleBand({ low, base, high }, 1);
}

function shown(line: PricedLine['line']): RouteLine {
  const { key, label, tangible, quantity, unit, unitPriceUsd, monthlyUsd, oneOffUsd } = line;
  const { presentValueUsd, basis, source } = line;
  return {
    key,
    label,
    tangible,
    quantity,
    unit,
    unitPriceUsd,
    monthlyUsd,
    oneOffUsd,
    presentValueUsd,
    basis,
    source,
  };
}
