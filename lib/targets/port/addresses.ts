/**
 * Where the resources of a plan stand when they are synthesized: `Stack/Construct[/Child]`. A purchase names the
 * addresses it pays for; stacks build constructs under exactly these ids. Changing one replaces deployed resources.
 */
export const ADDRESSES = {
  network: {
    vpc: 'Network/Vpc',
    natGateways: 'Network/Vpc/NatGateway',
    interfaceEndpoints: 'Network/Endpoints',
  },
  cluster: {
    controlPlane: 'Cluster/Cluster',
    secretsKey: 'Cluster/SecretsKey',
    gpuNodes: 'Cluster/GpuNodes',
    cpuNodes: 'Cluster/CpuNodes',
  },
  serving: {
    /** Kubernetes Deployment on EKS, leased, colo and self-built. */
    deployment: 'Serving/model-server',
    /** SageMaker. */
    endpoint: 'Serving/Endpoint',
    /** Bedrock. */
    profile: 'Serving/Profile',
    guardrail: 'Serving/Guardrail',
    weights: 'Serving/Weights',
    importedModel: 'Serving/Import',
    provisioned: 'Serving/Throughput',
  },
  retrieval: { store: 'Retrieval/Store' },
  /** Metal3 and Cluster API objects of owned servers. */
  hardware: { hosts: 'Hardware/Hosts' },
} as const;
