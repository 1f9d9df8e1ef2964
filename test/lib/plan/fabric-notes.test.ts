import { describe, expect, it } from 'vitest';
import { fabricNotes } from '#lib/plan/fabric-notes';
import { shapedPlan } from '../../_support/shapes';

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

  it('say that two fleets leave the devices unclaimed which the option names', () => {
    const sizing = {
      nodesPerReplica: 2,
      parallelism: { tensor: 8, pipeline: 2, expert: 1, data: 1 },
      prompts: shapedPlan('chat', 'eks-fleets').sizing?.prompts,
    };
    const { serving } = shapedPlan('chat', 'eks-fleets');
    if (serving === null) throw new Error('no model server');
    const fabric = { kind: 'rdma', gbps: 3200, claim: { resource: 'rdma/shared', devices: 1 } } as const;
    expect(fabricNotes(sizing, { fabric }, serving)).toEqual([
      expect.stringMatching(/do not claim `rdma\/shared`: RDMA takes that you add it to them; measure/),
    ]);
  });

  it('name the image over EFA, whose pods claim its devices', () => {
    expect(about('giant', 'eks-nodes')).toEqual([]);
    expect(shapedPlan('giant', 'eks-nodes').notes).toContainEqual(
      expect.stringMatching(/^replicas over nodes run public\.ecr\.aws\/.* holds the runtime of EFA/),
    );
  });

  it('say nothing of it where every replica stands on one node', () => {
    expect(about('chat', 'eks-slices')).toEqual([]);
  });
});
