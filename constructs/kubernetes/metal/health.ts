import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import type { HostGroup, MetalSlice } from '#constructs/kubernetes/metal/metal-slice';
import {
  groupName,
  INFRASTRUCTURE,
  machineLabels,
  metadataOf,
  V1BETA2,
} from '#constructs/kubernetes/metal/names';

/** A server with eight GPUs may test its memory for a quarter of an hour before it boots; then its disk is written. */
const STARTUP_SECONDS = 3600;
const SILENT_SECONDS = 300;
/** How long a reboot may take before the next try. */
const REBOOT_SECONDS = 1800;
/** More hosts than this share failing at once is a matter of power or network, which rebooting only makes worse. */
const REMEDIABLE_SHARE = 1 / 3;

/** Power-cycles a host whose kubelet has fallen silent, once; then its machine is replaced. */
export function healthCheck(slice: MetalSlice, group: HostGroup): readonly KubernetesObject[] {
  const name = groupName(slice, group);
  const apiVersion = `${INFRASTRUCTURE}/${V1BETA2}`;
  return [
    {
      apiVersion,
      kind: 'Metal3RemediationTemplate',
      metadata: metadataOf(slice, name),
      spec: {
        template: {
          spec: { strategy: { type: 'Reboot', retryLimit: 1, timeoutSeconds: REBOOT_SECONDS } },
        },
      },
    },
    {
      apiVersion: `cluster.x-k8s.io/${V1BETA2}`,
      kind: 'MachineHealthCheck',
      metadata: metadataOf(slice, name),
      spec: {
        clusterName: slice.cluster.name,
        selector: { matchLabels: machineLabels(slice, group) },
        checks: {
          nodeStartupTimeoutSeconds: STARTUP_SECONDS,
          // Not `False`: a node without a network plugin is not ready either, and no reboot helps it.
          unhealthyNodeConditions: [{ type: 'Ready', status: 'Unknown', timeoutSeconds: SILENT_SECONDS }],
        },
        remediation: {
          triggerIf: {
            unhealthyLessThanOrEqualTo: Math.max(1, Math.floor(group.hosts * REMEDIABLE_SHARE)),
          },
          templateRef: { apiVersion, kind: 'Metal3RemediationTemplate', name },
        },
      },
    },
  ];
}
