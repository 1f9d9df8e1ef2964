import type { Model } from '#lib/catalog/models';
import { chooseImported } from '#lib/plan/managed/imported';
import { chooseProvisioned } from '#lib/plan/managed/provisioned';
import { chooseTokens } from '#lib/plan/managed/tokens';
import { plannedQuality } from '#lib/plan/models/planned-quality';
import { staysWithin } from '#lib/plan/nodes/residency';
import type { Feasible } from '#lib/plan/plan';
import { planFrame, type Context } from '#lib/plan/plan-request';
import { corpusOf } from '#lib/plan/placed-fleet';
import { retrievalModels, retrievalWith } from '#lib/plan/retrieval/retrieval-models';
import type { PlannedRetrieval } from '#lib/plan/retrieval/retrieval-plan';
import { traitsOf } from '#lib/targets/layers/traits';
import type { PlacedFleet } from '#lib/targets/target';

type Misfit = { readonly feasible: false; readonly reasons: readonly string[] };

/** A plan for a model that the provider runs: by the token, or weights that it was given, by the copy. */
export function planManaged(
  context: Context,
  models: readonly Model[],
  retrieval: PlannedRetrieval | null,
): Feasible | Misfit {
  const { scenario, option, catalog, target, knobs, site, market, tokens } = context;
  const { ttftMs, tpotMs } = scenario.objectives;
  const isPublished = traitsOf(target, knobs).customisable === 'prompts';
  const isOwn = isPublished && scenario.route !== 'direct';
  if (isOwn && scenario.route === 'build') return { feasible: false, reasons: [ownWeights(target.title)] };
  const served = serveBy(context, models);
  if ('reasons' in served) return { feasible: false, reasons: served.reasons };
  const notes = [...site.notes];
  if (ttftMs !== undefined || tpotMs !== undefined) {
    notes.push(`${target.title} publishes no latency: the objectives on TTFT and TPOT are not checked`);
  }
  notes.push(...served.notes);
  if (isOwn && scenario.retrieval === undefined) {
    notes.push(
      `${target.title} is planned with published weights: prompts can be adapted, weights that you tune must be imported or run elsewhere (\`landfall routes\`)`,
    );
  }
  if (option.serving.precision !== undefined) {
    notes.push('the provider chooses the weight format; `serving.precision` has no effect');
  }
  const readers = retrievalModels(context, retrieval, null);
  if (readers !== null && 'reasons' in readers) return { feasible: false, reasons: readers.reasons };
  const whole = retrievalWith(retrieval, readers, null, scenario.objectives);
  const { model, managed } = served;
  const quality = plannedQuality(scenario, model, null, catalog);
  const fleet: PlacedFleet = {
    nodes: [],
    cpuNodes: { count: 0, vcpus: 0, memoryGib: 0, instanceType: null },
    gpus: 0,
    availabilityZones: 0,
    rootDiskGib: { gpu: 0, cpu: 0 },
    weightsGib: 0,
    tokens,
    ...served.placed,
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
      managed,
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

/** By what the target offers under these knobs: tokens, copies or units. */
function serveBy(context: Context, models: readonly Model[]) {
  const { scenario, target, knobs, site, market } = context;
  const offerings = target.offerings(knobs, market);
  const tokens = offerings.flatMap((one) => (one.kind === 'token' ? [one] : []));
  if (tokens.length > 0) return chooseTokens(context, models, tokens);
  const { residency } = scenario.objectives;
  const allowed = offerings.filter((one) => staysWithin(residency, one, site));
  if (allowed.length === 0) {
    const where = `${target.title} in ${site.region ?? 'its region'}`;
    return { reasons: [`${where} does not keep prompts in ${residency}`] };
  }
  const units = allowed.flatMap((one) => (one.kind === 'unit' ? [one] : []));
  const copies = allowed.flatMap((one) => (one.kind === 'copy' ? [one] : []));
  return units.length > 0
    ? chooseProvisioned(context, models, units)
    : chooseImported(context, models, copies);
}

function ownWeights(title: string): string {
  return `\`route: build\` makes weights of your own, and ${title} is planned with published ones only here; an option that imports them, or another target, serves yours`;
}
