import type { Model } from '#lib/catalog/models';
import type { Engine } from '#lib/engines/engine';
import { engines } from '#lib/engines/index';
import { quantisesOnLoad } from '#lib/engines/quantising';
import { candidatePrecisions } from '#lib/plan/models/candidates';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { plannedQuality, recoveryOf } from '#lib/plan/models/planned-quality';
import { scoreDifferenceIn } from '#lib/plan/models/quality-metric';
import { gpusOf } from '#lib/plan/choice/candidate-bill';
import { chooseNode, type Chosen } from '#lib/plan/choice/choose-node';
import { rememberedRates } from '#lib/plan/nodes/commitment';
import { compressionNotes } from '#lib/plan/notes/compression-notes';
import { chinaNotes } from '#lib/plan/notes/china-notes';
import { cpuNodesOf } from '#lib/plan/nodes/cpu-nodes';
import { facilityOf, fitsRackPower } from '#lib/plan/nodes/facility';
import { fabricNotes } from '#lib/plan/notes/fabric-notes';
import { hardlyLoadedNotes } from '#lib/plan/notes/hardly-loaded';
import { hostLinkNotes } from '#lib/plan/notes/host-link-notes';
import { growthNotes } from '#lib/plan/growth/fleet-growth';
import { leastBills } from '#lib/plan/choice/least-bill';
import { hourlyUsd } from '#lib/plan/nodes/place';
import type { Feasible, NodeChoice, ServingPlan } from '#lib/plan/plan';
import type { Sized } from '#lib/plan/nodes/sized';
import { optionBill } from '#lib/plan/choice/whole-bill';
import { roundUsd } from '#lib/units/money';
import { mirroredFleets } from '#lib/plan/serving/mirrors';
import { planFrame, type Context } from '#lib/plan/plan-request';
import { redundancyOf } from '#lib/plan/nodes/redundancy';
import { largeNodeNotes } from '#lib/plan/sizing/replica-failures';
import { staysWithin } from '#lib/plan/nodes/residency';
import { cutInto, whole } from '#lib/plan/nodes/slices';
import { cpuPool, readerPool } from '#lib/plan/other-pools';
import type { PlannedRetrieval } from '#lib/plan/retrieval/retrieval-plan';
import { commitmentMisfit, commitmentNotes } from '#lib/plan/notes/commitment-notes';
import { scalingAsked, scalingMisfit, scalingNotes } from '#lib/plan/scaling/scaling-fit';
import { loadOf } from '#lib/plan/choice/serving-load';
import { techniqueNotes } from '#lib/plan/notes/technique-notes';
import { notOffered, notWithin } from '#lib/plan/nodes/offer-misfits';
import { fabricOf } from '#lib/plan/nodes/node-fabric';
import { gpuPool, servingPlan } from '#lib/plan/serving/serving-plan';
import { switchedOn, techniqueMisfit } from '#lib/plan/sizing/serving-techniques';
import { unlikelyNotes } from '#lib/plan/notes/unlikely-fleet';
import { unusedFabricNotes } from '#lib/plan/notes/unused-fabric-notes';
import { unpricedNotes } from '#lib/plan/choice/unpriced-nodes';

type Misfit = { readonly feasible: false; readonly reasons: readonly string[] };

