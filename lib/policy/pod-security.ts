import type { ArtifactValue } from '#lib/artifacts/resource';
import type { Pod } from '#lib/policy/pods';
import {
  fieldsOf,
  isFalse,
  isTrue,
  isWritten,
  objectsOf,
  textOf,
  textsOf,
  valueOf,
  type Fields,
} from '#lib/policy/values';

/** A check of Pod Security admission: what of a pod it refuses. */
interface PodCheck {
  readonly id: string;
  readonly refuses: (pod: SecurityView) => readonly string[];
}

/** A pod as admission sees it: its spec, and every container in it, each by its name. */
interface SecurityView {
  readonly spec: Fields;
  readonly annotations: Fields;
  readonly context: Fields;
  readonly containers: readonly {
    readonly name: string;
    readonly fields: Fields;
    readonly context: Fields;
  }[];
}

const VOLUMES = new Set(['name', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret']); // prettier-ignore
const BASELINE_CAPABILITIES = new Set(['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']); // prettier-ignore
const SYSCTLS = new Set(['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']); // prettier-ignore
const SELINUX_TYPES = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);
const SECCOMP = new Set(['RuntimeDefault', 'Localhost']);
const HANDLERS = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop']; // prettier-ignore

/** Of each container, what is wrong with it, by its name. */
function each(
  pod: SecurityView,
  wrong: (context: Fields, fields: Fields) => readonly string[],
): readonly string[] {
  return pod.containers.flatMap(({ name, context, fields }) =>
    wrong(context, fields).map((what) => `container ${name}: ${what}`),
  );
}

/** Texts at a path that are none of those allowed; an unknown one is none either. */
function outside(
  value: ArtifactValue | undefined,
  allowed: ReadonlySet<string>,
  what: string,
): readonly string[] {
  return textsOf(value).flatMap((text) => (allowed.has(text) ? [] : [`${what} ${text}`]));
}

/**
 * The checks of the standard `restricted`, baseline included, as the Pod Security admission of Kubernetes 1.35 makes
 * them. One of the 19 is named once here: `procMount` asks the same of both levels. Source: kubernetes/pod-security-admission,
 * folder `policy`, July 2026.
 */
const CHECKS: readonly PodCheck[] = [
  {
    id: 'hostNamespaces',
    refuses: ({ spec }) =>
      ['hostNetwork', 'hostPID', 'hostIPC'].filter(
        (shared) => isWritten(spec[shared]) && !isFalse(spec[shared]),
      ),
  },
  {
    id: 'privileged',
    refuses: (pod) =>
      each(pod, (own) => (isWritten(own['privileged']) && !isFalse(own['privileged']) ? ['privileged'] : [])),
  },
  {
    id: 'capabilities_baseline',
    refuses: (pod) =>
      each(pod, (own) => outside(valueOf(own, 'capabilities.add'), BASELINE_CAPABILITIES, 'adds')),
  },
  {
    id: 'hostPathVolumes',
    refuses: ({ spec }) =>
      objectsOf(spec['volumes']).flatMap((volume) =>
        isWritten(volume['hostPath']) ? ['a hostPath volume'] : [],
      ),
  },
  {
    id: 'hostPorts',
    refuses: (pod) =>
      each(pod, (_, fields) =>
        objectsOf(fields['ports']).flatMap(({ hostPort }) =>
          isWritten(hostPort) && hostPort !== 0 ? [`hostPort ${textOf(hostPort) ?? ''}`] : [],
        ),
      ),
  },
  {
    id: 'hostProbesAndHostLifecycle',
    refuses: (pod) =>
      each(pod, (_, fields) =>
        HANDLERS.flatMap((handler) =>
          ['httpGet.host', 'tcpSocket.host'].flatMap((host) =>
            isWritten(valueOf(fields, `${handler}.${host}`)) ? [`${handler} names a host`] : [],
          ),
        ),
      ),
  },
  {
    id: 'appArmorProfile',
    refuses: (pod) => [
      ...[pod.context, ...pod.containers.map(({ context }) => context)].flatMap((context) =>
        outside(valueOf(context, 'appArmorProfile.type'), SECCOMP, 'AppArmor profile'),
      ),
      // Before 1.30 the profile stood in an annotation for each container, which still counts.
      ...Object.entries(pod.annotations).flatMap(([key, value]) => {
        const isProfile = key.startsWith('container.apparmor.security.beta.kubernetes.io/');
        return isProfile && !/^(?:|runtime\/default|localhost\/.*)$/.test(textOf(value) ?? '')
          ? [`AppArmor profile ${textOf(value) ?? ''}`]
          : [];
      }),
    ],
  },
  {
    id: 'seLinuxOptions',
    refuses: (pod) =>
      [pod.context, ...pod.containers.map(({ context }) => context)].flatMap((context) => {
        const options = fieldsOf(context['seLinuxOptions']);
        const named = ['user', 'role'].filter((part) => isWritten(options[part]));
        return [
          ...named.map((part) => `SELinux ${part}`),
          ...outside(options['type'], SELINUX_TYPES, 'SELinux type'),
        ];
      }),
  },
  {
    id: 'procMount',
    refuses: (pod) => each(pod, (own) => outside(own['procMount'], new Set(['Default']), 'procMount')),
  },
  {
    id: 'seccompProfile_baseline',
    refuses: (pod) =>
      [pod.context, ...pod.containers.map(({ context }) => context)].flatMap((context) =>
        textOf(valueOf(context, 'seccompProfile.type')) === 'Unconfined' ? ['seccomp Unconfined'] : [],
      ),
  },
  {
    id: 'sysctls',
    refuses: ({ context }) =>
      objectsOf(context['sysctls']).flatMap(({ name }) => outside(name, SYSCTLS, 'sysctl')),
  },
  {
    id: 'windowsHostProcess',
    refuses: (pod) =>
      [pod.context, ...pod.containers.map(({ context }) => context)].flatMap((context) =>
        isTrue(valueOf(context, 'windowsOptions.hostProcess')) ? ['a Windows host process'] : [],
      ),
  },
  {
    id: 'restrictedVolumes',
    refuses: ({ spec }) =>
      objectsOf(spec['volumes']).flatMap((volume) =>
        Object.keys(volume).flatMap((source) => (VOLUMES.has(source) ? [] : [`a volume of ${source}`])),
      ),
  },
  {
    id: 'allowPrivilegeEscalation',
    refuses: (pod) =>
      each(pod, (own) => (isFalse(own['allowPrivilegeEscalation']) ? [] : ['may escalate its privileges'])),
  },
  {
    id: 'runAsNonRoot',
    refuses: (pod) =>
      each(pod, (own) =>
        isTrue(own['runAsNonRoot'] ?? pod.context['runAsNonRoot']) ? [] : ['may run as root'],
      ),
  },
  {
    id: 'runAsUser',
    refuses: (pod) => [
      ...(pod.context['runAsUser'] === 0 ? ['runs as user 0'] : []),
      ...each(pod, (own) => (own['runAsUser'] === 0 ? ['runs as user 0'] : [])),
    ],
  },
  {
    id: 'seccompProfile_restricted',
    refuses: (pod) =>
      each(pod, (own) => {
        const type = textOf(
          valueOf(own, 'seccompProfile.type') ?? valueOf(pod.context, 'seccompProfile.type'),
        );
        return SECCOMP.has(type ?? '') ? [] : ['no seccomp profile'];
      }),
  },
  {
    id: 'capabilities_restricted',
    refuses: (pod) =>
      each(pod, (own) => [
        ...(textsOf(valueOf(own, 'capabilities.drop')).includes('ALL')
          ? []
          : ['does not drop ALL capabilities']),
        ...outside(valueOf(own, 'capabilities.add'), new Set(['NET_BIND_SERVICE']), 'adds'),
      ]),
  },
];

const NOT_ON_WINDOWS = new Set([
  'allowPrivilegeEscalation',
  'capabilities_restricted',
  'seccompProfile_restricted',
]);

/** Ids of the checks, as admission names them. */
export const POD_CHECKS: readonly string[] = CHECKS.map(({ id }) => id);

/** What admission in a namespace that enforces `restricted` would say against a pod: `check: what`. */
export function restrictedBreaches({
  spec,
  annotations,
}: Pick<Pod, 'spec' | 'annotations'>): readonly string[] {
  const view: SecurityView = {
    spec,
    annotations,
    context: fieldsOf(spec['securityContext']),
    containers: ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
      objectsOf(spec[list]).map((fields) => ({
        name: textOf(fields['name']) ?? '',
        fields,
        context: fieldsOf(fields['securityContext']),
      })),
    ),
  };
  // Admission knows that Windows has none of these, and believes the pod where it says so.
  const isWindows = textOf(valueOf(spec, 'os.name')) === 'windows';
  return CHECKS.filter(({ id }) => !(isWindows && NOT_ON_WINDOWS.has(id))).flatMap(({ id, refuses }) =>
    refuses(view).map((what) => `${id}: ${what}`),
  );
}
