import type { FrozenPrices } from '#lib/decision/what-if/frozen-prices';
import type { Lever, WhatIf, WhatIfCase } from '#lib/decision/what-if/what-if-case';
import { roundTo } from '#lib/units/money';

/** A part of an environment file: names to numbers, texts, or parts again. */
export interface EnvironmentPart {
  readonly [name: string]: number | string | EnvironmentPart;
}

const DECIMALS = 9;

/**
 * What an environment would say to be as a reader set it: only what differs from the described values. Prices that move
 * are stated as overrides of what was asked for.
 *
 * @param asOf - Day of the report, for the overrides of prices
 */
export function environmentPatch(
  { scenario, finance, prices, levers, requestsPerSecond }: WhatIfCase,
  { multiple, horizonMonths, levers: settings }: WhatIf,
  asOf: string,
): EnvironmentPart {
  const times = (value: number, by: number) => roundTo(value * by, DECIMALS);
  const traffic: Record<string, EnvironmentPart[string]> = {};
  const stated: Record<string, EnvironmentPart[string]> = {};
  const [assumptions, overrides]: [Record<string, number>, Record<string, EnvironmentPart>] = [{}, {}];
  if (multiple !== 1) {
    const { mean, peak } = requestsPerSecond;
    traffic['requestsPerSecond'] = { mean: times(mean, multiple), peak: times(peak, multiple) };
  }
  if (horizonMonths !== finance.horizonMonths) stated['horizonMonths'] = horizonMonths;
  for (const lever of levers) {
    const setting = settings[lever.id];
    if (setting === undefined || setting === lever.base) continue;
    if (lever.id === 'growth') traffic['growthPerMonth'] = setting;
    else if (lever.id === 'discount') stated['discountRatePerYear'] = setting;
    else if (lever.id === 'benefit') stated['benefitUsdPerMonth'] = setting;
    else {
      const to = (value: number) => (lever.does === 'set' ? setting : times(value, setting));
      Object.assign(assumptions, movedAssumptions(lever, prices, to));
      Object.assign(overrides, movedPrices(lever, prices, to, asOf));
    }
  }
  const whole = {
    ...stated,
    ...unlessEmpty('assumptions', assumptions),
    ...unlessEmpty('prices', overrides),
  };
  return {
    ...unlessEmpty('finance', whole),
    ...(Object.keys(traffic).length === 0 ? {} : { scenarios: { [scenario]: { traffic } } }),
  };
}

function movedAssumptions({ inputs }: Lever, { assumptions }: FrozenPrices, to: (value: number) => number) {
  return Object.fromEntries(
    inputs.flatMap((id) => {
      const known = assumptions[id];
      return known === undefined ? [] : [[id, to(known[1])] as const];
    }),
  );
}

/** One record answers for several that were asked for: each of those is overridden. */
function movedPrices(
  { inputs }: Lever,
  { prices }: FrozenPrices,
  to: (value: number) => number,
  asOf: string,
) {
  return Object.fromEntries(
    Object.entries(prices).flatMap(([asked, price]) =>
      price === null || !inputs.includes(price[0])
        ? []
        : [[asked, { usd: to(price[2]), document: 'what if', asOf }] as const],
    ),
  );
}

function unlessEmpty(name: string, part: EnvironmentPart): EnvironmentPart {
  return Object.keys(part).length === 0 ? {} : { [name]: part };
}

/** The part as YAML; every text is quoted, which suits names and dates alike. */
export function asYaml(part: EnvironmentPart, indent = ''): string {
  return Object.entries(part)
    .map(([name, value]) => {
      const key = /^[A-Za-z][\w.-]*$/.test(name) ? name : JSON.stringify(name);
      if (typeof value === 'object') return `${indent}${key}:\n${asYaml(value, `${indent}  `)}`;
      return `${indent}${key}: ${typeof value === 'string' ? JSON.stringify(value) : value}\n`;
    })
    .join('');
}
