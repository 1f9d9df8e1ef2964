import { own, ownObject, ownText } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import { BYTES_PER_GIB, quantityOf } from '#lib/cost/kubernetes/quantity';
import {
  free,
  unpriced,
  type Component,
  type PricingContext,
  type ResourceCost,
} from '#lib/cost/resources/component';
import { shownWord } from '#lib/cost/resources/facts';
import { OpenFact } from '#lib/cost/resources/open-fact';
import { volume } from '#lib/cost/resources/services/ec2';

/** Makers of EBS volumes, with the type that each makes where its class names none. */
const EBS: Readonly<Record<string, string>> = {
  'ebs.csi.aws.com': 'gp3',
  'ebs.csi.eks.amazonaws.com': 'gp3',
  'kubernetes.io/aws-ebs': 'gp2',
};

const WITHOUT_CHARGE: Readonly<Record<string, string>> = {
  'efs.csi.aws.com': 'a folder of its file system, which is billed by what it holds',
  'kubernetes.io/no-provisioner': 'on the disks of its node, which is billed',
  'rancher.io/local-path': 'on the disks of its node, which is billed',
  'topolvm.io': 'on the disks of its node, which is billed',
  'local.csi.openebs.io': 'on the disks of its node, which is billed',
};

/** A class that nobody declares says by its name what it makes: `gp3`, `ebs-io2-encrypted`. */
const EBS_BY_NAME = /(?:^|-)(gp2|gp3|io1|io2|st1|sc1)(?:-|$)/;

const OF_EBS = /(?:^|-)ebs(?:-|$)/;
const EFS_BY_NAME = /(?:^|-)efs(?:-|$)/;

/**
 * What `count` volumes of a claim cost, by their storage class.
 *
 * @param claim - `spec` of the claim
 * @throws OpenFact where its size is open
 */
export function claimedVolumes(claim: unknown, count: number, context: PricingContext, key = 'volume') {
  const { nodes, cloud, storageClasses } = context.cluster;
  const named = own(claim, 'storageClassName');
  if (named instanceof Unresolved) throw new OpenFact(`storageClassName depends on ${named.dependsOn}`);
  const name = typeof named === 'string' ? shownWord(named, 'storageClassName') : '';
  const declared = storageClasses.get(name)?.properties;
  const maker = ownText(declared, 'provisioner') ?? ownText(declared, 'storageProvisioner');
  const reason = maker === null ? undefined : WITHOUT_CHARGE[maker];
  if (reason !== undefined) return free(reason);
  if (maker === null && nodes === 'elsewhere') return free('on storage that is bought with the nodes');
  // Where nothing says whose the cluster is, such a name says it: no other cloud has these types.
  const mayBeAws = cloud === 'aws' || cloud === null;
  const byName = maker === null && mayBeAws ? EBS_BY_NAME.exec(name)?.[1] : undefined;
  if (maker === null && mayBeAws && EFS_BY_NAME.test(name))
    return free(WITHOUT_CHARGE['efs.csi.aws.com'] ?? '');
  // The driver of EBS makes gp3 where a class names no type, and no other driver comes with an EKS cluster.
  const isAssumed = maker === null && byName === undefined && mayBeAws && (name === '' || OF_EBS.test(name));
  const usual = maker === null ? (isAssumed ? 'gp3' : byName) : EBS[maker];
  if (maker !== null) shownWord(maker, 'provisioner');
  if (usual === undefined) return unpriced(unknownClass(name, maker));
  const parameters = ownObject(declared, 'parameters');
  const [iops, throughput] = [quantityOf(own(parameters, 'iops')), quantityOf(own(parameters, 'throughput'))];
  const facts = {
    type: shownWord(ownText(parameters, 'type') ?? usual, 'type'),
    gib: gibibytes(own(ownObject(ownObject(claim, 'resources'), 'requests'), 'storage')),
    ...(iops === null ? {} : { iops }),
    ...(throughput === null ? {} : { throughput }),
  };
  const made = volume(facts, count, context, key);
  if (!isAssumed) return { state: 'components', components: made } as const;
  const assumed = made.map((each): Component => ({
    ...each,
    quantityIs: 'assumed',
    basis: `${each.basis}; assumed is gp3: ${unknownClass(name, maker)}`,
  }));
  return { state: 'components', components: assumed } as const;
}

/** The volumes of pods and what the pods themselves cost: what has no price stays open beside what has one. */
export function together(volumes: readonly ResourceCost[], pods: ResourceCost): ResourceCost {
  const components = volumes.flatMap((volume): readonly Component[] =>
    volume.state === 'components' ? volume.components : [],
  );
  const reasons = [...volumes, pods].flatMap((part) => (part.state === 'unpriced' ? [part.why] : []));
  const open = [...new Set(reasons)].join('; ');
  if (components.length === 0) return open === '' ? pods : unpriced(open);
  return { state: 'components', components, ...(open === '' ? {} : { open }) };
}

function gibibytes(storage: unknown): number {
  if (storage instanceof Unresolved) throw new OpenFact(`storage depends on ${storage.dependsOn}`);
  const bytes = quantityOf(storage);
  if (bytes === null) throw new OpenFact('requests.storage is not stated');
  return Number((bytes / BYTES_PER_GIB).toPrecision(12));
}

function unknownClass(name: string, maker: string | null): string {
  const which = name === '' ? 'the cluster’s default storage class' : `the storage class ${name}`;
  const why =
    maker === null ? 'which these artifacts do not declare' : `whose maker ${maker} is not known here`;
  return `a volume of ${which}, ${why}`;
}
