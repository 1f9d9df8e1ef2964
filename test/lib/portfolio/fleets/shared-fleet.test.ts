import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { candidatesOf } from '#lib/portfolio/candidates';
import type { Member } from '#lib/portfolio/member';
import { optionCosts, sharedContext } from '#lib/portfolio/fleets/option-cost';
import { leastLoads, leastTogether } from '#lib/portfolio/search/least-load';
import { replicaGroups } from '#lib/portfolio/fleets/replica-groups';
import { mergedFleet } from '#lib/portfolio/fleets/shared-fleet';
import { poolsOf } from '#lib/portfolio/fleets/shared-nodes';
import { hoursPerMonth, isNight, KINDS_OF_HOUR } from '#lib/plan/scaling/week';
import { hoursAbove } from '#lib/targets/port/node-curve';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { Option } from '#lib/spec/schema/option';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });

function candidates(name: string, changed: (option: Option) => Option = (option) => option) {
  const { environment: written } = loadEnvironment(`environments/${name}.yaml`, catalog);
  const options = Object.entries(written.options).map(([id, option]) => [id, changed(option)] as const);
  const environment = { ...written, options: Object.fromEntries(options) };
  const compared = compareEnvironment({ environment, catalog, asOf: '2026-11-23' });
  const all = candidatesOf(environment, compared, catalog, prices);
  return { ...all, context: sharedContext(prices, environment.finance) };
}

const portfolio = candidates('portfolio');

/** Members of an option by the ids of their scenarios. */
function membersOn(optionId: string, ...scenarios: readonly string[]) {
  const index = portfolio.options.findIndex((one) => one.optionId === optionId);
  const option = portfolio.options[index];
  const members = (portfolio.members[index] ?? []).filter((member) => member !== null);
  if (option === undefined) throw new Error(`no option ${optionId}`);
  return { option, members: members.filter(({ scenarioId }) => scenarios.includes(scenarioId)) };
}

describe('the hours of a week', () => {
  it('are 730 in a month, a third of them at night', () => {
    const kinds = Array.from({ length: KINDS_OF_HOUR }, (_, kind) => kind);
    const hours = (counted: readonly number[]) => counted.reduce((sum, kind) => sum + hoursPerMonth(kind), 0);
    expect(hours(kinds)).toBeCloseTo(730, 9);
    expect(hours(kinds.filter(isNight))).toBeCloseTo(730 / 3, 9);
  });
});

describe.each(['pilot', 'support', 'knowledge', 'scale', 'portfolio'])('every option of %s', (name) => {
  const { options, members, context } = candidates(name);

  it('costs for one scenario what its bill says, to the cent', () => {
    for (const [index, option] of options.entries()) {
      for (const member of members[index] ?? []) {
        if (member === null) continue;
        const fleet = mergedFleet([member], replicaGroups([member], prices), option);
        expect(fleet).toBe(member.fleet);
        const { monthlyUsd } = optionCosts(option, context)([member]);
        expect(monthlyUsd).toBeCloseTo(member.estimate.totals.monthlyUsd.base, 2);
      }
    }
    expect(members.flat().filter((member) => member !== null).length).toBeGreaterThan(0);
  });
});

