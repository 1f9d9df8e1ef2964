import { describe, expect, it } from 'vitest';
import { shapedPlan } from '../../../_support/shapes';

const about = (scenario: string, option: string) =>
  shapedPlan(scenario, option).notes.filter((note) => note.includes('over TCP between nodes'));

describe('the notes of a plan', () => {
  it('say what the fabric between nodes still takes, where replicas or caches cross it', () => {
    expect(about('giant', 'colo-nodes')).toEqual([expect.stringContaining('RDMA takes the device plugin')]);
    expect(about('chat', 'eks-fleets')).toEqual([
      expect.stringMatching(/^the caches of prompts go over TCP/),
    ]);
  });

  it('say that groups over nodes are slower without it, since they meet in every layer', () => {
    expect(about('wide', 'colo-groups')).toEqual([
      expect.stringMatching(/which meet in every layer, go over TCP .*over TCP they do not hold$/),
    ]);
  });

  it('say what RDMA still takes of the nodes where pods claim its devices', () => {
    const found = shapedPlan('wide', 'colo-rdma').notes.filter((note) => note.includes('memlock'));
    expect(found).toEqual([expect.stringMatching(/^replicas over nodes claim `rdma\/rdma_shared_device_a`/)]);
  });

  it('say the same of two fleets, whose caches cross nodes', () => {
    const plan = shapedPlan('chat', 'leased-fleets-rdma');
    expect(about('chat', 'leased-fleets-rdma')).toEqual([]);
    expect(plan.notes).toContainEqual(
      expect.stringMatching(/^pods of both fleets claim `nvidia\.com\/hca`: RDMA takes an unlimited/),
    );
    // One GPU of eight brings one card of eight.
    const claim = { resource: 'nvidia.com/hca', devices: plan.serving?.gpusPerReplica };
    expect([plan.serving?.pod.fabric, plan.serving?.prompts?.pod.fabric]).toEqual([claim, claim]);
    expect(shapedPlan('chat', 'eks-fleets').serving?.pod.fabric).toBeUndefined();
  });

  it('name the image over EFA, whose pods claim its devices', () => {
    expect(about('giant', 'eks-nodes')).toEqual([]);
    expect(shapedPlan('giant', 'eks-nodes').notes).toContainEqual(
      expect.stringMatching(/^replicas over nodes run public\.ecr\.aws\/.* holds the runtime of EFA/),
    );
  });

  it('say what an engine without the libraries costs in accelerators, and who has them', () => {
    const lacking = (option: string) =>
      shapedPlan('wide', option).notes.flatMap(
        (note) =>
          /no image of (\w+) .* libraries of EFA: (\d+) × h200-sxm where .* would take (\d+); .* as (\w+) runs/
            .exec(note)
            ?.slice(1) ?? [],
      );
    const plan = shapedPlan('wide', 'eks-groups-sglang');
    const [engine, taken, joined, other] = lacking('eks-groups-sglang');
    expect([engine, taken, other]).toEqual([
      'SGLang',
      String((plan.nodePools[0]?.nodes.desired ?? 0) * 8),
      'vLLM',
    ]);
    expect(Number(joined)).toBeLessThan(Number(taken));
    expect(lacking('eks-groups')).toEqual([]);
  });

  it('say nothing of it where every replica stands on one node', () => {
    expect(about('chat', 'eks-slices')).toEqual([]);
  });
});
