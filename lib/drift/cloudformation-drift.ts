import type { DriftedThing } from '#lib/drift/drift';

/** AWS CloudFormation API Reference, StackResourceDrift, without the values that it holds. */
export interface ResourceDrift {
  readonly logicalId: string;
  readonly type: string;
  /** `IN_SYNC`, `MODIFIED`, `DELETED` or `NOT_CHECKED`. */
  readonly status: string;
  /** JSON pointers: `/Tags/0/Value`. */
  readonly paths: readonly string[];
}

/** What somebody changed or deleted behind CloudFormation's back. */
export function changedOutside(drifts: readonly ResourceDrift[]): DriftedThing[] {
  return drifts.flatMap(({ logicalId, type, status, paths }): DriftedThing[] => {
    if (status !== 'MODIFIED' && status !== 'DELETED') return [];
    return [
      {
        difference: status === 'DELETED' ? 'missing' : 'changed',
        address: logicalId,
        type,
        origin: 'changed-outside',
        paths: [...new Set(paths.map(pathOf))].toSorted(),
      },
    ];
  });
}

/** As the paths of templates are written: `Properties.Tags[0].Value`. */
function pathOf(pointer: string): string {
  const names = pointer.split('/').filter((name) => name !== '');
  return names.reduce(
    (path, name) => (/^\d+$/.test(name) ? `${path}[${name}]` : `${path}.${name}`),
    'Properties',
  );
}

/** Resources of a template that a detection said nothing of. */
export function uncheckedOf(template: unknown, drifts: readonly ResourceDrift[]): number {
  const resources = Object.entries(
    (template as { readonly Resources?: Readonly<Record<string, { readonly Type?: string }>> }).Resources ??
      {},
  );
  const checked = new Set(
    drifts.flatMap(({ logicalId, status }) => (status === 'NOT_CHECKED' ? [] : [logicalId])),
  );
  // What the CDK says of itself is nothing that stands.
  return resources.filter(([id, { Type }]) => Type !== 'AWS::CDK::Metadata' && !checked.has(id)).length;
}
