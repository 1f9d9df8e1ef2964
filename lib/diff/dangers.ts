import { movesOf, type Move } from '#lib/diff/moves';
import type { Change } from '#lib/diff/plan-diff';
import type { NodePool, Plan, RetrievalPlan } from '#lib/plan/plan';
import { grouped } from '#lib/units/grouped';
import { DANGER_CLASSES, type DangerClass } from '#lib/spec/schema/review';
import { INDEX_KNOBS } from '#lib/vector-stores/index-knobs';

export interface Danger {
  readonly class: DangerClass;
  /** What it happens to, in the words of the plan. */
  readonly address: string;
  readonly before: string;
  readonly after: string;
  /** Path in the plan where the difference stands. */
  readonly path: string;
  /** `file:line:column` of what causes it in the environment; the path where no file is at hand. */
  readonly at: string;
}

/** Terms that bind one to pay for longer than one uses. */
const COMMITTED = /^(reserved|contract|capacity-block|savings)/;

/** What the step from one plan to the other may destroy, release, bind or interrupt; gravest first. */
export function dangersOf(from: Plan, to: Plan, changes: readonly Change[]): Danger[] {
  const moves = movesOf(from, to);
  const all = [
    ...retrievalDangers(
      from,
      to,
      moves.filter(({ isElsewhere }) => isElsewhere),
    ),
    ...poolDangers(from, to, moves),
    ...commitments(from, to),
    ...broadenings(from, to),
    ...moves.map(({ at, before, after }) => danger('replace', 'Plan', [before, after], at)),
    ...(moves.length === 0 ? servingDangers(from, to) : []),
  ];
  const quiet = all.length === 0 && changes.length > 0;
  const differ = changes.length === 1 ? '1 value differs' : `${changes.length} values differ`;
  const inPlace: Danger[] = quiet
    ? [danger('in-place', 'Plan', ['as it is', differ], changes[0]?.path ?? '')]
    : [];
  return [...all, ...inPlace].toSorted(
    (a, b) => DANGER_CLASSES.indexOf(a.class) - DANGER_CLASSES.indexOf(b.class),
  );
}

/** Nothing here copies a corpus: another store, or the same one elsewhere, begins empty. */
function retrievalDangers(
  { retrieval: from }: Plan,
  { retrieval: to }: Plan,
  [move]: readonly Move[],
): Danger[] {
  if (from === null) return [];
  const at = 'Retrieval/Store';
  if (to === null) return [danger('data-loss', at, [from.store, 'removed'], 'retrieval')];
  const rebuilt = rebuildsOf(from, to).map(({ path, pair }) => danger('rebuild-index', at, pair, path));
  if (from.store !== to.store) {
    return [danger('data-loss', at, [from.store, to.store], 'retrieval.store'), ...rebuilt];
  }
  if (move === undefined) return rebuilt;
  const empty = [from.store, `${to.store}, new and empty`] as const;
  const anew = rebuilt.length > 0 ? rebuilt : [danger('rebuild-index', at, empty, move.at)];
  return [danger('data-loss', at, empty, move.at), ...anew];
}

type Rebuild = { readonly path: string; readonly pair: readonly [string | number, string | number] };

/** What an index is built from and by, where it differs. The knobs of two stores are not the same ones. */
function rebuildsOf(from: RetrievalPlan, to: RetrievalPlan): Rebuild[] {
  const vectors = (['store', 'embeddingModel', 'dimensions'] as const).map((key): Rebuild => ({
    path: `retrieval.${key}`,
    pair: [from[key], to[key]],
  }));
  const knob = ({ knobs }: RetrievalPlan, name: string) => {
    const value = knobs[name];
    return typeof value === 'string' || typeof value === 'number' ? value : 'none';
  };
  const built = INDEX_KNOBS.map((name): Rebuild => ({
    path: `retrieval.knobs.${name}`,
    pair: [knob(from, name), knob(to, name)],
  }));
  return [...vectors, ...(from.store === to.store ? built : [])].filter(({ pair: [a, b] }) => a !== b);
}

