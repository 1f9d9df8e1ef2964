import { objects } from '../../_support/kubernetes-apps';
import {
  aws,
  deployment,
  kept,
  LABELS,
  networkPolicy,
  object,
  rbac,
  sagemakerModel,
  secret,
  service,
  storageClass,
  store,
  workloadWithoutAccount,
  type Fixtures,
} from './resources';

/** Rules about objects of Kubernetes, and about what runs in containers anywhere. */
export const OBJECT_FIXTURES: Fixtures = {
  'server-not-public': {
    broken: [
      service({ type: 'LoadBalancer' }),
      service({ type: 'NodePort' }),
      [aws('ElasticLoadBalancingV2::LoadBalancer', {})],
      [aws('RDS::DBInstance', { PubliclyAccessible: true })],
    ],
    kept: [
      service({}),
      service(
        { type: 'LoadBalancer' },
        { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' },
      ),
      [aws('ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' })],
    ],
  },
  'store-kept': {
    broken: [[aws('S3Vectors::VectorBucket', {})], storageClass({ reclaimPolicy: 'Delete' })],
    kept: [[kept(aws('S3Vectors::VectorBucket', {}))], storageClass({ reclaimPolicy: 'Retain' })],
  },
  'store-authenticated': {
    broken: [
      store('qdrant/qdrant:v1.15.0', []),
      store('qdrant/qdrant:v1.15.0', [
        {
          name: 'QDRANT__SERVICE__API_KEY',
          valueFrom: { secretKeyRef: { name: 'a', key: 'b', optional: true } },
        },
      ]),
      store('semitechnologies/weaviate:1.38.2', [secret('AUTHENTICATION_APIKEY_ALLOWED_KEYS')]),
    ],
    kept: [
      store('qdrant/qdrant:v1.15.0', [secret('QDRANT__SERVICE__API_KEY')]),
      store('semitechnologies/weaviate:1.38.2', [
        secret('AUTHENTICATION_APIKEY_ALLOWED_KEYS'),
        { name: 'AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED', value: 'false' },
      ]),
    ],
  },
  'image-pinned': {
    broken: [
      deployment({ container: { image: 'vllm/vllm-openai' } }),
      deployment({ container: { image: 'registry:5000/vllm' } }),
      deployment({ container: { image: 'vllm/vllm-openai:latest' } }),
      [sagemakerModel({}, { PrimaryContainer: { Image: '1.dkr.ecr.us-east-1.amazonaws.com/vllm:latest' } })],
    ],
    kept: [
      deployment(),
      deployment({ container: { image: `vllm/vllm-openai@sha256:${'0'.repeat(64)}` } }),
      [sagemakerModel({})],
    ],
  },
  'no-remote-code': {
    broken: [
      deployment({ container: { args: ['org/model', '--trust-remote-code'] } }),
      [sagemakerModel({ SM_VLLM_TRUST_REMOTE_CODE: 'true' })],
      [sagemakerModel({ OPTION_TRUST_REMOTE_CODE: 'true' })],
      object('v1', 'ConfigMap', { data: { 'model.json': '{"trust_remote_code": true}' } }),
    ],
    kept: [
      deployment(),
      [sagemakerModel({ SM_VLLM_TRUST_REMOTE_CODE: 'false' })],
      object('v1', 'ConfigMap', { data: { 'model.json': '{"trust_remote_code": false}' } }),
    ],
  },
  'no-pickled-weights': {
    broken: [
      deployment({ container: { args: ['org/model', '--load-format=pt'] } }),
      [sagemakerModel({ SM_VLLM_LOAD_FORMAT: 'pt' })],
    ],
    kept: [deployment(), deployment({ container: { args: ['org/model', '--load-format', 'safetensors'] } })],
  },
  'weights-pinned': {
    broken: [
      deployment({ container: { args: ['org/model'] } }),
      [sagemakerModel({ SM_VLLM_MODEL: 'org/model' })],
    ],
    kept: [
      deployment(),
      deployment({ container: { args: ['/weights/model'] } }),
      [sagemakerModel({ SM_VLLM_MODEL: 'org/model', SM_VLLM_REVISION: 'abc' })],
      deployment({ container: { image: 'nginx:1.29', args: [] } }),
    ],
  },
  'requests-bounded': {
    broken: [
      deployment({ container: { args: ['org/model', '--max-model-len', '8192'] } }),
      [sagemakerModel({ SM_VLLM_MAX_NUM_SEQS: '8' })],
    ],
    kept: [deployment(), [sagemakerModel({ SM_VLLM_MAX_NUM_SEQS: '8', SM_VLLM_MAX_MODEL_LEN: '8192' })]],
  },
  'resources-bounded': {
    broken: [
      deployment({ container: { resources: {} } }),
      deployment({ pod: { initContainers: [{ name: 'first', image: 'a:1' }] } }),
    ],
    kept: [deployment()],
  },
  'scaling-bounded': {
    broken: [
      object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: {} }),
      object('keda.sh/v1alpha1', 'ScaledObject', { spec: { minReplicaCount: 1 } }),
      [aws('ApplicationAutoScaling::ScalableTarget', { MinCapacity: 1 })],
    ],
    kept: [
      object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: { maxReplicas: 4 } }),
      [aws('ApplicationAutoScaling::ScalableTarget', { MaxCapacity: 4 })],
    ],
  },
  'secrets-by-reference': {
    broken: [
      deployment({ container: { env: [{ name: 'HF_TOKEN', value: 'hf_abc' }] } }),
      deployment({ container: { args: ['org/model', '--api-key', 'abc'] } }),
      [sagemakerModel({ HF_TOKEN: 'hf_abc' })],
      object('v1', 'Secret', { stringData: { token: 'abc' } }),
    ],
    kept: [
      deployment({ container: { env: [secret('HF_TOKEN'), { name: 'MAX_TOKENS', value: '64' }] } }),
      [sagemakerModel({ HF_TOKEN: '{{resolve:secretsmanager:hub}}' })],
      object('v1', 'Secret', {}),
    ],
  },
  'prompts-not-logged': {
    broken: [
      deployment({ container: { args: ['org/model', '--enable-log-requests'] } }),
      deployment({ container: { env: [{ name: 'VLLM_DEBUG_LOG_API_SERVER_RESPONSE', value: 'True' }] } }),
    ],
    kept: [deployment()],
  },
  'telemetry-off': {
    broken: [deployment({ container: { env: [] } }), store('qdrant/qdrant:v1.15.0', [])],
    kept: [
      deployment(),
      store('qdrant/qdrant:v1.15.0', [{ name: 'QDRANT__TELEMETRY_DISABLED', value: 'true' }]),
    ],
  },
  'no-workshop-doors': {
    broken: [
      deployment({ container: { env: [{ name: 'VLLM_SERVER_DEV_MODE', value: '1' }] } }),
      deployment({ container: { args: ['org/model', '--allowed-local-media-path', '/'] } }),
    ],
    kept: [deployment({ container: { env: [{ name: 'VLLM_SERVER_DEV_MODE', value: '0' }] } })],
  },
  'pod-restricted': {
    broken: [
      deployment({ container: { securityContext: {} } }),
      deployment({ pod: { hostNetwork: true } }),
      deployment({ pod: { volumes: [{ name: 'a', hostPath: { path: '/' } }] } }),
    ],
    kept: [deployment()],
  },
  'namespace-enforces': {
    broken: [objects({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ai' } })],
    kept: [
      objects({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'ai', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
      }),
    ],
  },
  'no-api-token': {
    broken: [deployment({ pod: { automountServiceAccountToken: true } })],
    kept: [
      deployment(),
      [
        ...deployment({ pod: { automountServiceAccountToken: true } }),
        ...rbac('RoleBinding', { subjects: [{ kind: 'ServiceAccount', name: 'server', namespace: 'ai' }] }),
      ],
    ],
  },
  'own-account': {
    broken: [deployment({ pod: { serviceAccountName: 'default' } }), workloadWithoutAccount()],
    kept: [deployment()],
  },
  'rights-narrow': {
    broken: [
      rbac('Role', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] }),
      rbac('ClusterRole', { rules: [{ apiGroups: ['*'], resources: ['pods'], verbs: ['*'] }] }),
      rbac('ClusterRoleBinding', { roleRef: { name: 'cluster-admin' } }),
    ],
    kept: [rbac('Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] })],
  },
  'network-closed': {
    broken: [
      deployment(),
      [...deployment(), ...networkPolicy({ policyTypes: ['Ingress'] })],
      [...deployment(), ...networkPolicy({ podSelector: { matchLabels: { app: 'other' } } })],
    ],
    kept: [
      [...deployment(), ...networkPolicy({})],
      [...deployment(), ...networkPolicy({ podSelector: {} })],
    ],
  },
  'interruption-bounded': {
    broken: [deployment({ spec: { replicas: 2 } })],
    kept: [
      deployment(),
      [
        ...deployment({ spec: { replicas: 2 } }),
        ...object('policy/v1', 'PodDisruptionBudget', { spec: { selector: { matchLabels: LABELS } } }),
      ],
    ],
  },
  'replicas-spread': {
    broken: [deployment({ spec: { replicas: 2 } })],
    kept: [
      deployment(),
      deployment({
        spec: { replicas: 2 },
        pod: { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname' }] },
      }),
    ],
  },
  probed: {
    broken: [deployment({ container: { livenessProbe: null } })],
    kept: [deployment(), deployment({ container: { ports: [], readinessProbe: null } })],
  },
  'ingress-named': {
    broken: [
      networkPolicy({ ingress: [{}] }),
      networkPolicy({ ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }),
    ],
    kept: [networkPolicy({ ingress: [{ from: [{ podSelector: {} }] }] }), networkPolicy({})],
  },
  'egress-named': {
    broken: [
      networkPolicy({ egress: [{ ports: [{ port: 443 }] }] }),
      networkPolicy({ egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }] }),
      networkPolicy({ egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }] }] }),
    ],
    kept: [
      networkPolicy({
        egress: [
          { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }], ports: [{ port: 443 }] },
          { to: [{ podSelector: {} }] },
        ],
      }),
    ],
  },
  'volumes-encrypted': {
    broken: [storageClass({ provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp3' } })],
    kept: [
      storageClass({ provisioner: 'ebs.csi.aws.com', parameters: { encrypted: 'true' } }),
      storageClass({ provisioner: 'local.csi' }),
    ],
  },
};
