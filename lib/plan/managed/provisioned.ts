import type { Model } from '#lib/catalog/models';
import { longestTokens, sizedPeak } from '#lib/plan/demand';
import type { ServedByProvider } from '#lib/plan/managed/served';
import type { Context } from '#lib/plan/plan-request';
import type { UnitOffering } from '#lib/targets/port/offering';
import { grouped } from '#lib/units/grouped';

interface Provisioned {
  readonly model: Model;
  readonly offering: UnitOffering;
  readonly count: number;
  /** Units that the peak takes, not rounded; `null` where nothing says what one serves. */
  readonly needed: number | null;
}

/** The model of the pool whose units cost least, or why none can be provisioned. */
export function chooseProvisioned(
  context: Context,
  models: readonly Model[],
  offerings: readonly UnitOffering[],
): ServedByProvider | { readonly reasons: readonly string[] } {
  const reasons: string[] = [];
  const found = models.flatMap((model): Provisioned[] => {
    const own = offerings.filter((one) => one.model === model.id);
    const fit =
      own.length === 0
        ? `${context.target.title} does not sell ${model.id}`
        : provisioned(model, own, context);
    if (typeof fit !== 'string') return [fit];
    reasons.push(fit);
    return [];
  });
  const [best] = found.toSorted(
    (a, b) => hourlyUsd(a, context) - hourlyUsd(b, context) || (a.model.id < b.model.id ? -1 : 1),
  );
  return best === undefined ? { reasons: [...new Set(reasons)] } : served(best, context);
}

/** The smallest context that holds the longest request, with the units that the peak takes. */
function provisioned(
  model: Model,
  own: readonly UnitOffering[],
  { scenario }: Context,
): Provisioned | string {
  const [misfit] = own.flatMap((one) => one.misfit ?? []);
  if (misfit !== undefined) return misfit;
  const { input, output } = longestTokens(scenario);
  const [offering] = own
    .filter(({ contextTokens }) => contextTokens >= input + output)
    .toSorted((a, b) => a.contextTokens - b.contextTokens);
  if (offering === undefined) {
    return `no model unit of ${model.id} holds ${grouped(input + output)} tokens of context`;
  }
  const needed = neededUnits(offering, scenario);
  const { units } = offering;
  if (needed === null) {
    return units === undefined
      ? 'what a model unit serves is published nowhere: write `modelUnits`, or what the account manager says as `inputTokensPerMinutePerUnit` and `outputTokensPerMinutePerUnit`'
      : { model, offering, count: units, needed };
  }
  const whole = Math.ceil(needed - 1e-9);
  if (units !== undefined && units < whole) {
    return `the peak takes ${whole} model units of ${model.id}: \`modelUnits\` asks for ${units}`;
  }
  return { model, offering, count: units ?? whole, needed };
}

/** Units for the busiest minute, by the input or the output that a unit takes in one; `null` where neither is stated. */
function neededUnits({ tokensPerMinutePerUnit }: UnitOffering, scenario: Context['scenario']): number | null {
  const { inputTokens, outputTokens } = scenario.traffic;
  const requestsPerMinute = sizedPeak(scenario) * 60;
  const { input, output } = tokensPerMinutePerUnit;
  const needs = [
    ...(input === undefined ? [] : [(requestsPerMinute * inputTokens.mean) / input]),
    ...(output === undefined ? [] : [(requestsPerMinute * outputTokens.mean) / output]),
  ];
  return needs.length === 0 ? null : Math.max(...needs);
}

function hourlyUsd({ offering, count }: Provisioned, { prices }: Context): number {
  const price = prices.price(offering.hour);
  return price.state === 'priced' ? count * price.usd.base : Number.POSITIVE_INFINITY;
}

function served(
  { model, offering, count, needed }: Provisioned,
  { site, scenario }: Context,
): ServedByProvider {
  const { growthPerMonth, sizeForMonth } = scenario.traffic;
  const { modelId, term } = offering;
  return {
    model,
    managed: {
      modelId,
      profile: 'in-region',
      guardrail: site.guardrail,
      provisioned: { modelUnits: count, term, headroom: needed === null ? 0 : count / needed - 1 },
    },
    placed: { token: null, units: { offering, count } },
    notes: [
      ...(needed === null
        ? [
            `whether ${count === 1 ? 'one model unit carries' : `${count} model units carry`} the peak is not checked: what one serves AWS says by account, write it as \`inputTokensPerMinutePerUnit\` and \`outputTokensPerMinutePerUnit\``,
          ]
        : []),
      'an account has no model units until AWS grants them: ask for the quota before you deploy',
      ...(growthPerMonth > 0
        ? [
            `traffic grows and no model unit is added: the bill is that of the ${count} for the peak of month ${sizeForMonth}`,
          ]
        : []),
      ...(term === 'none'
        ? []
        : [
            `model units of a commitment cannot be given back before its end, and begin another term by themselves: deleting the stack leaves them standing`,
          ]),
    ],
  };
}
