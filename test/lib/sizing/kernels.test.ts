import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { decodeAttention, promptAttention } from '#lib/sizing/kernels/attention';
import { interpolate } from '#lib/sizing/kernels/interpolate';
import { allReduce, experts, gemm, kernelHardware, type KernelHardware } from '#lib/sizing/kernels/operators';

const catalog = loadCatalog();

function hardware(gpu: string, engine = 'vllm'): KernelHardware {
  const accelerator = catalog.accelerators.get(gpu);
  const table = catalog.kernelTable(gpu);
  if (accelerator === undefined || table === null) throw new Error(`no operators of ${gpu}`);
  return kernelHardware(accelerator, table, engine);
}

/** Microseconds that the method publishes for these shapes; held to half a percent. */
const VECTORS: readonly (readonly [string, number, () => number])[] = [
  [
    'an FP8 product of 64 × 3072 and 3072 × 8192 on H200',
    13.8,
    () => gemm(hardware('h200-sxm'), 'fp8', 64, 8192, 3072),
  ],
  ['a BF16 product of one row on H200', 12.77, () => gemm(hardware('h200-sxm'), 'bfloat16', 1, 4096, 4096)],
  [
    'an NVFP4 product of 8192 rows on B200',
    813.8,
    () => gemm(hardware('b200-sxm'), 'nvfp4', 8192, 28672, 8192),
  ],
  [
    'block-scaled experts, 64 tokens, top 8 of 256, split over 4',
    217.4,
    () =>
      experts(hardware('h200-sxm'), 'fp8_block', 64, {
        hidden: 3072,
        ffn: 1536,
        topK: 8,
        experts: 256,
        tensor: 4,
        spread: 1,
      }),
  ],
  [
    'attention of 32 sequences over 2048 tokens',
    29.83,
    () =>
      decodeAttention(hardware('h200-sxm'), {
        sequences: 32,
        contextTokens: 2048,
        heads: 16,
        kvHeads: 2,
        headDim: 128,
        windowTokens: 0,
        kv: 'bfloat16',
      }),
  ],
  [
    'attention over a prompt of 4096 tokens',
    145.6,
    () =>
      promptAttention(hardware('h200-sxm'), {
        prompts: 1,
        tokens: 4096,
        heads: 16,
        headDim: 128,
        windowTokens: 0,
        math: 'bfloat16',
        kv: 'bfloat16',
      }),
  ],
  // The method writes 1e6 bytes: its tables count 16-bit elements.
  ['an all-reduce of a million values over 8 ranks', 17.6, () => allReduce(hardware('h200-sxm'), 8, 2e6)],
];

describe('measured operators', () => {
  it.each(VECTORS)('gives the published time of %s', (_, microseconds, seconds) => {
    expect(Math.abs((seconds() * 1e6) / microseconds - 1)).toBeLessThan(0.005);
  });

  it('borrows the curves of a sibling and keeps its own peaks and bandwidth', () => {
    const [own, borrowed] = [hardware('h100-sxm'), hardware('h100-pcie')];
    expect(borrowed.table.curve('gemm fp8')).toEqual(own.table.curve('gemm fp8'));
    expect(gemm(borrowed, 'fp8', 1, 8192, 8192)).toBeGreaterThan(gemm(own, 'fp8', 1, 8192, 8192));
  });

  // Measured on the Server Edition, over bounds of the Workstation Edition: 1,597 and 1,792 GB/s.
  it('keeps the times that were measured where the bounds were of another bandwidth', () => {
    const { bandwidth, ownBandwidth } = hardware('rtx-pro-6000-bw');
    expect(bandwidth).toBeCloseTo(1792e9, -6);
    expect(ownBandwidth).toBe(1597e9);
  });

  it('takes experts of the fastest engine, whichever is asked for', () => {
    const shape = { hidden: 7168, ffn: 2048, topK: 8, experts: 384, tensor: 8, spread: 1 };
    const times = ['vllm', 'sglang', 'trtllm'].map((engine) =>
      experts(hardware('b200-sxm', engine), 'int4_wo', 64, shape),
    );
    expect(new Set(times).size).toBe(1);
    const { table } = hardware('b200-sxm');
    const measured = ['vllm', 'sglang'].filter((engine) => table.has(`moe ${engine}|int4_wo`));
    expect(measured).toHaveLength(2);
  });

  // NVIDIA on its own benchmark (nccl-tests issues 212 and 290): about 480 GB/s on eight H100, 476 measured.
  it('never takes a smaller share of what the experts of a later chip of the same design can do', () => {
    const shape = { hidden: 3072, ffn: 1536, topK: 8, experts: 256, tensor: 2, spread: 1 };
    for (const tokens of [1, 32, 128, 1024, 8192]) {
      const [earlier, later] = [hardware('b200-sxm'), hardware('b300-sxm')].map((each) =>
        experts(each, 'nvfp4', tokens, shape),
      );
      expect(later).toBeLessThanOrEqual((earlier ?? 0) * 1.001);
    }
  });

  it('sums large messages over NVSwitch as fast as the library is known to', () => {
    const bytes = 1e9;
    const busBandwidth = (2 * (7 / 8) * bytes) / allReduce(hardware('h100-sxm'), 8, bytes) / 1e9;
    expect(busBandwidth).toBeGreaterThan(430);
    expect(busBandwidth).toBeLessThan(490);
  });

  it('has none for an accelerator that nobody measured', () => {
    expect(catalog.kernelTable('mi300x')).toBeNull();
  });

  it('uses the curve of another engine where the one asked for was not measured', () => {
    expect(gemm(hardware('h200-sxm', 'triton'), 'fp8', 64, 8192, 3072)).toBeCloseTo(13.8e-6, 7);
  });
});

describe('interpolate', () => {
  const axes = [
    [0, 1, 3],
    [10, 20],
  ];
  const values = [0, 10, 2, 12, 6, 16];

  it('is linear between the points of the grid', () => {
    expect(interpolate(values, axes, [0.5, 15])).toBeCloseTo(6);
    expect(interpolate(values, axes, [2, 10])).toBeCloseTo(4);
  });

  it('holds the value of the edge and never extrapolates', () => {
    expect(interpolate(values, axes, [-5, 10])).toBe(0);
    expect(interpolate(values, axes, [99, 99])).toBe(16);
  });
});
