import * as z from 'zod';
import type { PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { knob } from '#lib/targets/port/knob';

export const NvidiaAiEnterprise = knob(z.boolean().default(false), {
  description: 'Licenses every GPU for NVIDIA AI Enterprise; the open engines need none',
  unit: 'yes or no',
  example: true,
});

const LIST_PRICE: PriceReference = {
  seller: 'nvidia',
  service: 'software',
  sku: 'NVIDIA AI Enterprise',
  region: '*',
  term: 'list',
  unit: 'GPU-year',
};

/** The list price by GPU and year, paid for a year in advance. */
export function licencePurchases(isLicensed: boolean, gpus: number): Purchase[] {
  if (!isLicensed || gpus === 0) return [];
  return [
    {
      kind: 'recurring',
      key: 'software.nvidia-ai-enterprise',
      label: 'NVIDIA AI Enterprise',
      category: 'software',
      quantityPerMonth: gpus / 12,
      price: LIST_PRICE,
      follows: { by: 'nodes' },
      prepaid: { termMonths: 12, share: 1 },
      basis: `${gpus} GPUs ÷ 12 months, each year in advance`,
      resources: [],
    },
  ];
}
