import { writtenAt } from '#lib/diff/causes';
import { commitments } from '#lib/diff/dangers/commitments';
import { danger, type Danger } from '#lib/diff/dangers/danger';
import { poolDangers } from '#lib/diff/dangers/pool-dangers';
import type { DiffSide } from '#lib/diff/side';
import type { Plan } from '#lib/plan/plan';

/** One scenario, where only one side deploys it. */
interface HalfPair {
  readonly id: string;
  readonly from: DiffSide | undefined;
  readonly to: DiffSide | undefined;
}

/** What begins or ends with a scenario; each at the line that deploys it. */
export function scenarioDangers({ id, from, to }: HalfPair): readonly Danger[] {
  if (from !== undefined && to === undefined) return placed(id, from, removed(id, from));
  if (to?.plan == null || from !== undefined) return [];
  const bound = commitments({ purchases: [] }, to.plan);
  return placed(
    id,
    to,
    bound.map((each) => ({ ...each, address: `${id}/${each.address}` })),
  );
}

/** Nobody answers any more, a store goes with what it holds, and rented accelerators go back. */
function removed(id: string, { option, plan }: DiffSide): readonly Danger[] {
  const path = `deploy.${id}`;
  const gone = danger('downtime', id, [`on ${option}`, 'not deployed'], path);
  if (plan === null) return [gone];
  const nothing: Plan = { ...plan, nodePools: [] };
  const released = poolDangers(plan, nothing, []).map((each) => ({
    ...each,
    address: `${id}/${each.address}`,
  }));
  const { retrieval } = plan;
  const lost =
    retrieval === null
      ? []
      : [danger('data-loss', `${id}/Retrieval/Store`, [retrieval.store, 'removed'], path)];
  return [...lost, ...released, gone];
}

function placed(id: string, { written }: DiffSide, dangers: readonly Danger[]): readonly Danger[] {
  const at = written === undefined ? undefined : writtenAt(written, ['deploy', id]);
  return dangers.map((each) => ({ ...each, at: at ?? each.path }));
}
