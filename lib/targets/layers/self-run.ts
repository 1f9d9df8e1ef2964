import * as z from 'zod';
import { knob } from '#lib/targets/port/knob';
import { BARE_SITE, type Site } from '#lib/targets/port/site';
import type { Operates } from '#lib/targets/target';

/** Layers of a cluster that one runs on machines of one's own choice; who owns the machines differs. */
export const SELF_RUN_LAYERS = {
  network: 'you',
  'operating-system': 'you',
  kubernetes: 'you',
  'model-server': 'you',
  model: 'you',
  'vector-store': 'you',
} as const satisfies Partial<Operates>;

export const IN_CLUSTER_STORES = ['qdrant', 'milvus', 'cloudnative-pg', 'weaviate'] as const;

/** Three hosts hold the control plane and the system pods, so that etcd keeps its quorum when one fails. */
const CONTROL_HOSTS = { count: 3, vcpus: 16, memoryGib: 64 };

export const SELF_RUN_SITE: Site = {
  ...BARE_SITE,
  kubernetesVersion: '1.35',
  systemNodes: CONTROL_HOSTS,
};

export const PowerRegion = knob(z.enum(['us', 'eu', 'china']).default('us'), {
  description: 'Where the site is: decides the electricity price and the residency',
  unit: 'id',
  example: 'us',
});

export const Server = knob(z.string().min(1).max(60).optional(), {
  description: 'Pins the server; the cheapest that fits without it',
  unit: 'id',
  example: 'hgx-h200',
  catalog: 'servers',
});

export const RackKw = knob(z.number().gte(3).lte(200).optional(), {
  description: 'Power that one rack gets; without it as much as the cheapest class of cooling carries',
  unit: 'kW',
  example: 41,
});
