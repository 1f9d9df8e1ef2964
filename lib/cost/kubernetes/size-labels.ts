import type { Catalog } from '#lib/catalog/catalog';
import type { NodeSize } from '#lib/catalog/node-sizes';

/** Whose prefix the labels of a type have: Karpenter's own, and that of EKS Auto Mode, for the same names. */
const PREFIXES = ['karpenter.k8s.aws', 'eks.amazonaws.com'] as const;

/**
 * Labels that a node of a type has, by Karpenter's reference of instance types. What the name of a type says (category,
 * generation, size, maker of its processors) is read from the name.
 */
export function sizeLabels(size: NodeSize): ReadonlyMap<string, string> {
  const [family = '', suffix = ''] = size.id.split('.');
  const [, category = '', generation = ''] = /^([a-z]+)(\d*)/.exec(family) ?? [];
  const accelerator = size.maker === 'aws' || size.maker === 'qualcomm' ? 'accelerator' : 'gpu';
  const ofType: (readonly [string, string | undefined])[] = [
    ['category', category],
    ['family', family],
    ['generation', generation],
    ['size', suffix],
    ['cpu', String(size.vcpus)],
    ['memory', String(size.memoryGib * 1024)],
    ['cpu-manufacturer', processorMaker(size.id)],
    [`${accelerator}-name`, size.accelerator],
    [`${accelerator}-count`, size.gpus === undefined ? undefined : String(size.gpus)],
    [`${accelerator}-manufacturer`, size.maker],
    ['gpu-memory', size.gpuMemoryMib === undefined ? undefined : String(size.gpuMemoryMib)],
    ['local-nvme', size.localDiskGb === undefined ? undefined : String(size.localDiskGb)],
  ];
  return new Map([
    ['node.kubernetes.io/instance-type', size.id],
    ['kubernetes.io/arch', size.architecture],
    ['kubernetes.io/os', 'linux'],
    ...ofType.flatMap(([name, value]) =>
      value === undefined || value === ''
        ? []
        : PREFIXES.map((prefix) => [`${prefix}/instance-${name}`, value] as const),
    ),
  ]);
}

/** Whose processors a type has, by the letters behind its generation: `g` for Graviton, `a` for AMD. */
export function processorMaker(type: string): string {
  const kind = /^[a-z]+\d*([^.]*)/.exec(type)?.[1] ?? '';
  if (kind.includes('g')) return 'aws';
  return kind.includes('a') ? 'amd' : 'intel';
}

/** Keys that types have labels of; a term with another key says nothing of a type. */
export const SIZE_LABELS: ReadonlySet<string> = new Set([
  'node.kubernetes.io/instance-type',
  'kubernetes.io/arch',
  'kubernetes.io/os',
  ...PREFIXES.flatMap((prefix) =>
    [
      'category',
      'family',
      'generation',
      'size',
      'cpu',
      'memory',
      'cpu-manufacturer',
      'gpu-name',
      'gpu-count',
      'gpu-manufacturer',
      'gpu-memory',
      'accelerator-name',
      'accelerator-count',
      'accelerator-manufacturer',
      'local-nvme',
    ].map((name) => `${prefix}/instance-${name}`),
  ),
]);

/** Labels of NVIDIA's feature discovery. */
const [PRODUCT, COUNT] = ['nvidia.com/gpu.product', 'nvidia.com/gpu.count'] as const;
export const PRODUCT_LABELS: readonly string[] = [PRODUCT, COUNT];

/** Which GPU a node of a type has, and how many, as its driver names it; none where the catalog has no name. */
export function productLabels(
  { id, gpus, maker }: NodeSize,
  { instances, accelerators }: Pick<Catalog, 'instances' | 'accelerators'>,
): readonly (readonly [string, string])[] {
  if (maker !== 'nvidia' || gpus === undefined) return [];
  const product = accelerators.get(instances.get(id)?.accelerator ?? '')?.productLabel ?? null;
  return product === null ? [[COUNT, String(gpus)]] : [[PRODUCT, product], [COUNT, String(gpus)]]; // prettier-ignore
}
