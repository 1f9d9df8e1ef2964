import { describe, expect, it } from 'vitest';
import { fatTree } from '#lib/facility/fat-tree';

/**
 * Switch and cable counts that NVIDIA publishes for DGX SuperPOD (docs.nvidia.com/dgx-superpod: reference architectures
 * of H100, B200, B300 and B300-XDR, network fabrics and larger component counts). One node of each H100 SuperPOD gives
 * its ports to the fabric manager, so the tables count 32, 64, … nodes' worth of ports.
 */
const counts = (nodes: number, planes: number, radix: number) => {
  const tree = fatTree({ hosts: nodes, rails: 8, planes, radix });
  if (tree === null) throw new Error('beyond three tiers');
  const { leaves, spines, cores, leafSpineLinks, spineCoreLinks } = tree;
  return [leaves, spines, cores, leafSpineLinks, spineCoreLinks];
};

describe('DGX SuperPOD H100 and B200, switches of 64 ports', () => {
  it.each([
    [31, 8, 4, 256],
    [63, 16, 8, 512],
    [95, 24, 16, 768],
    [127, 32, 16, 1024],
  ])('%i nodes: %i leaves, %i spines, %i cables between them', (nodes, leaves, spines, cables) => {
    expect(counts(nodes, 1, 64)).toEqual([leaves, spines, 0, cables, 0]);
  });

  it.each([
    [64, 16, 8, 0, 512, 0],
    [128, 32, 16, 0, 1024, 0],
    [256, 64, 32, 0, 2048, 0],
    [512, 128, 128, 64, 4096, 4096],
    [1024, 256, 256, 128, 8192, 8192],
    [2048, 512, 512, 256, 16_384, 16_384],
  ])('%i nodes, the larger counts', (nodes, ...expected) => {
    expect(counts(nodes, 1, 64)).toEqual(expected);
  });

  it('cables every GPU once to a leaf: 8 × 127 of the 1,020 that the table has with four fabric managers', () => {
    expect(fatTree({ hosts: 127, rails: 8, planes: 1, radix: 64 })?.hostLinks).toBe(1020 - 4);
  });
});

describe('DGX SuperPOD B300 on Spectrum-X, two planes of 400 Gb/s, 128 such ports a switch', () => {
  it.each([
    [64, 16, 8],
    [128, 32, 16],
    [256, 64, 32],
    [512, 128, 64],
    [1024, 256, 128],
  ])('%i nodes: %i leaves, %i spines', (nodes, leaves, spines) => {
    expect(counts(nodes, 2, 128).slice(0, 2)).toEqual([leaves, spines]);
  });
});

describe('DGX SuperPOD B300 XDR, switches of 144 ports', () => {
  it.each([
    [72, 8, 4, 576],
    [144, 16, 8, 1152],
    [288, 32, 18, 2304],
    [576, 64, 36, 4608],
    [1296, 144, 72, 10_368],
  ])('%i nodes: %i leaves, %i spines, %i cables', (nodes, leaves, spines, cables) => {
    expect(counts(nodes, 1, 144)).toEqual([leaves, spines, 0, cables, 0]);
  });
});

describe('the H100 cluster cost sheet of tech-talk-cto.com (August 2024)', () => {
  it.each([
    [128, 48],
    [256, 96],
  ])('%i nodes: %i switches', (nodes, switches) => {
    expect(fatTree({ hosts: nodes, rails: 8, planes: 1, radix: 64 })?.switches).toBe(switches);
  });
});
