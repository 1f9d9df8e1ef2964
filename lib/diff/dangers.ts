import type { Change } from '#lib/diff/plan-diff';
import type { NodePool, Plan } from '#lib/plan/plan';

/** Gravest first. */
export const DANGER_CLASSES = [
  'data-loss',
  'rebuild-index',
  'capacity-loss',
  'downtime',
  'commitment',
  'broadening',
  'replace',
  'restart',
  'in-place',
] as const;
export type DangerClass = (typeof DANGER_CLASSES)[number];

export interface Danger {
  readonly class: DangerClass;
  /** What it happens to, in the words of the plan. */
  readonly address: string;
  readonly before: string;
  readonly after: string;
  /** Path in the plan where the difference stands. */
  readonly at: string;
}

/** Terms that bind one to pay for longer than one uses. */
const COMMITTED = /^(reserved|contract|capacity-block|savings)/;

/** What the step from one plan to the other may destroy, release, bind or interrupt; gravest first. */
export function dangersOf(from: Plan, to: Plan, changes: readonly Change[]): Danger[] {
  const found = [...retrievalDangers(from, to), ...poolDangers(from, to), ...commitments(from, to)];
  const all = [...found, ...broadenings(from, to), ...targetDangers(from, to), ...servingDangers(from, to)];
  const quiet = all.length === 0 && changes.length > 0;
  const inPlace: Danger[] = quiet
    ? [danger('in-place', 'Plan', ['as it is', `${changes.length} values differ`], changes[0]?.path ?? '')]
    : [];
  return [...all, ...inPlace].toSorted(
    (a, b) => DANGER_CLASSES.indexOf(a.class) - DANGER_CLASSES.indexOf(b.class),
  );
}

function retrievalDangers({ retrieval: from }: Plan, { retrieval: to }: Plan): Danger[] {
  if (from === null) return [];
  const at = 'Retrieval/Store';
  if (to === null) return [danger('data-loss', at, [from.store, 'removed'], 'retrieval')];
  const lost =
    from.store === to.store ? [] : [danger('data-loss', at, [from.store, to.store], 'retrieval.store')];
  const rebuilt = (['store', 'embeddingModel', 'dimensions'] as const)
    .filter((key) => from[key] !== to[key])
    .map((key) => danger('rebuild-index', at, [from[key], to[key]], `retrieval.${key}`));
  return [...lost, ...rebuilt];
}

function poolDangers(from: Plan, to: Plan): Danger[] {
  return from.nodePools
    .filter((pool) => pool.role === 'gpu')
    .flatMap((pool) => {
      const after = to.nodePools.find((other) => other.id === pool.id);
      const changed =
        after === undefined ||
        after.shape !== pool.shape ||
        after.purchase !== pool.purchase ||
        gpusOf(after) < gpusOf(pool);
      const pair = [describe(pool), after === undefined ? 'released' : describe(after)] as const;
      return changed ? [danger('capacity-loss', pool.id, pair, `nodePools[${pool.id}]`)] : [];
    });
}

function commitments(from: Plan, to: Plan): Danger[] {
  const before = new Set(from.purchases.flatMap((purchase) => bindingOf(purchase) ?? []));
  return to.purchases.flatMap((purchase) => {
    const binding = bindingOf(purchase);
    if (binding === null || before.has(binding)) return [];
    return [danger('commitment', purchase.key, ['none', binding], `purchases[${purchase.key}]`)];
  });
}

/** What a purchase binds one to, in words that are equal for equal commitments; `null` for none. */
function bindingOf(purchase: Plan['purchases'][number]): string | null {
  if (purchase.kind === 'capital') return `${purchase.quantity} × ${purchase.price.sku} bought`;
  if (purchase.kind !== 'recurring') return null;
  const term = [purchase.price.term, purchase.priceFactor?.term].find(
    (name) => name !== undefined && COMMITTED.test(name),
  );
  return term === undefined ? null : `${purchase.quantityPerMonth} ${purchase.price.sku} on ${term}`;
}

/** Answers that were filtered no longer are. */
function broadenings({ managed: from }: Plan, { managed: to }: Plan): Danger[] {
  if (from?.guardrail !== true || to?.guardrail === true) return [];
  return [danger('broadening', 'Serving/Guardrail', ['filters', 'none'], 'managed.guardrail')];
}

function targetDangers(from: Plan, to: Plan): Danger[] {
  return from.target === to.target ? [] : [danger('replace', 'Plan', [from.target, to.target], 'target')];
}

/** A model server restarts when its arguments, image or model change. On another target it is a new one anyway. */
function servingDangers({ serving: from, target }: Plan, { serving: to, target: next }: Plan): Danger[] {
  if (from === null || to === null || target !== next) return [];
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
  return `${pool.nodes.desired} × ${pool.shape} (${pool.purchase}, ${gpusOf(pool)} GPUs)`;
}

function danger(
  name: DangerClass,
  address: string,
  [before, after]: readonly [string | number, string | number],
  at: string,
): Danger {
  return { class: name, address, before: String(before), after: String(after), at };
}
