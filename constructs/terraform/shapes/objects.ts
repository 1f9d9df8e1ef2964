import { many, one, same, text, wrapped, type Fields } from '#constructs/terraform/shape';
import { METADATA, POD_TEMPLATE, SELECTOR } from '#constructs/terraform/shapes/pod';

export const NAMESPACE: Fields = { metadata: METADATA };
export const SERVICE_ACCOUNT: Fields = { metadata: METADATA, ...same('automountServiceAccountToken') };
export const CONFIG_MAP: Fields = { metadata: METADATA, ...same('data', 'binaryData', 'immutable') };

const CLAIM_SPEC = one({
  ...same('accessModes', 'storageClassName', 'volumeMode', 'volumeName'),
  resources: one(same('limits', 'requests')),
  selector: one(SELECTOR),
});
export const CLAIM: Fields = { metadata: METADATA, spec: CLAIM_SPEC };

export const DEPLOYMENT: Fields = {
  metadata: METADATA,
  spec: one({
    ...same('minReadySeconds', 'paused', 'progressDeadlineSeconds', 'revisionHistoryLimit'),
    ...text('replicas'),
    selector: one(SELECTOR),
    strategy: one({ ...same('type'), rollingUpdate: one(text('maxSurge', 'maxUnavailable')) }),
    template: POD_TEMPLATE,
  }),
};

export const STATEFUL_SET: Fields = {
  metadata: METADATA,
  spec: one({
    ...same('minReadySeconds', 'podManagementPolicy', 'revisionHistoryLimit', 'serviceName'),
    ...text('replicas'),
    selector: one(SELECTOR),
    template: POD_TEMPLATE,
    volumeClaimTemplates: many({ metadata: METADATA, spec: CLAIM_SPEC }, 'volumeClaimTemplate'),
  }),
};

export const SERVICE: Fields = {
  metadata: METADATA,
  spec: one({
    ...same('type', 'selector', 'publishNotReadyAddresses', 'sessionAffinity', 'internalTrafficPolicy'),
    ports: many(
      { ...same('name', 'port', 'nodePort', 'protocol', 'appProtocol'), ...text('targetPort') },
      'port',
    ),
  }),
};

const PEERS = many({
  ipBlock: one(same('cidr', 'except')),
  namespaceSelector: one(SELECTOR),
  podSelector: one(SELECTOR),
});
const PORTS = many({ ...same('endPort', 'protocol'), ...text('port') });
export const NETWORK_POLICY: Fields = {
  metadata: METADATA,
  spec: one({
    ...same('policyTypes'),
    podSelector: one(SELECTOR),
    ingress: many({ from: PEERS, ports: PORTS }),
    egress: many({ to: PEERS, ports: PORTS }),
  }),
};

export const DISRUPTION_BUDGET: Fields = {
  metadata: METADATA,
  spec: one({ ...text('maxUnavailable', 'minAvailable'), selector: one(SELECTOR) }),
};

const SCALING = wrapped({
  ...same('selectPolicy', 'stabilizationWindowSeconds'),
  policies: many(same('periodSeconds', 'type', 'value'), 'policy'),
});
export const AUTOSCALER: Fields = {
  metadata: METADATA,
  spec: one({
    ...same('maxReplicas', 'minReplicas'),
    scaleTargetRef: one(same('apiVersion', 'kind', 'name')),
    metrics: many(
      {
        ...same('type'),
        pods: one({
          metric: one(same('name')),
          target: one({ ...same('type', 'averageUtilization', 'averageValue'), ...text('value') }),
        }),
      },
      'metric',
    ),
    behavior: one({ scaleUp: SCALING, scaleDown: SCALING }),
  }),
};
