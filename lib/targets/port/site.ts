import type { Premises } from '#lib/targets/port/premises';

/** Where prompts and answers are processed, as `objectives.residency` names it. */
export type Area = 'us' | 'eu' | 'apac' | 'china';

/** The place that a target's knobs describe: what the network and the cluster are built from. */
export interface Site {
  /** Cloud region; `null` where the place is not a cloud's. */
  readonly region: string | null;
  readonly zones: readonly string[];
  readonly vpcCidr: string | null;
  readonly natGateways: number;
  /** A network is built, and bought, whatever stands in it. @default - one comes with what needs one */
  readonly bringsNetwork?: true;
  /** By the service's short name: `ecr.api`, `bedrock-runtime`. */
  readonly interfaceEndpoints: readonly string[];
  /** `null` where no cluster is run. */
  readonly kubernetesVersion: string | null;
  /** Nodes for system pods, besides those of the store; `null` without a cluster. */
  readonly systemNodes: { readonly count: number; readonly vcpus: number; readonly memoryGib: number } | null;
  /** CPU instance types of this seller may be rented; `null` where CPU nodes are plain hosts. */
  readonly cpuSeller: string | null;
  /** Nodes come and go with the load; `false` where they are leased or owned. */
  readonly elastic: boolean;
  /** Why no node can be added to those that are deployed; `null` where the seller has more, or more can be bought. */
  readonly cannotGrow: string | null;
  /** Racks and power of the place; `null` where a provider's place is not to be seen. */
  readonly premises: Premises | null;
  /** In the user's own building. */
  readonly ownPremises: boolean;
  /** A managed model is called through a guardrail. */
  readonly guardrail: boolean;
  /** Where images and weights are fetched from. @default - where they are published */
  readonly mirrors?: { readonly images?: string; readonly models?: string };
  /** What a reader must know about these knobs. */
  readonly notes: readonly string[];
}

/** A place without cluster or network of its own; targets override what they have. */
export const BARE_SITE: Site = {
  region: null,
  zones: [],
  vpcCidr: null,
  natGateways: 0,
  interfaceEndpoints: [],
  kubernetesVersion: null,
  systemNodes: null,
  cpuSeller: null,
  elastic: false,
  cannotGrow: null,
  premises: null,
  ownPremises: false,
  guardrail: false,
  notes: [],
};

/** The area a region lies in; `null` where it cannot be told, which satisfies no residency but `anywhere`. */
export function areaOf(region: string): Area | null {
  const name = region.toLowerCase();
  if (/^us(-|$)/.test(name)) return 'us';
  if (/^eu(-|$)/.test(name)) return 'eu';
  if (/^(cn-|china$)/.test(name)) return 'china';
  if (/^(ap-|jp$|sg$)/.test(name)) return 'apac';
  return null;
}

/** The first `count` availability zones by name: `us-east-1a`, `us-east-1b`. */
export function zonesOf(region: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${region}${String.fromCodePoint(97 + index)}`);
}
