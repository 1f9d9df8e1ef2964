/** One node that a provider rents out: how its price list calls it, and what it holds. */
export interface LeasedNode {
  /** The provider's SKU. */
  readonly sku: string;
  readonly unit: 'instance-hour' | 'accelerator-hour';
  readonly accelerator: string;
  readonly gpus: number;
}

export interface LeasedSeller {
  readonly seller: string;
  readonly service: string;
  readonly term: string;
  readonly nodes: readonly LeasedNode[];
  /** What a signature binds to. @default - by the hour */
  readonly contract?: { readonly termMonths: number };
}

function perAccelerator(sku: string, accelerator: string): LeasedNode {
  return { sku, unit: 'accelerator-hour', accelerator, gpus: 8 };
}

function perNode(sku: string, accelerator: string): LeasedNode {
  return { sku, unit: 'instance-hour', accelerator, gpus: 8 };
}

/** By the provider's id in the environment. Eight-GPU nodes throughout: smaller ones are shared machines. */
export const LEASED_SELLERS = {
  lambda: {
    seller: 'lambda',
    service: 'on-demand cloud',
    term: 'on-demand',
    nodes: [
      perNode('gpu_8x_a100_80gb_sxm4', 'a100-80-sxm'),
      perNode('gpu_8x_h100_sxm5', 'h100-sxm'),
      perNode('gpu_8x_b200_sxm6', 'b200-sxm'),
    ],
  },
  crusoe: {
    seller: 'crusoe',
    service: 'compute',
    term: 'on-demand',
    nodes: [
      perAccelerator('A100-80 SXM', 'a100-80-sxm'),
      perAccelerator('H100-80 SXM', 'h100-sxm'),
      perAccelerator('H200 SXM', 'h200-sxm'),
      perAccelerator('B200 SXM', 'b200-sxm'),
      perAccelerator('L40S', 'l40s'),
      perAccelerator('MI300X', 'mi300x'),
    ],
  },
  nebius: {
    seller: 'nebius',
    service: 'compute',
    term: 'on-demand',
    nodes: [
      perNode('gpu-h100-sxm_8gpu', 'h100-sxm'),
      perNode('gpu-h200-sxm_8gpu', 'h200-sxm'),
      perNode('gpu-b200-sxm_8gpu', 'b200-sxm'),
    ],
  },
  contract: {
    seller: 'semianalysis',
    service: 'tco',
    term: 'contract-3y',
    // The market price of the source is that of three years.
    contract: { termMonths: 36 },
    nodes: [
      perAccelerator('H100', 'h100-sxm'),
      perAccelerator('H200', 'h200-sxm'),
      perAccelerator('B200', 'b200-sxm'),
      perAccelerator('B300', 'b300-sxm'),
      perAccelerator('MI300X', 'mi300x'),
      perAccelerator('MI325X', 'mi325x'),
      perAccelerator('MI355X', 'mi355x'),
    ],
  },
} as const satisfies Record<string, LeasedSeller>;
