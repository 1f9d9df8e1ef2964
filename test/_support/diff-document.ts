import type { DiffDocument } from '#lib/diff/environment-diff';

export type { DiffDocument };

const unknown = { before: null, after: null };

/** A diff in which nothing differs; a test states what does. */
export const noDifference: DiffDocument = {
  schema: 'landfall/diff/v1',
  from: 'git:main',
  to: 'prod',
  verdict: 'no difference',
  dangers: [],
  cost: {
    before: 1_000,
    after: 1_000,
    delta: 0,
    because: { spec: 0, catalog: 0, engine: 0 },
    atLeast: false,
    unpriced: [],
    oneOff: { before: 0, after: 0, delta: 0 },
    lines: [],
  },
  capacity: {
    gpus: { before: 8, after: 8 },
    replicas: unknown,
    tokensPerSecond: unknown,
    ttftMs: unknown,
    tpotMs: unknown,
    headroom: unknown,
    availability: unknown,
    withoutOneNode: unknown,
    coldStartSeconds: unknown,
  },
  security: [],
  resources: [],
  assumptions: [],
  changes: [],
};
