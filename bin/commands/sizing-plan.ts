import { EXIT, fine, json, textOf, type Flags, type Outcome, type Run } from '#bin/command';
import { asOfDate } from '#bin/flags/as-of-date';
import { choice, knownGpu, knownModel } from '#bin/flags/flag-values';
import { statedLoad } from '#bin/flags/load-flags';
import { slicedBy } from '#bin/flags/technique-flags';
import { optionDemand, type OptionDemand } from '#bin/input/option-demand';
import { sizedCatalog } from '#bin/input/sized-catalog';
import type { Catalog } from '#lib/catalog/catalog';
import { PRECISIONS, type Precision } from '#lib/catalog/precision';
import { createPriceBook } from '#lib/catalog/price-book';
import { LandfallError } from '#lib/errors/landfall-error';
import { formatMisfit } from '#lib/plan/models/candidates';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { unlikelyNotes } from '#lib/plan/notes/unlikely-fleet';
import { techniqueMisfit } from '#lib/plan/sizing/serving-techniques';
import { restatedDemand, statedDemand, type StatedLoad } from '#lib/plan/sizing/stated-demand';
import { frontierScreen, undeployedNotes } from '#lib/report/screens/frontier-screen';
import { renderText } from '#lib/report/text';
import { comparableRuns } from '#lib/sizing/comparable-runs';
import { chosenOf, frontierOf, type Frontier } from '#lib/sizing/frontier';
import type { ServingDemand } from '#lib/sizing/sizing';

/** INT8 is asked for by name: where there are 8-bit floats nobody publishes it. */
const USUAL_FORMATS = PRECISIONS.filter((precision) => precision !== 'int8');

export const run: Run = (_, flags, surroundings) => {
  const from = optionDemand(flags, asOfDate(flags, surroundings));
  const catalog = from?.catalog ?? sizedCatalog(flags);
  const demand = demandOf(flags, from, catalog);
  const precisions = formatsOf(flags, from, demand);
  const native = nativePrecision(demand.model);
  const misfits = precisions.map((precision) => formatMisfit(demand.accelerator, precision, native));
  const served = precisions.filter((_format, at) => misfits[at] === null);
  const rows = comparableRuns(demand, catalog);
  const found = frontierOf(demand, served, catalog, rows);
  const reasons = misfits.filter((misfit) => misfit !== null);
  const frontier = served.length > 0 ? found : { ...found, chosen: { fits: false as const, reasons } };
  const plain = plainOf(demand, catalog);
  const without = plain === null ? null : chosenOf(plain, served, catalog, rows);
  const { model, accelerator, ...load } = demand;
  const option = from === null ? undefined : plannedOption(from);
  if (flags['json']) {
    const head = {
      schema: 'landfall/sizing-plan/v1',
      ...(option === undefined ? {} : { option }),
      model: model.id,
      accelerator: accelerator.id,
      load,
    };
    // As the screen says it: a frontier is worth reading also of an accelerator that no option deploys.
    const unlikely = frontier.chosen.fits ? unlikelyNotes(frontier.chosen, demand) : [];
    const notes = [...undeployedNotes(accelerator), ...unlikely];
    return held(json({ ...head, notes, ...frontier, ...(without === null ? {} : { without }) }), frontier);
  }
  const screen = frontierScreen(frontier, demand, { without, option });
  return held(renderText(screen, { ...surroundings, wide: flags['wide'] === true }), frontier);
};

/** Exit 3 where no way carries the load: what is written says why. */
function held(stdout: string, { chosen }: Frontier): Outcome {
  return { ...fine(stdout), exitCode: chosen.fits ? EXIT.fine : EXIT.guardrail };
}

/** The same load on the plain engine and whole accelerators; `null` where nothing is switched on. */
function plainOf(demand: Omit<ServingDemand, 'precision'>, catalog: Catalog) {
  const { techniques, ...plain } = demand;
  const whole = catalog.accelerators.get(demand.accelerator.sliceOf ?? demand.accelerator.id);
  const isPlain = techniques === undefined && demand.accelerator.sliceOf === undefined;
  return isPlain || whole === undefined ? null : { ...plain, accelerator: whole };
}

function demandOf(flags: Flags, from: OptionDemand | null, catalog: Catalog) {
  const chosen = from?.chosen.demand;
  const named = { model: textOf(flags, 'model'), gpu: textOf(flags, 'gpu') };
  const model =
    chosen !== undefined && named.model === undefined
      ? chosen.model
      : knownModel('--model', named.model, catalog.models);
  const isChosenGpu = chosen !== undefined && named.gpu === undefined;
  const gpu = isChosenGpu ? chosen.accelerator : knownGpu(named.gpu, catalog.accelerators);
  const accelerator = slicedBy(flags, catalog.accelerators.get(gpu.sliceOf ?? gpu.id) ?? gpu, catalog);
  const isCut = textOf(flags, 'slice') !== undefined;
  const stated: StatedLoad = {
    ...statedLoad(flags, catalog),
    model,
    accelerator: isChosenGpu && !isCut ? gpu : accelerator,
  };
  const impossible = techniqueMisfit(model, { ...from?.chosen.techniques, ...stated.techniques }, catalog);
  if (impossible !== null) throw cannotDraft(impossible);
  if (from !== null) return restatedDemand(stated, from.chosen, catalog, from.prices);
  const prices = createPriceBook({ catalog, overrides: { prices: {}, assumptions: {} } });
  return statedDemand(stated, catalog, prices);
}

/** The named format, or that of the plan as long as it is the plan's model on its accelerator. */
function formatsOf(
  flags: Flags,
  from: OptionDemand | null,
  { model, accelerator }: Omit<ServingDemand, 'precision'>,
): readonly Precision[] {
  const asked = textOf(flags, 'precision');
  if (asked !== undefined) return [choice('--precision', asked, PRECISIONS)];
  const chosen = from?.chosen.demand;
  const isAsPlanned = chosen?.model.id === model.id && chosen.accelerator.id === accelerator.id;
  return isAsPlanned ? [chosen.precision] : USUAL_FORMATS;
}

function plannedOption({ environment, scenario, option, chosen, pool }: OptionDemand) {
  const { model, precision } = chosen.demand;
  return { environment, scenario, option, shape: chosen.shape, model: model.id, precision, pool };
}

function cannotDraft(why: string): LandfallError {
  return new LandfallError({
    code: 'CONFLICT',
    at: '--speculation',
    got: why,
    expected: 'a drafter for this model',
    fix: 'write --speculation n-gram:3:0.5, which needs no weights, or choose another drafter',
  });
}
