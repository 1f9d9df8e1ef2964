import type { ReadResource } from '#lib/artifacts/unresolved';
import { fieldsOf, isWritten, objectsOf, textOf, textsOf, valueOf, type Fields } from '#lib/policy/values';

/** Where the objects of each kind keep the templates of their pods. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['spec.jobTemplate.spec.template'],
  DaemonSet: ['spec.template'],
  Deployment: ['spec.template'],
  Job: ['spec.template'],
  LeaderWorkerSet: ['spec.leaderWorkerTemplate.leaderTemplate', 'spec.leaderWorkerTemplate.workerTemplate'],
  ReplicaSet: ['spec.template'],
  StatefulSet: ['spec.template'],
};
/** What runs until it is done answers nobody. */
const UNTIL_DONE = new Set(['CronJob', 'Job']);

export interface Pod {
  readonly owner: ReadResource;
  readonly kind: string;
  readonly namespace: string;
  readonly labels: Fields;
  readonly annotations: Fields;
  readonly spec: Fields;
  /** Those that run side by side, without those that run before. */
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  /** How many stand at first; `null` where the deployment decides. */
  readonly replicas: number | null;
  readonly servesUntilStopped: boolean;
}

export interface Container {
  readonly name: string;
  readonly fields: Fields;
  readonly image: string;
  /** Command and arguments in one row. */
  readonly words: readonly string[];
  /** By name, what is written in the object itself; references to Secrets and fields are left out. */
  readonly environment: ReadonlyMap<string, string>;
}

/** The pods that an object makes; none for objects without a template of their own. */
export function podsOf(owner: ReadResource): Pod[] {
  if (owner.format !== 'kubernetes') return [];
  const kind = owner.type.slice(owner.type.lastIndexOf('/') + 1);
  if (owner.type === 'v1/Pod') return [podFrom(owner, kind, owner.properties)];
  return (Object.hasOwn(TEMPLATES, kind) ? (TEMPLATES[kind] ?? []) : []).flatMap((path) => {
    const template = fieldsOf(valueOf(owner, path));
    return isWritten(template['spec']) ? [podFrom(owner, kind, template)] : [];
  });
}

function podFrom(owner: ReadResource, kind: string, template: Fields): Pod {
  const spec = fieldsOf(template['spec']);
  const replicas = valueOf(owner, 'spec.replicas') ?? 1;
  return {
    owner,
    kind,
    namespace: namespaceOf(owner),
    labels: fieldsOf(valueOf(template, 'metadata.labels')),
    annotations: fieldsOf(valueOf(template, 'metadata.annotations')),
    spec,
    containers: objectsOf(spec['containers']).map(containerFrom),
    initContainers: objectsOf(spec['initContainers']).map(containerFrom),
    replicas: typeof replicas === 'number' ? replicas : null,
    servesUntilStopped: !UNTIL_DONE.has(kind),
  };
}

function containerFrom(fields: Fields): Container {
  return {
    name: textOf(fields['name']) ?? '',
    fields,
    image: textOf(fields['image']) ?? '',
    words: [...textsOf(fields['command']), ...textsOf(fields['args'])],
    environment: new Map(
      objectsOf(fields['env']).flatMap((variable) => {
        const [name, value] = [textOf(variable['name']), textOf(variable['value'])];
        return name === null || value === null ? [] : [[name, value] as const];
      }),
    ),
  };
}

export function namespaceOf(object: ReadResource): string {
  return textOf(valueOf(object, 'metadata.namespace')) ?? 'default';
}

/** Containers of a pod, whenever they run. */
export function allContainers({ containers, initContainers }: Pod): readonly Container[] {
  return [...initContainers, ...containers];
}
