import { danger, type Danger } from '#lib/diff/dangers/danger';
import type { Move } from '#lib/diff/moves';
import type { Plan, RetrievalPlan } from '#lib/plan/plan';
import { INDEX_KNOBS } from '#lib/vector-stores/index-knobs';
import { vectorStores } from '#lib/vector-stores/index';
import type { VectorStore } from '#lib/vector-stores/vector-store';

const STORE = 'Retrieval/Store';

/** Nothing here copies a corpus: another store, or the same one elsewhere, begins empty. */
export function storeDangers(
  { retrieval: from }: Plan,
  { retrieval: to }: Plan,
  moves: readonly Move[],
): Danger[] {
  if (from === null) return [];
  if (to === null) return [danger('data-loss', STORE, [from.store, 'removed'], 'retrieval')];
  const rebuilt = rebuildsOf(from, to).map(({ path, pair }) => danger('rebuild-index', STORE, pair, path));
  if (from.store !== to.store) {
    return [danger('data-loss', STORE, [from.store, to.store], 'retrieval.store'), ...rebuilt];
  }
  const move = moves.find(({ isElsewhere }) => isElsewhere);
  if (move === undefined) return [...rebuilt, ...machineDangers(from, to)];
  const empty = [from.store, `${to.store}, new and empty`] as const;
  const anew = rebuilt.length > 0 ? rebuilt : [danger('rebuild-index', STORE, empty, move.at)];
  return [danger('data-loss', STORE, empty, move.at), ...anew];
}

interface Rebuild {
  readonly path: string;
  readonly pair: readonly [string | number, string | number];
}

/** What the vectors or their index are made by. */
function rebuildsOf(from: RetrievalPlan, to: RetrievalPlan): Rebuild[] {
  const vectors = (['store', 'embeddingModel', 'dimensions'] as const).map((key): Rebuild => ({
    path: `retrieval.${key}`,
    pair: [from[key], to[key]],
  }));
  const own = from.store === to.store ? [...indexKnobs(from, to), ...shards(from, to)] : [];
  return [...vectors, ...own].filter(({ pair: [a, b] }) => a !== b);
}

function indexKnobs(from: RetrievalPlan, to: RetrievalPlan): Rebuild[] {
  const knob = ({ knobs }: RetrievalPlan, name: string) => {
    const value = knobs[name];
    return typeof value === 'string' || typeof value === 'number' ? value : 'none';
  };
  return INDEX_KNOBS.map((name) => ({
    path: `retrieval.knobs.${name}`,
    pair: [knob(from, name), knob(to, name)],
  }));
}

/** The number of parts of an index is chosen as it is made, where the store does not spread it by itself. */
function shards(from: RetrievalPlan, to: RetrievalPlan): Rebuild[] {
  if (storeOf(to).spreadsByItself === true) return [];
  const words = ({ sizing: { nodes } }: RetrievalPlan) => `${nodes?.shards ?? 1} in parts`;
  return [{ path: 'retrieval.sizing.nodes.shards', pair: [words(from), words(to)] }];
}

/** Of pods in the cluster: what they stand on is made anew, or they start again. Services of a cloud change while they run. */
function machineDangers(from: RetrievalPlan, to: RetrievalPlan): Danger[] {
  const [old, now] = [from.sizing.nodes, to.sizing.nodes];
  if (to.runsOn !== 'kubernetes' || old === null || now === null) return [];
  const disks = [`${old.diskGib} GiB each`, `${now.diskGib} GiB each`] as const;
  const path = 'retrieval.sizing.nodes.diskGib';
  const { diskChanges = 'in-place' } = storeOf(to);
  if (old.diskGib !== now.diskGib && isAnew(diskChanges, now.diskGib - old.diskGib)) {
    return [danger('downtime', STORE, disks, path), danger('replace', STORE, disks, path)];
  }
  const pod = ({ vcpus, memoryGib }: typeof old) => `${vcpus} CPUs, ${memoryGib} GiB`;
  if (pod(old) === pod(now)) return [];
  const pair = [pod(old), pod(now)] as const;
  const name = now.count === 1 ? 'downtime' : 'restart';
  return [danger(name, STORE, pair, 'retrieval.sizing.nodes.memoryGib')];
}

function isAnew(changes: NonNullable<VectorStore['diskChanges']>, moreGib: number): boolean {
  return changes === 'anew' || (changes === 'grow-only' && moreGib < 0);
}

function storeOf({ store }: RetrievalPlan): Pick<VectorStore, 'diskChanges' | 'spreadsByItself'> {
  const all: readonly VectorStore[] = vectorStores.entries;
  return all.find(({ id }) => id === store) ?? {};
}
