import type { Model } from '#lib/catalog/models';
import { copyLoad, type CopyLoad } from '#lib/plan/managed/copy-load';
import { copyUnits, importedWeightsGb, type CopyUnits } from '#lib/plan/managed/copy-units';
import type { ServedByProvider } from '#lib/plan/managed/served';
import type { Context } from '#lib/plan/plan-request';
import type { CopyOffering } from '#lib/targets/port/offering';
import { exactly } from '#lib/units/band';
import { grouped } from '#lib/units/grouped';
import { roundTo } from '#lib/units/money';

interface Imported {
  readonly model: Model;
  readonly offering: CopyOffering;
  readonly units: CopyUnits;
  readonly load: CopyLoad;
  readonly weightsGb: number;
  readonly unitVersion: string;
}

/** The model of the pool whose copies cost least, or why none can be imported. */
export function chooseImported(
  context: Context,
  models: readonly Model[],
  offerings: readonly CopyOffering[],
): ServedByProvider | { readonly reasons: readonly string[] } {
  const reasons: string[] = [];
  const found = models.flatMap((model): Imported[] => {
    const offering = offerings.find((one) => one.model === model.id);
    const fit =
      offering === undefined
        ? `the weights of ${model.id} are not published: nothing can be imported`
        : imported(model, offering, context);
    if (typeof fit !== 'string') return [fit];
    reasons.push(fit);
    return [];
  });
  const [best] = found.toSorted(
    (a, b) => monthlyUsd(a, context) - monthlyUsd(b, context) || (a.model.id < b.model.id ? -1 : 1),
  );
  return best === undefined ? { reasons: [...new Set(reasons)] } : served(best, context);
}

function imported(model: Model, offering: CopyOffering, context: Context): Imported | string {
  const { scenario, option, catalog } = context;
  const { takes, tokensPerSecondPerCopy, unitsPerCopy } = offering;
  if ('misfit' in takes) return takes.misfit;
  const weightsGb = importedWeightsGb(model);
  if (weightsGb === null) return `nobody publishes the size of ${model.id}`;
  if (weightsGb >= takes.weightsGbBelow) {
    return `${model.id} has ${roundTo(weightsGb, 0)} GB of weights; Custom Model Import takes less than ${takes.weightsGbBelow} GB`;
  }
  if (model.maxContextTokens > takes.contextTokensMost) {
    return `${model.id} names a context of ${grouped(model.maxContextTokens)} tokens; Custom Model Import takes ${grouped(takes.contextTokensMost)} at most`;
  }
  const units =
    unitsPerCopy === undefined
      ? copyUnits(model, takes, catalog.importUnits())
      : { units: exactly(unitsPerCopy), from: 'as stated', derived: false };
  if (units === null) {
    return `nobody publishes how many units ${takes.unitVersion} a copy like ${model.id} takes: import it and write \`unitsPerCopy\``;
  }
  if (tokensPerSecondPerCopy === undefined) {
    return 'what a copy of an imported model serves is published nowhere, nor what it runs on: import it, test it under load, and write `tokensPerSecondPerCopy`';
  }
  const perCopy = tokensPerSecondPerCopy / scenario.traffic.outputTokens.mean;
  const { windowMinutes } = offering;
  const load = copyLoad(scenario, perCopy, { fill: option.serving.fill, windowMinutes });
  return {
    model,
    offering,
    units,
    load,
    weightsGb: roundTo(weightsGb, 1),
    unitVersion: takes.unitVersion,
  };
}

/** Of the described month. A model without a price comes after all others. */
function monthlyUsd({ offering, units, load }: Imported, { prices }: Context): number {
  const minute = prices.price(offering.minute);
  return minute.state === 'priced'
    ? load.billedHours.base * 60 * units.units.base * minute.usd.base
    : Number.POSITIVE_INFINITY;
}

function served(
  { model, offering, units, load, weightsGb, unitVersion }: Imported,
  { prices, site }: Context,
): ServedByProvider {
  const { copiesAtPeak, billedHours, hours } = load;
  const byDefault = prices.assumption('bedrock.import.copies').base;
  return {
    model,
    managed: {
      modelId: model.id,
      profile: 'in-region',
      guardrail: site.guardrail,
      imported: { unitVersion, unitsPerCopy: units.units, copiesAtPeak, billedHours, weightsGb },
    },
    placed: {
      token: null,
      copies: {
        offering,
        unitsPerCopy: units.units,
        unitsFrom: units.from,
        hours,
        billedHours,
        weightsGb,
      },
    },
    notes: [
      ...(units.derived
        ? [
            `a copy of ${model.id} is taken to be ${units.units.base} custom model units, ${units.units.low} to ${units.units.high}: ${units.from}; \`GetImportedModel\` says how many after the import`,
          ]
        : []),
      ...(copiesAtPeak > byDefault
        ? [
            `the peak takes ${copiesAtPeak} copies and an account has ${byDefault} of an imported model by default: ask for more`,
          ]
        : []),
      ...(load.sleeps
        ? [
            'after a window without a request the copy sleeps, and the next request waits tens of seconds or is refused until it is awake: callers must try again',
          ]
        : []),
      'CloudFormation has no import of models: the stack brings the bucket, the roles and a state machine that imports what lies in it',
    ],
  };
}