describe('scenarios that share an option', () => {
  const busy = membersOn('leased', 'assistant', 'documents');

  it('need replicas for the busiest hour of both, fewer than the sum of their peaks where these differ', () => {
    const [group, ...others] = replicaGroups(busy.members, prices);
    expect(others).toEqual([]);
    const apart = busy.members.map(({ plan }) => plan.sizing?.replicas ?? 0);
    expect(group?.replicas.base).toBeLessThan(apart.reduce((sum, one) => sum + one, 0));
    expect(group?.replicas.base).toBeGreaterThanOrEqual(Math.max(...apart));
    const most = Math.max(...(group?.needs ?? []));
    expect((group?.replicas.base ?? 0) - (group?.spares ?? 0)).toBeGreaterThanOrEqual(Math.ceil(most - 1e-9));
  });

  it('need the sum of their peaks where no profile keeps these apart', () => {
    const flat = busy.members.map((member) => ({
      ...member,
      needs: member.needs.map(() => Math.max(...member.needs)),
    }));
    const [group] = replicaGroups(flat, prices);
    const sum = flat.reduce((total, { needs }) => total + (needs[0] ?? 0), 0);
    expect((group?.replicas.base ?? 0) - (group?.spares ?? 0)).toBeGreaterThanOrEqual(Math.ceil(sum - 1e-9));
  });

  it('share no replica where their models or their latency objectives differ', () => {
    const { members } = membersOn('leased', 'assistant', 'records');
    expect(replicaGroups(members, prices)).toHaveLength(2);
    const [first] = busy.members;
    if (first === undefined) throw new Error('no member');
    const objectives = { ...first.scenario.objectives, tpotMs: 20 };
    const stricter = { ...first, scenario: { ...first.scenario, objectives } };
    expect(replicaGroups([first, stricter], prices)).toHaveLength(2);
  });

  it('keep the GPUs that their embedding models and rerankers take on the nodes of the model', () => {
    const gpus = 4;
    const reading = busy.members.map((member): Member => {
      const nodePool = member.plan.serving?.nodePool ?? '';
      const fleet = { nodePool, replicas: gpus, gpusPerReplica: 1 };
      const retrieval = { embedding: { fleet }, reranker: null } as unknown as Member['plan']['retrieval'];
      return { ...member, plan: { ...member.plan, retrieval } };
    });
    const [group] = replicaGroups(reading, prices);
    if (group === undefined) throw new Error('no group');
    const [without] = poolsOf(replicaGroups(busy.members, prices), busy.option);
    const [withReaders] = poolsOf([group], busy.option);
    const taken = group.replicas.base * group.sizing.gpusPerReplica + reading.length * gpus;
    expect(withReaders?.nodes.count).toBe(Math.ceil(taken / group.offering.gpus));
    expect(withReaders?.nodes.count).toBeGreaterThan(without?.nodes.count ?? Infinity);
  });

  it('never cost more together than apart, nor less than what each costs at the very least', () => {
    for (const { optionId } of portfolio.options) {
      const { option, members } = membersOn(optionId, 'assistant', 'documents', 'records');
      const cost = optionCosts(option, portfolio.context);
      const together = cost(members).monthlyUsd;
      const apart = members.reduce((sum, member) => sum + cost([member]).monthlyUsd, 0);
      const leastOf = leastLoads(option, portfolio.context);
      const least = leastTogether(members.map(leastOf));
      expect(together).toBeLessThanOrEqual(apart + 0.01);
      expect(together).toBeGreaterThanOrEqual(least - 0.01);
    }
  });

  it('put small models on the nodes of large ones where a cluster schedules them', () => {
    const { option, members } = membersOn('leased', 'documents', 'records');
    const fleet = mergedFleet(members, replicaGroups(members, prices), option);
    const apart = members.reduce((sum, one) => sum + (one.fleet.nodes[0]?.count ?? 0), 0);
    expect(fleet?.nodes).toHaveLength(1);
    expect(fleet?.nodes[0]?.count).toBeLessThan(apart);
  });
});

describe('scenarios that share a fleet which follows their load', () => {
  const scaled = candidates('portfolio', (option) =>
    option.target === 'aws-eks'
      ? {
          ...option,
          scaling: { policy: 'autoscaled', minReplicas: 1, headroom: 0 },
          commitment: 'auto',
          instance: 'p5.48xlarge',
          purchase: 'on-demand',
        }
      : option,
  );
  const index = scaled.options.findIndex(({ target }) => target.id === 'aws-eks');
  const option = scaled.options[index];
  if (option === undefined) throw new Error('no option on EKS');
  const members = (scaled.members[index] ?? []).filter((member) => member !== null);
  const cost = optionCosts(option, scaled.context);

  it('cost for one scenario what its bill says', () => {
    expect(members.length).toBeGreaterThan(1);
    for (const member of members) {
      expect(member.plan.scaling?.paidShare).toBeLessThanOrEqual(1);
      expect(cost([member]).monthlyUsd).toBeCloseTo(member.estimate.totals.monthlyUsd.base, 2);
    }
  });

  it('are paid for hours of nodes that the profile needs, and never for less than the least', () => {
    const fleet = mergedFleet(members, replicaGroups(members, prices), option);
    for (const { count, standing, committed } of fleet?.nodes ?? []) {
      const paid = hoursAbove(standing?.base ?? [], 0);
      expect(paid).toBeGreaterThan(0);
      expect(paid).toBeLessThan(count * 730);
      expect(committed?.count ?? 0).toBeLessThanOrEqual(count);
    }
    const leastOf = leastLoads(option, scaled.context);
    const least = leastTogether(members.map(leastOf));
    expect(cost(members).monthlyUsd).toBeGreaterThanOrEqual(least - 0.01);
  });
});
