/** Networks over which GPUs of different nodes reach each other's memory: network cards with RDMA, and EC2's own. */
const FABRIC_KINDS = ['rdma', 'efa'] as const;
export type FabricKind = (typeof FABRIC_KINDS)[number];
