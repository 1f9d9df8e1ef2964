import * as z from 'zod';
import { knob } from '#lib/targets/port/knob';
import type { NodeOffering } from '#lib/targets/port/offering';

/** How a cluster's device plugin announces the network cards by which its nodes reach each other: every site names them. */
export const RDMA_KNOBS = {
  rdmaResource: knob(
    z
      .string()
      .max(120)
      .regex(
        /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
        'a resource of Kubernetes: a domain, a slash and a name',
      )
      .optional(),
    {
      description:
        'Resource by which pods that talk across nodes (of one replica, or of two fleets) claim the RDMA network cards; without it they talk over TCP',
      unit: 'id',
      example: 'rdma/rdma_shared_device_a',
    },
  ),
  rdmaDevices: knob(z.int().gte(1).lte(64).default(1), {
    description:
      'How many of `rdmaResource` a node has and a pod with all of its GPUs claims: 1 of a shared pool, else the cards',
    unit: 'devices',
    example: 8,
  }),
} as const;

/** How many of nothing are none. */
export const RDMA_KNOB_NEEDS = { rdmaDevices: 'rdmaResource' } as const satisfies Record<
  string,
  keyof typeof RDMA_KNOBS
>;

export interface RdmaKnobs {
  readonly rdmaResource?: string | undefined;
  readonly rdmaDevices: number;
}

/** @param gbps - All network cards of a node, one direction; `undefined` where nobody says */
export function rdmaFabric(
  gbps: number | undefined,
  { rdmaResource, rdmaDevices }: RdmaKnobs,
): NonNullable<NodeOffering['fabric']> {
  return {
    kind: 'rdma',
    ...(gbps === undefined ? {} : { gbps }),
    ...(rdmaResource === undefined ? {} : { claim: { resource: rdmaResource, devices: rdmaDevices } }),
  };
}
