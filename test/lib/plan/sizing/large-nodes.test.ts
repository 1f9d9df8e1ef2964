import { describe, expect, it } from 'vitest';
import { largeNodeNotes } from '#lib/plan/sizing/replica-failures';

describe('replicas that share a node', () => {
  it('of a whole rack fail together by figures of servers, which is said', () => {
    expect(largeNodeNotes('gb200-nvl72', 72, 9)).toEqual([expect.stringContaining('servers of 8')]);
  });

  it.each([
    ['on a server of eight', 8, 2],
    ['alone on a rack', 72, 1],
  ])('say nothing %s', (_, gpus, replicasPerNode) => {
    expect(largeNodeNotes('node', gpus, replicasPerNode)).toEqual([]);
  });
});
