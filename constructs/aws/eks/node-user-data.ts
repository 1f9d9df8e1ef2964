import type { NodePool } from '#lib/plan/plan';

/** What a node of the pool does before it joins; `null` where the image's own start is enough. */
export function nodeUserData(pool: NodePool): string | null {
  const parts = [
    ...(pool.localDiskGb > 0 ? [LOCAL_DISK] : []),
    ...(pool.slices === undefined ? [] : [cutGpus(pool.slices)]),
  ];
  if (parts.length === 0) return null;
  return [
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="NODE"',
    '',
    ...parts.flatMap((part) => ['--NODE', ...part, '']),
    '--NODE--',
    '',
  ].join('\n');
}

/** Local NVMe as one RAID 0 volume under the kubelet and containerd: images and weights lie there. */
const LOCAL_DISK: readonly string[] = [
  'Content-Type: application/node.eks.aws',
  '',
  'apiVersion: node.eks.aws/v1alpha1',
  'kind: NodeConfig',
  'spec:',
  '  instance:',
  '    localStorage:',
  '      strategy: RAID0',
];

/**
 * Every GPU of the node in slices of one profile, at each boot: instances do not survive it. User data runs before the
 * kubelet starts, so that the device plugin finds them.
 */
function cutGpus({ profile, perAccelerator }: NonNullable<NodePool['slices']>): readonly string[] {
  const instances = Array.from({ length: perAccelerator }, () => profile).join(',');
  return [
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    '',
    '#!/bin/bash',
    'set -euo pipefail',
    "cat > /etc/systemd/system/gpu-slices.service <<'UNIT'",
    '[Unit]',
    'Description=Cut every GPU into slices',
    'After=nvidia-fabricmanager.service nvidia-persistenced.service',
    'Before=kubelet.service',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=true',
    'ExecStart=/usr/bin/nvidia-smi -mig 1',
    `ExecStart=/usr/bin/nvidia-smi mig -cgi ${instances} -C`,
    '[Install]',
    'WantedBy=multi-user.target',
    'UNIT',
    'systemctl daemon-reload',
    'systemctl enable --now gpu-slices.service',
  ];
}
