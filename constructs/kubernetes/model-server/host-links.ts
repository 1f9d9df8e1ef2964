import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf } from '#constructs/kubernetes/labels';
import type { FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';

/** Name of the claim within a pod. */
const CLAIM = 'host-links';

function templateOf({ name }: FleetSlice): string {
  return `${name}-${CLAIM}`;
}

/**
 * Lets pods on several hosts reach each other's GPU memory: one domain for the fleet, in which NVIDIA's driver makes the
 * template of the claims. Nothing where the GPUs of a replica share a host.
 */
export function computeDomains(slice: FleetSlice): readonly KubernetesObject[] {
  if (slice.serving.hostLinks === undefined) return [];
  return [
    {
      apiVersion: 'resource.nvidia.com/v1beta1',
      kind: 'ComputeDomain',
      metadata: {
        name: slice.name,
        namespace: slice.cluster.namespace,
        labels: labelsOf({ ...slice, component: 'inference' }),
      },
      spec: {
        // Hosts join as pods land on them. The GPU operator's definition asks for the field, the driver's deprecates it.
        numNodes: 0,
        channel: { resourceClaimTemplate: { name: templateOf(slice) }, allocationMode: 'Single' },
      },
    },
  ];
}

/** What a pod claims besides what device plugins announce: fields of its specification and of its container. */
export function linkClaims(slice: FleetSlice): {
  readonly pod: { readonly resourceClaims?: readonly object[] };
  readonly container: { readonly claims?: readonly object[] };
} {
  if (slice.serving.hostLinks === undefined) return { pod: {}, container: {} };
  return {
    pod: { resourceClaims: [{ name: CLAIM, resourceClaimTemplateName: templateOf(slice) }] },
    container: { claims: [{ name: CLAIM }] },
  };
}
