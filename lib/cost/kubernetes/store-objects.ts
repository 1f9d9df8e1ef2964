import { isList, isObject, own, ownObject, ownText } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import { quantityOf } from '#lib/cost/kubernetes/quantity';

/** Pods and volumes of an object that its operator makes a database of. */
export interface StoreObject {
  readonly pods: readonly { readonly pod: object; readonly count: unknown }[];
  /** `claim` has the form of the `spec` of a claim. */
  readonly volumes: readonly { readonly claim: object; readonly count: number }[];
  /** What else it claims, that it does not state here. @default - nothing */
  readonly open?: string;
}

/** By group and kind, since `Cluster` is of many groups. By the definitions of CloudNativePG 1.29 and milvus-operator 1.3. */
export const STORE_OBJECTS: Readonly<Record<string, (spec: unknown) => StoreObject>> = {
  'postgresql.cnpg.io/Cluster': (spec) => {
    const instances = own(spec, 'instances') ?? 1;
    const count = countOf(instances);
    const spaces = own(spec, 'tablespaces');
    const storages = [
      own(spec, 'storage'),
      own(spec, 'walStorage'),
      ...(isList(spaces) ? spaces : []).map((space) => own(space, 'storage')),
    ];
    return {
      pods: [
        {
          pod: {
            nodeSelector: own(own(spec, 'affinity'), 'nodeSelector'),
            containers: [{ resources: own(spec, 'resources') }],
          },
          count: instances,
        },
      ],
      volumes: storages
        .filter(isObject)
        .map((storage) => ({ claim: claimOf(storage, 'storageClass'), count })),
    };
  },
  'milvus.io/Milvus': (spec) => {
    const isCluster = ownText(spec, 'mode') === 'cluster';
    const components = ownObject(spec, 'components');
    const dependencies = own(spec, 'dependencies');
    const charts = [etcd(dependencies, isCluster), minio(dependencies, isCluster)];
    const queue = ownText(dependencies, 'msgStreamType') ?? (isCluster ? 'pulsar' : 'woodpecker');
    const isOwnQueue = own(own(dependencies, queue), 'external') === true;
    return {
      pods: [
        ...Object.entries(components)
          .filter(([name, part]) => isObject(part) && isRun(name, isCluster))
          .map(([, part]) => ({
            pod: {
              nodeSelector: own(part, 'nodeSelector') ?? own(components, 'nodeSelector'),
              tolerations: own(part, 'tolerations') ?? own(components, 'tolerations'),
              containers: [{ resources: own(part, 'resources') ?? own(components, 'resources') }],
            },
            count: own(part, 'replicas') ?? 1,
          })),
        ...charts.flatMap(({ pods }) => pods),
      ],
      volumes: charts.flatMap(({ volumes }) => volumes),
      ...(['pulsar', 'kafka'].includes(queue) && !isOwnQueue
        ? { open: `volumes of ${queue}, whose chart its operator installs` }
        : {}),
    };
  },
};

/** Whether a component of Milvus runs in this mode: one process, or a deployment for each part. */
function isRun(name: string, isCluster: boolean): boolean {
  return isCluster
    ? /^(?:proxy|(?:mix|root|data|query|index)Coord|(?:query|data|index|streaming)Node)$/.test(name)
    : name === 'standalone';
}

type Chart = Pick<StoreObject, 'pods' | 'volumes'>;

const NONE: Chart = { pods: [], volumes: [] };

function etcd(dependencies: unknown, isCluster: boolean): Chart {
  const dependency = own(dependencies, 'etcd');
  if (own(dependency, 'external') === true) return NONE;
  const values = own(own(dependency, 'inCluster'), 'values');
  return chart(values, own(values, 'replicaCount') ?? (isCluster ? 3 : 1));
}

function minio(dependencies: unknown, isCluster: boolean): Chart {
  const dependency = own(dependencies, 'storage');
  const type = ownText(dependency, 'type') ?? 'MinIO';
  if (own(dependency, 'external') === true || type !== 'MinIO') return NONE;
  const values = own(own(dependency, 'inCluster'), 'values');
  const isDistributed =
    (ownText(values, 'mode') ?? (isCluster ? 'distributed' : 'standalone')) === 'distributed';
  return chart(values, isDistributed ? (own(values, 'replicas') ?? 4) : 1);
}

/** A chart's pods with a volume each; one that it does not state the size of is open. */
function chart(values: unknown, count: unknown): Chart {
  const persistence = ownObject(values, 'persistence');
  return {
    pods: [{ pod: { containers: [{ resources: own(values, 'resources') }] }, count }],
    volumes:
      own(persistence, 'enabled') === false
        ? []
        : [{ claim: claimOf(persistence, 'storageClass'), count: countOf(count) }],
  };
}

function claimOf(storage: object, className: string): object {
  return {
    storageClassName: own(storage, className),
    resources: { requests: { storage: own(storage, 'size') } },
  };
}

function countOf(count: unknown): number {
  return count instanceof Unresolved ? 1 : (quantityOf(count) ?? 1);
}
