import type { ReadResource } from '#lib/artifacts/unresolved';
import type { NodeSize } from '#lib/catalog/node-sizes';
import { processorMaker } from '#lib/cost/kubernetes/size-labels';
import { listAt, numberAt, textAt, valueAt } from '#lib/cost/resources/facts';

/** Types that attributes allow, and what of the attributes nothing here tells. */
export interface MeetingTypes {
  readonly sizes: readonly NodeSize[];
  /** Attributes that were left out of account: they may exclude the cheapest type. */
  readonly ignored: readonly string[];
}

type Condition = (size: NodeSize) => boolean;

/** Attributes that no table here has of a type. */
const UNKNOWN_ATTRIBUTES = [
  'AcceleratorTotalMemoryMiB',
  'BaselineEbsBandwidthMbps',
  'BaselinePerformanceFactors',
  'LocalStorageTypes',
  'NetworkBandwidthGbps',
  'NetworkInterfaceCount',
] as const;

/** What Terraform calls those whose names it does not put into snake case word by word. */
const IN_TERRAFORM: Readonly<Record<string, string>> = {
  AcceleratorTotalMemoryMiB: 'AcceleratorTotalMemoryMib',
  MemoryGiBPerVCpu: 'MemoryGibPerVcpu',
  MemoryMiB: 'MemoryMib',
  TotalLocalStorageGB: 'TotalLocalStorageGb',
  VCpuCount: 'VcpuCount',
};

/** What the table of types calls makers of processors and accelerators. */
const MAKERS: Readonly<Record<string, string>> = { 'amazon-web-services': 'aws' };
const KINDS_OF_MAKER: Readonly<Record<string, string>> = {
  nvidia: 'gpu',
  amd: 'gpu',
  aws: 'inference',
  qualcomm: 'inference',
};
/** Families of a previous generation, by the EC2 user guide. */
const PREVIOUS = /^(?:a1|c[134]|cc2|cr1|g[23]s?|hi1|hs1|i[23]|m[1234]|p2|r[34]|t1|x1e?)\./;

/**
 * The types that meet `InstanceRequirements` (EC2 API reference). The image decides the architecture: types of x86,
 * where the makers of processors do not name AWS. Burstable and bare-metal types only where they are asked for.
 *
 * @throws OpenFact where the deployment decides an attribute
 */
export function typesMeeting(requirements: ReadResource, sizes: ReadonlyMap<string, NodeSize>): MeetingTypes {
  const conditions = conditionsOf(requirements);
  return {
    sizes: [...sizes.values()].filter((size) => conditions.every((holds) => holds(size))),
    ignored: UNKNOWN_ATTRIBUTES.filter(
      (name) => valueAt(requirements, nameIn(requirements, name)) !== undefined,
    ),
  };
}

function nameIn({ format }: ReadResource, name: string): string {
  return format === 'terraform' ? (IN_TERRAFORM[name] ?? name) : name;
}

function conditionsOf(requirements: ReadResource): readonly Condition[] {
  const names = (name: string) =>
    listAt(requirements, name).flatMap((each) =>
      typeof each === 'string' ? [MAKERS[each.toLowerCase()] ?? each.toLowerCase()] : [],
    );
  const between = (name: string, of: (size: NodeSize) => number): Condition => {
    const least = numberAt(requirements, `${nameIn(requirements, name)}.Min`) ?? 0;
    const most = numberAt(requirements, `${nameIn(requirements, name)}.Max`) ?? Number.POSITIVE_INFINITY;
    return (size) => of(size) >= least && of(size) <= most;
  };
  const oneOf = (name: string, of: (size: NodeSize) => string | undefined): Condition => {
    const list = names(name);
    return (size) => list.length === 0 || list.includes(of(size) ?? '');
  };
  const included = (name: string, usual: string, has: Condition): Condition => {
    const stated = textAt(requirements, name) ?? usual;
    return (size) => stated === 'included' || has(size) === (stated === 'required');
  };
  const [allowed, excluded] = [names('AllowedInstanceTypes'), names('ExcludedInstanceTypes')].map((list) =>
    list.map(pattern),
  );
  const generations = names('InstanceGenerations');
  const makers = names('CpuManufacturers');
  return [
    between('VCpuCount', ({ vcpus }) => vcpus),
    between('MemoryMiB', ({ memoryGib }) => memoryGib * 1024),
    between('MemoryGiBPerVCpu', ({ memoryGib, vcpus }) => memoryGib / vcpus),
    between('AcceleratorCount', ({ gpus = 0 }) => gpus),
    between('TotalLocalStorageGB', ({ localDiskGb = 0 }) => localDiskGb),
    included('BareMetal', 'excluded', ({ id }) => id.includes('.metal')),
    included('BurstablePerformance', 'excluded', ({ id }) => /^t\d/.test(id)),
    included('LocalStorage', 'included', ({ localDiskGb = 0 }) => localDiskGb > 0),
    ({ id }) => allowed === undefined || allowed.length === 0 || allowed.some((each) => each.test(id)),
    ({ id }) => excluded === undefined || !excluded.some((each) => each.test(id)),
    ({ id, architecture }) =>
      makers.length === 0 ? architecture === 'amd64' : makers.includes(processorMaker(id)),
    ({ id }) => generations.length !== 1 || generations.includes('previous') === PREVIOUS.test(id),
    oneOf('AcceleratorNames', ({ accelerator }) => accelerator),
    oneOf('AcceleratorManufacturers', ({ maker }) => maker),
    oneOf('AcceleratorTypes', ({ maker }) => KINDS_OF_MAKER[maker ?? '']),
  ];
}

/** `m5.*`, `*3*`. */
function pattern(text: string): RegExp {
  const escaped = text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/\*+/g, '.*')}$`);
}
