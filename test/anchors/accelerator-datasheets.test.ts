import { describe, expect, it } from 'vitest';

import { loadCatalog } from '#lib/catalog/load';

const { accelerators } = loadCatalog();

/**
 * Datasheets as published, in the words of the publisher: dense TFLOPS, GB/s of memory, GB of memory, watts. `null` where
 * the page does not say, or the chip has no units for it.
 */
const DATASHEETS = [
  // AMD's product pages as compiled by stas00/ml-engineering@744d01e:compute/accelerator/README.md, rounded there.
  ['mi300x', { bf16: 1300, fp8: 2610, gbPerSecond: 5300, gb: 192 }],
  ['mi325x', { bf16: 1300, fp8: 2610, gbPerSecond: 6000, gb: 256 }],
  ['mi350x', { bf16: null, fp8: null, gbPerSecond: 8000, gb: 288 }],
  ['mi355x', { bf16: 2500, fp8: 5000, gbPerSecond: 8000, gb: 288 }],
  // NVIDIA's, compiled at the same place; L4's 242 and 485 with sparsity halved, 300 GB/s, 72 W (NVIDIA's L4 page).
  ['l40s', { bf16: 362, fp8: 733, gbPerSecond: 860, gb: 48 }],
  ['l4', { bf16: 121, fp8: 242.5, gbPerSecond: 300, gb: 24 }],
  ['a100-80-sxm', { bf16: 312, fp8: null, gbPerSecond: 2000, gb: 80 }],
  ['a100-80-pcie', { bf16: 312, fp8: null, gbPerSecond: 1940, gb: 80 }],
  // Baseten's sheet of the A10G.
  ['a10g', { bf16: 70, fp8: null, gbPerSecond: 600, gb: 24 }],
  // aws-neuron/aws-neuron-sdk@81ce03a:about-neuron/arch/neuron-hardware: 820 GiB/s, 2.9 and 4.9 TB/s; memory in GiB.
  ['inferentia2', { bf16: 190, fp8: 190, gbPerSecond: 820 * 1.073741824, gb: 32 }],
  ['trainium1', { bf16: 190, fp8: 190, gbPerSecond: 820 * 1.073741824, gb: 32 }],
  ['trainium2', { bf16: 667, fp8: 1299, gbPerSecond: 2900, gb: 96 }],
  ['trainium3', { bf16: 671, fp8: 2517, gbPerSecond: 4900, gb: 144 }],
] as const;

/** Compilers round: 1,307 to 1,300 and 2,039 to 2,000. */
const ROUNDING = 0.02;

describe('records of accelerators that no run calibrates', () => {
  it.each(DATASHEETS)('%s says what its datasheet says', (id, { bf16, fp8, gbPerSecond, gb }) => {
    const record = accelerators.get(id);
    const pairs = [
      [record?.denseTflops.bf16, bf16],
      [record?.denseTflops.fp8, fp8],
      [record?.bandwidthGbPerSecond, gbPerSecond],
      [record?.memoryGb, gb],
    ] as const;
    const off = pairs.filter(
      ([ours, theirs]) => theirs !== null && Math.abs((ours ?? 0) / theirs - 1) > ROUNDING,
    );
    expect(off).toEqual([]);
  });

  it('have no FP8 where the generation has no units for it', () => {
    const without = ['a100-40-sxm', 'a100-80-sxm', 'a100-80-pcie', 'a10g', 'a30', 't4', 'v100-16', 'v100-32'];
    expect(without.filter((id) => accelerators.get(id)?.denseTflops.fp8 !== null)).toEqual([]);
  });

  it.each([
    ['mi300x', 750],
    ['mi325x', 1000],
    ['mi350x', 1000],
    ['mi355x', 1400],
    ['l40s', 350],
    ['l4', 72],
    ['a100-80-sxm', 400],
    ['a100-80-pcie', 300],
  ])('%s draws what its datasheet says, %i W', (id, watts) => {
    expect(accelerators.get(id)?.powerWatts).toBe(watts);
  });

  it('links of Trainium3 are the switches between servers of a rack: five PCIe Gen6 x8 of 64 GB/s', () => {
    expect(accelerators.get('trainium3')?.link.gbPerSecond).toBe(5 * 64);
  });

  it('were measured to do no more than their datasheets say', () => {
    const measured = [...accelerators.values()].filter((each) => each.measured !== undefined);
    const impossible = measured.filter(
      ({ measured: did, bandwidthGbPerSecond, denseTflops }) =>
        (did?.bandwidthGbPerSecond ?? 0) > bandwidthGbPerSecond ||
        (did?.tflops?.bf16 ?? 0) > denseTflops.bf16 ||
        (did?.tflops?.fp8 ?? 0) > (denseTflops.fp8 ?? 0),
    );
    expect(measured.length).toBeGreaterThanOrEqual(7);
    expect(impossible.map(({ id }) => id)).toEqual([]);
  });
});