/** A plan for a model server that one runs on nodes with accelerators. */
export function planNodes(
  context: Context,
  models: readonly Model[],
  retrieval: PlannedRetrieval | null,
): Feasible | Misfit {
  const { scenario, option, catalog, target, knobs, site, market, standsOn } = context;
  const { engine: chosen, ...engineKnobs } = option.serving.engine ?? { engine: target.engines[0] };
  const engine: Engine | undefined = engines.entries.find(({ id }) => id === chosen);
  if (engine === undefined || !target.engines.includes(engine.id)) {
    return misfit([`${target.id} does not run ${String(chosen)}; it runs ${target.engines.join(', ')}`]);
  }
  const offered = target
    .offerings(knobs, market)
    .flatMap((one) => (one.kind === 'node' && (standsOn?.includes(one.id) ?? true) ? [one] : []));
  if (offered.length === 0) {
    return misfit([notOffered(context)]);
  }
  const allowed = offered.filter((one) => staysWithin(scenario.objectives.residency, one, site));
  if (allowed.length === 0) {
    return misfit([notWithin(scenario.objectives.residency, offered, context)]);
  }
  const powered = allowed.filter((one) => fitsRackPower(one, site, catalog));
  if (powered.length === 0) {
    return misfit([`no server of ${target.id} runs on the ${site.premises?.rackKw ?? 0} kW of a rack`]);
  }
  const still = scalingMisfit(context) ?? commitmentMisfit(context);
  if (still !== null) return misfit([still]);
  const reasons: string[] = [];
  const { serving } = option;
  if (serving.prefixCache !== undefined && !engine.reusesPrefixes(engineKnobs)) {
    return misfit([`a pool of prefixes is asked for and the engine's reuse of prefixes is switched off`]);
  }
  const wishes = models.map((model) => {
    const impossible = techniqueMisfit(model, serving, catalog);
    if (impossible !== null) {
      reasons.push(impossible);
      return { model, precisions: [] };
    }
    const found = candidatePrecisions(model, scenario, option.serving.precision, engine.precisions, catalog);
    reasons.push(...found.reasons);
    return { model, precisions: found.accepted };
  });
  const inCluster = retrieval?.plan.runsOn === 'kubernetes' ? retrieval.plan.sizing.nodes : null;
  const systemNodes = cpuNodesOf(site, inCluster, catalog, context.prices);
  if ('reasons' in systemNodes) return misfit(systemNodes.reasons);
  const load = loadOf(context, engine, engineKnobs);
  const { slice } = serving;
  const cut =
    slice === undefined ? { offerings: powered, catalog, reasons: [] } : cutInto(slice, powered, catalog);
  if (cut.offerings.length === 0) return misfit(cut.reasons);
  const { commitment } = option;
  const rates = rememberedRates({ commitment, target, knobs, market });
  const around = { context, retrieval, systemNodes, scaling: scalingAsked(context), rates };
  const bill = optionBill(around);
  const found = chooseNode(
    wishes,
    { offerings: cut.offerings, fabricOf: fabricOf(engine, engineKnobs, context.prices) },
    load,
    cut.catalog,
    context.sizer,
    {
      ...leastBills(around, bill),
      whole: (sized) => bill.whole(sized),
      hoursUsd: (offering) =>
        [offering, ...rates(whole(offering)).map((rate) => rate.offering)].map(hourlyUsd),
    },
    scoreDifferenceIn(scenario, catalog),
  );
  if ('reasons' in found) return misfit([...reasons, ...found.reasons]);
  const { fleet } = found.choice.complete;
  return { feasible: true, plan: transcribe(context, found, engine, engineKnobs), fleet };
}

function misfit(reasons: readonly string[]): Misfit {
  return { feasible: false, reasons };
}

