import { heldLoads, holdsAs } from '#lib/sizing/candidate';
import type { ServingDemand } from '#lib/sizing/sizing';

/**
 * What a demand asks of a sizing, in words: two with the same words have the same answer, however they start.
 *
 * @returns Kept for each demand, which is asked about up to four times: to word a question takes as long as a prediction
 */
export function questions(): (demand: ServingDemand) => string {
  const known = new WeakMap<ServingDemand, string>();
  const wordsOf = wording();
  // A question has a thousand characters, of which all but a few say what work it is: those are kept once.
  const workOf = rememberedWorks(wordsOf);
  return (demand) => {
    let question = known.get(demand);
    if (question === undefined) {
      const load = wordsOf(demand, isInTwo(demand) ? LOAD_FIELDS : LOAD_BUT_START);
      known.set(demand, (question = `${workOf(demand)} ${load}`));
    }
    return question;
  };
}

/** True of a fleet for prompts and one for answers. */
export function isInTwo({ techniques }: ServingDemand): boolean {
  return techniques?.disaggregation !== undefined;
}

/** What neither the memory of a replica nor a prediction of it asks for: how much is asked of it, and what else. */
const LOAD = {
  peakRequestsPerSecond: true,
  meanRequestsPerSecond: true,
  burstiness: true,
  ttftMs: true,
  tpotMs: true,
  percentile: true,
  availability: true,
  fill: true,
  replica: true,
  coldStart: true,
} as const;
/** All else but the facts of model and accelerator, which have names. */
const WORK = {
  gpusPerNode: true,
  mostNodesPerReplica: true,
  mixturesTakeNodes: true,
  attentionData: true,
  mostGroupedGpus: true,
  fabric: true,
  spreadsExperts: true,
  precision: true,
  storedAs: true,
  kvPrecision: true,
  calibration: true,
  memoryShare: true,
  inputTokens: true,
  outputTokens: true,
  cachedShare: true,
  reusesPrefixes: true,
  techniques: true,
  engineMemory: true,
  tensorParallel: true,
} as const satisfies Record<Exclude<keyof ServingDemand, keyof typeof LOAD | 'model' | 'accelerator'>, true>;
const LOAD_FIELDS = Object.keys(LOAD) as (keyof typeof LOAD)[];
const LOAD_BUT_START = LOAD_FIELDS.filter((field) => field !== 'coldStart');
const WORK_FIELDS = Object.keys(WORK) as (keyof typeof WORK)[];
/** Limits on groups of attention, which models without latent attention have none of. */
const OF_GROUPS: readonly (keyof typeof WORK)[] = ['attentionData', 'mostGroupedGpus'];

/** Fields of a demand in words. Candidates of an option share the parts of their load: each is put into words once. */
function wording() {
  const said = new WeakMap<object, string>();
  const wordOf = (value: ServingDemand[keyof ServingDemand]): string => {
    if (typeof value !== 'object' || value === null) return String(value);
    let word = said.get(value);
    if (word === undefined) said.set(value, (word = JSON.stringify(value)));
    return word;
  };
  return (demand: ServingDemand, fields: readonly (keyof ServingDemand)[]): string => {
    let words = '';
    for (const field of fields) words += `${wordOf(demand[field])} `;
    return words;
  };
}

/** Numbers of what replicas are asked to do. */
function rememberedWorks(wordsOf: ReturnType<typeof wording>): (demand: ServingDemand) => number {
  // To find the layouts that hold a demand takes as long as all else of its question: those of the same words have the same.
  const said = new Map<string, { readonly demand: ServingDemand; readonly work: number }>();
  const works = new Map<string, number>();
  return (demand) => {
    const words = `${demand.model.id} ${demand.accelerator.id} ${wordsOf(demand, WORK_FIELDS)}`;
    const same = said.get(words);
    if (same !== undefined) {
      holdsAs(demand, same.demand);
      return same.work;
    }
    const text = workOf(demand, words, wordsOf);
    const work = works.get(text) ?? works.size;
    works.set(text, work);
    said.set(words, { demand, work });
    return work;
  };
}

/**
 * What a replica is asked to do. Limits on layouts only matter where a layout breaks them, or where none holds the model;
 * those on nodes matter to longer pipelines too, which are looked at last.
 *
 * @param all - Everything that it is asked, in words
 */
function workOf(demand: ServingDemand, all: string, wordsOf: ReturnType<typeof wording>): string {
  if (isInTwo(demand)) return all;
  const layouts = heldLoads(demand).map(({ shape }) => shape);
  if (layouts.length === 0) return all;
  const { model, accelerator } = demand;
  const isGrouped = model.mla !== null;
  // What lies between nodes matters to steps that cross them.
  const crossesNodes = layouts.some(({ stageNodes = 1 }) => stageNodes > 1);
  const asked = WORK_FIELDS.filter(
    (field) =>
      field !== 'mixturesTakeNodes' &&
      (isGrouped || !OF_GROUPS.includes(field)) &&
      (crossesNodes || field !== 'fabric'),
  );
  return `${model.id} ${accelerator.id} ${wordsOf(demand, asked)}${JSON.stringify(layouts)}`;
}
