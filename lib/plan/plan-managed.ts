import type { Model } from '#lib/catalog/models';
import { plannedQuality } from '#lib/plan/models/planned-quality';
import { chooseManaged, notSold } from '#lib/plan/managed';
import type { Feasible } from '#lib/plan/plan';
import { planFrame, type Context } from '#lib/plan/plan-request';
import { corpusOf } from '#lib/plan/placed-fleet';
import { retrievalModels, retrievalWith } from '#lib/plan/retrieval/retrieval-models';
import type { PlannedRetrieval } from '#lib/plan/retrieval/retrieval-plan';
import { staysWithin } from '#lib/plan/nodes/residency';
import type { PlacedFleet } from '#lib/targets/target';

type Misfit = { readonly feasible: false; readonly reasons: readonly string[] };

/** A plan for a model that the provider runs: nothing to size, everything paid by use. */
export function planManaged(
  context: Context,
  models: readonly Model[],
  retrieval: PlannedRetrieval | null,
): Feasible | Misfit {
  const { scenario, option, catalog, prices, target, knobs, site, market, demand, tokens } = context;
  const { residency, ttftMs, tpotMs } = scenario.objectives;
  const isOwn = target.customisable === 'prompts' && scenario.route !== 'direct';
  if (isOwn && scenario.route === 'build') return { feasible: false, reasons: [ownWeights(target.title)] };
  const wanted = new Set(models.map(({ id }) => id));
  const sold = target
    .offerings(knobs, market)
    .flatMap((offering) => (offering.kind === 'token' && wanted.has(offering.model) ? [offering] : []));
  if (sold.length === 0) return { feasible: false, reasons: [notSold(models, catalog, target.title)] };
  const allowed = sold.filter((offering) => staysWithin(residency, offering, site));
  const choice = chooseManaged(models, allowed, demand, prices);
  if (choice === null) {
    return {
      feasible: false,
      reasons: [
        `no profile of ${target.title} in ${site.region ?? 'its region'} keeps prompts in ${residency}`,
      ],
    };
  }
  const { model, offering } = choice;
  const notes = [...site.notes];
  if (ttftMs !== undefined || tpotMs !== undefined) {
    notes.push(`${target.title} publishes no latency: the objectives on TTFT and TPOT are not checked`);
  }
  notes.push(`${target.title} limits tokens per minute by account: check the quota against the peak`);
  if (isOwn && scenario.retrieval === undefined) {
    notes.push(
      `${target.title} is planned with published weights: prompts can be adapted here, weights that you tune run elsewhere (\`landfall routes\`)`,
    );
  }
  if (option.serving.precision !== undefined) {
    notes.push('the provider chooses the weight format; `serving.precision` has no effect');
  }
  const readers = retrievalModels(context, retrieval, null);
  if (readers !== null && 'reasons' in readers) return { feasible: false, reasons: readers.reasons };
  const whole = retrievalWith(retrieval, readers, null, scenario.objectives);
  const quality = plannedQuality(scenario, model, null, catalog);
  const fleet: PlacedFleet = {
    nodes: [],
    cpuNodes: { count: 0, vcpus: 0, memoryGib: 0, instanceType: null },
    gpus: 0,
    availabilityZones: 0,
    rootDiskGib: { gpu: 0, cpu: 0 },
    weightsGib: 0,
    tokens,
    token: offering,
    ...corpusOf(scenario),
  };
  const purchases = target.purchases(fleet, knobs, market);
  return {
    feasible: true,
    fleet,
    plan: {
      ...planFrame(context),
      model: { id: model.id, name: model.name, repository: model.repository },
      cluster: null,
      nodePools: [],
      serving: null,
      managed: { modelId: offering.modelId, profile: offering.profile, guardrail: site.guardrail },
      retrieval: whole.plan,
      facility: null,
      sizing: null,
      redundancy: null,
      quality,
      purchases: [...purchases, ...whole.purchases],
      notes: [...notes, ...whole.notes],
    },
  };
}

function ownWeights(title: string): string {
  return `\`route: build\` makes weights of your own, and ${title} is planned with published ones only`;
}