/** Accelerators that are given back may not be had again: those that a cloud rents out are, when all moves. */
function poolDangers(from: Plan, to: Plan, moves: readonly Move[]): Danger[] {
  return from.nodePools
    .filter((pool) => pool.role === 'gpu')
    .flatMap((pool) => {
      const after = to.nodePools.find((other) => other.id === pool.id);
      const changed =
        (moves.length > 0 && from.network.region !== null) ||
        after === undefined ||
        after.shape !== pool.shape ||
        after.purchase !== pool.purchase ||
        gpusOf(after) < gpusOf(pool);
      const pair = [describe(pool), after === undefined ? 'released' : describe(after)] as const;
      return changed ? [danger('capacity-loss', pool.id, pair, `nodePools[${pool.id}]`)] : [];
    });
}

function commitments(from: Plan, to: Plan): Danger[] {
  const before = from.purchases.flatMap((purchase) => {
    const binding = bindingOf(purchase);
    return binding === null ? [] : [[purchase.key, binding] as const];
  });
  const known = new Set(before.map(([, binding]) => binding));
  const byKey = new Map(before);
  return to.purchases.flatMap((purchase) => {
    const { key } = purchase;
    const binding = bindingOf(purchase);
    if (binding === null || known.has(binding)) return [];
    return [danger('commitment', key, [byKey.get(key) ?? 'none', binding], `purchases[${key}]`)];
  });
}

/** What a purchase binds one to, in words that are equal for equal commitments; `null` for none. */
function bindingOf(purchase: Plan['purchases'][number]): string | null {
  if (purchase.kind === 'capital') return `${purchase.quantity} × ${purchase.price.sku} bought`;
  // What leaving costs follows from the commitment, and is none.
  if (purchase.kind !== 'recurring' || purchase.category === 'exit') return null;
  const term = [purchase.price.term, purchase.priceFactor?.term].find(
    (name) => name !== undefined && COMMITTED.test(name),
  );
  const { sku, unit } = purchase.price;
  return term === undefined
    ? null
    : `${term}: ${grouped(purchase.quantityPerMonth)} ${unit}s a month of ${sku}`;
}

/** Answers that were filtered no longer are. */
function broadenings({ managed: from }: Plan, { managed: to }: Plan): Danger[] {
  if (from?.guardrail !== true || to?.guardrail === true) return [];
  return [danger('broadening', 'Serving/Guardrail', ['filters', 'none'], 'managed.guardrail')];
}

/** A model server restarts when its arguments, image or model change. In another place it is a new one anyway. */
function servingDangers({ serving: from }: Plan, { serving: to }: Plan): Danger[] {
  if (from === null || to === null) return [];
  const image = ({ launch }: typeof from) => `${launch.image.repository}:${launch.image.tag}`;
  const rows: [string, string, string][] = [
    ['serving.launch.image', image(from), image(to)],
    ['serving.launch.args', from.launch.args.join(' '), to.launch.args.join(' ')],
    [
      'serving.launch.environment',
      JSON.stringify(from.launch.environment),
      JSON.stringify(to.launch.environment),
    ],
    ['serving.servedName', from.servedName, to.servedName],
  ];
  return rows
    .filter(([, before, after]) => before !== after)
    .map(([at, before, after]) => danger('restart', 'Serving/model-server', [before, after], at));
}

function gpusOf(pool: NodePool): number {
  return pool.gpusPerNode * pool.nodes.desired;
}

function describe(pool: NodePool): string {
  return `${pool.nodes.desired} × ${pool.shape} (${pool.purchase}, ${gpusOf(pool)} ${gpusOf(pool) === 1 ? 'GPU' : 'GPUs'})`;
}

function danger(
  name: DangerClass,
  address: string,
  [before, after]: readonly [string | number, string | number],
  path: string,
): Danger {
  return { class: name, address, before: String(before), after: String(after), path, at: path };
}
