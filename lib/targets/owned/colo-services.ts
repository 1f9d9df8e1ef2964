import type { Purchase } from '#lib/catalog/purchase';

/** Two ways out of the building, so that one may fail. */
const CROSS_CONNECTS = 2;

/** What a colocation site bills besides space and power. */
export function coloServices(servers: number): Purchase[] {
  return [
    {
      kind: 'assumed',
      key: 'colo.cross-connects',
      label: 'Cross-connects',
      category: 'network',
      tangible: true,
      quantity: CROSS_CONNECTS,
      unit: 'connect-month',
      assumptions: ['colo.cross-connect-usd-per-month'],
      when: 'monthly',
      basis: `${CROSS_CONNECTS} ways out`,
      resources: [],
    },
    {
      kind: 'assumed',
      key: 'colo.remote-hands',
      label: 'Remote hands',
      category: 'maintenance',
      tangible: true,
      quantity: servers,
      follows: { by: 'nodes' },
      unit: 'server-month',
      assumptions: ['colo.remote-hands-hours-per-server-month', 'colo.remote-hands-usd-per-hour'],
      when: 'monthly',
      basis: `${servers} servers × hours a month`,
      resources: [],
    },
  ];
}
