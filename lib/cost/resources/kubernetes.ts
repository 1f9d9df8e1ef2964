import { free, type ResourcePricing } from '#lib/cost/resources/component';
import { textAt, valueAt, within } from '#lib/cost/resources/facts';

const ON_NODES = 'runs on nodes that are billed';

/** Objects that a cloud provider answers with something billed; what it costs depends on the cluster's cloud. */
const outside: ResourcePricing = {
  types: ['v1/Service', 'kubernetes_service', 'kubernetes_service_v1'],
  cost: (resource) => {
    const spec = within(resource, valueAt(resource, resource.format === 'terraform' ? 'Spec' : 'spec'));
    const type = textAt(spec, resource.format === 'terraform' ? 'Type' : 'type');
    if (type !== 'LoadBalancer') return free(ON_NODES);
    return {
      state: 'unpriced',
      why: 'a load balancer of the cluster’s cloud, which the object does not name',
    };
  },
};

const volumes: ResourcePricing = {
  types: [
    'v1/PersistentVolumeClaim',
    'v1/PersistentVolume',
    'kubernetes_persistent_volume_claim',
    'kubernetes_persistent_volume_claim_v1',
    'kubernetes_persistent_volume',
    'kubernetes_persistent_volume_v1',
  ],
  cost: () => ({
    state: 'unpriced',
    why: 'a volume of its storage class, whose price the object does not name',
  }),
};

const objects: ResourcePricing = {
  types: ['kubernetes_*', 'helm_release', 'kubectl_manifest'],
  cost: () => free(ON_NODES),
};

export const kubernetes: readonly ResourcePricing[] = [outside, volumes, objects];