function transcribe(
  context: Context,
  { choice: chosen, othersFromUsd, unpriced }: Chosen,
  engine: Engine,
  engineKnobs: Readonly<Record<string, unknown>>,
): Feasible['plan'] {
  const { placement, cpuNodes, bought, retrieval, purchases, fleet } = chosen.complete;
  const choice: Sized = { ...chosen, placement };
  const { environmentName, scenarioId, scenario, option, catalog, prices, target, site } = context;
  const { model, precision, sizing } = choice;
  const { offering } = placement;
  const serving = mirroredFleets(
    servingPlan(
      choice,
      engine,
      engineKnobs,
      option.scaling,
      prices,
      switchedOn(option.serving, sizing, catalog),
    ),
    site.mirrors,
  );
  const { rootDiskGib: disks } = fleet;
  const recovery = recoveryOf(model, precision, catalog);
  const quality = plannedQuality(scenario, model, precision, catalog);
  return {
    ...planFrame(context),
    model: { id: model.id, name: model.name, repository: model.repository },
    cluster:
      site.kubernetesVersion === null
        ? null
        : {
            kubernetesVersion: site.kubernetesVersion,
            name: `${environmentName}-${scenarioId}`,
            namespace: scenarioId,
            ...(site.mirrors?.images === undefined ? {} : { imageRegistry: site.mirrors.images }),
          },
    nodePools: [
      gpuPool(
        choice,
        serving,
        site.zones,
        catalog.instances.get(offering.shape) ?? catalog.servers.get(offering.shape),
      ),
      ...(bought.readers ?? []).map((own) => readerPool(own, site.zones, disks.gpu, catalog)),
      ...cpuPool(cpuNodes, site.zones, disks.cpu, catalog),
    ],
    serving,
    managed: null,
    retrieval: retrieval.plan,
    facility:
      target.operates.hardware === 'you'
        ? facilityOf(placement, site.premises?.rackKw ?? null, catalog, prices)
        : null,
    sizing,
    choice: nodeChoice(chosen.usdPerMonth, othersFromUsd),
    ...(bought.growth === undefined ? {} : { growth: bought.growth }),
    ...(bought.scaling === undefined ? {} : { scaling: bought.scaling }),
    ...(bought.committed === undefined ? {} : { commitment: bought.committed.plan }),
    redundancy: redundancyOf(sizing, placement),
    quality,
    purchases,
    notes: [
      ...notesOf(context, choice, serving, recovery),
      ...unusedFabricNotes(choice, engine, context),
      ...unpricedNotes(unpriced, gpusOf(placement)),
      ...hardlyLoadedNotes(sizing, bought.scaling),
      ...unlikelyNotes(sizing, choice.demand),
      ...(bought.scaling === undefined ? [] : scalingNotes(bought.scaling, context)),
      ...commitmentNotes(context, bought.committed?.plan),
      ...growthNotes(context),
      ...techniqueNotes(
        choice.demand,
        option.serving,
        scenario.traffic,
        engine.reusesPrefixes(engineKnobs),
        engine,
      ),
      ...retrieval.notes,
    ],
  };
}

function nodeChoice(weighedUsd: number, othersFromUsd: number): NodeChoice {
  const usd = (amount: number) => (Number.isFinite(amount) ? roundUsd(amount) : null);
  return {
    weighedUsdPerMonth: usd(weighedUsd),
    // A wider format may cost a little more than the cheapest fleet of another node.
    othersMoreUsdPerMonth: usd(Math.max(0, othersFromUsd - weighedUsd)),
  };
}

function notesOf(
  { site, catalog }: Context,
  choice: Sized,
  serving: ServingPlan,
  recovery: number | null,
): string[] {
  const { model, precision, placement, sizing } = choice;
  const notes = [...site.notes];
  if (model.repository === null) {
    notes.push(`no source names a repository of ${model.id}: its weights are expected on a mounted volume`);
  }
  if (model.runsRepositoryCode === true) {
    notes.push(
      `${model.id} brings Python code in its repository, which the engine runs (\`--trust-remote-code\`): read ${model.repository ?? 'it'} first, and serve a copy that nobody else changes`,
    );
  }
  const native = nativePrecision(model);
  if (precision !== native && !quantisesOnLoad({ precision, storedAs: native })) {
    notes.push(
      `${model.id} in ${precision} needs a checkpoint that ${precision === 'bf16' ? 'was widened' : 'is already quantised'} so: name its repository`,
    );
  }
  notes.push(...chinaNotes(choice.accelerator, placement.offering));
  notes.push(...fabricNotes(sizing, placement.offering, serving));
  notes.push(...hostLinkNotes(serving, catalog.servers.get(placement.offering.shape)));
  notes.push(...compressionNotes(model, precision, choice.accelerator, sizing.contextTokens));
  if (recovery === null)
    notes.push(`nobody measured what ${precision} costs in quality: the score is not lowered`);
  if (placement.offering.hourly.state === 'unpriced') {
    notes.push(
      `${placement.offering.id} has no price (${placement.offering.hourly.why}); it was chosen by GPUs`,
    );
  }
  if (site.systemNodes !== null && site.cpuSeller === null) {
    notes.push('CPU hosts have no published price: an assumption per vCPU with 8 GiB stands in for it');
  }
  const { shape, gpus } = whole(placement.offering);
  notes.push(...largeNodeNotes(shape, gpus, placement.replicasPerNode));
  if (placement.replicasPerNode > 1 && placement.nodes.base === 1 && sizing.replicas > 1) {
    notes.push('all replicas stand on one node: its failure takes them all');
  }
  return notes;
}
