import { many, one, same, text, wrapped, type Fields } from '#constructs/terraform/shape';

export const METADATA = one(same('name', 'namespace', 'labels', 'annotations'));

export const SELECTOR: Fields = {
  ...same('matchLabels'),
  matchExpressions: many(same('key', 'operator', 'values')),
};

const HTTP_GET = one({
  ...same('host', 'path', 'scheme'),
  ...text('port'),
  httpHeaders: many(same('name', 'value'), 'httpHeader'),
});
const EXEC = one(same('command'));

const PROBE = one({
  ...same('failureThreshold', 'initialDelaySeconds', 'periodSeconds', 'successThreshold', 'timeoutSeconds'),
  httpGet: HTTP_GET,
  exec: EXEC,
});

const SECCOMP = one(same('localhostProfile', 'type'));
const KEY_REFERENCE = one(same('key', 'name', 'optional'));

const CONTAINER: Fields = {
  ...same('name', 'image', 'imagePullPolicy', 'command', 'args', 'workingDir'),
  env: many({
    ...same('name', 'value'),
    valueFrom: one({ secretKeyRef: KEY_REFERENCE, configMapKeyRef: KEY_REFERENCE }),
  }),
  ports: many(same('name', 'containerPort', 'hostPort', 'protocol'), 'port'),
  resources: one(same('limits', 'requests')),
  securityContext: one({
    ...same('allowPrivilegeEscalation', 'privileged', 'readOnlyRootFilesystem', 'runAsNonRoot'),
    ...text('runAsUser', 'runAsGroup'),
    capabilities: one(same('add', 'drop')),
    seccompProfile: SECCOMP,
  }),
  startupProbe: PROBE,
  readinessProbe: PROBE,
  livenessProbe: PROBE,
  lifecycle: one({
    preStop: wrapped({ exec: EXEC, httpGet: HTTP_GET, tcpSocket: wrapped(text('port')) }),
    postStart: wrapped({ exec: EXEC, httpGet: HTTP_GET, tcpSocket: wrapped(text('port')) }),
  }),
  volumeMounts: many(same('name', 'mountPath', 'mountPropagation', 'readOnly', 'subPath'), 'volumeMount'),
};

const VOLUME: Fields = {
  ...same('name'),
  emptyDir: one(same('medium', 'sizeLimit')),
  persistentVolumeClaim: one(same('claimName', 'readOnly')),
  configMap: one({
    ...same('name', 'optional'),
    defaultMode: 'octal',
    items: many({ ...same('key', 'path'), mode: 'octal' }),
  }),
};

/** A pod template, as far as the provider's schema reaches: no resource claims, image volumes or native sleep. */
export const POD_TEMPLATE = one({
  metadata: METADATA,
  spec: one({
    ...same('serviceAccountName', 'automountServiceAccountToken', 'enableServiceLinks', 'nodeSelector'),
    ...same('terminationGracePeriodSeconds', 'priorityClassName', 'runtimeClassName', 'restartPolicy'),
    ...same('subdomain', 'schedulerName', 'hostNetwork', 'dnsPolicy'),
    securityContext: one({
      ...same('runAsNonRoot', 'fsGroupChangePolicy', 'supplementalGroups'),
      ...text('runAsUser', 'runAsGroup', 'fsGroup'),
      seccompProfile: SECCOMP,
    }),
    containers: many(CONTAINER, 'container'),
    tolerations: many(
      { ...same('key', 'operator', 'value', 'effect'), ...text('tolerationSeconds') },
      'toleration',
    ),
    topologySpreadConstraints: many(
      {
        ...same('maxSkew', 'minDomains', 'topologyKey', 'whenUnsatisfiable', 'matchLabelKeys'),
        ...same('nodeAffinityPolicy', 'nodeTaintsPolicy'),
        labelSelector: wrapped(SELECTOR),
      },
      'topologySpreadConstraint',
    ),
    volumes: many(VOLUME, 'volume'),
  }),
});
