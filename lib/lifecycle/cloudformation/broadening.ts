import { isList, isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';
import { allowsMore } from '#lib/lifecycle/cloudformation/policy-grants';
import { same } from '#lib/lifecycle/changed-paths';
import type { LiveDanger } from '#lib/lifecycle/danger';

/** A switch by its last name, and the state in which it opens or bares something. */
const SWITCHES: readonly { readonly name: RegExp; readonly open: boolean; readonly says: string }[] = [
  {
    name: /^(?:EndpointPublicAccess|PubliclyAccessible|MapPublicIpOnLaunch|AssociatePublicIpAddress)$/,
    open: true,
    says: 'reachable from the internet',
  },
  {
    name: /^(?:BlockPublicAcls|BlockPublicPolicy|IgnorePublicAcls|RestrictPublicBuckets)$/,
    open: false,
    says: 'public access no longer blocked',
  },
  {
    name: /^(?:StorageEncrypted|Encrypted|EncryptionAtRest|EncryptionEnabled|AtRestEncryptionEnabled|KmsEncryptionEnabled)$/,
    open: false,
    says: 'no longer encrypted at rest',
  },
  {
    name: /^(?:TransitEncryptionEnabled|EnforceHTTPS|RequireTLS|NodeToNodeEncryption|EnableInterContainerTrafficEncryption)$/,
    open: false,
    says: 'no longer encrypted on the way',
  },
  {
    name: /^(?:DeletionProtection|DeletionProtectionEnabled|TerminationProtection|EnableTerminationProtection|DisableApiTermination)$/,
    open: false,
    says: 'no longer protected from deletion',
  },
  {
    name: /^(?:EnableKeyRotation|EnableLogFileValidation|IsLogging|ScanOnPush|EnableNetworkIsolation|PrivateDnsEnabled)$/,
    open: false,
    says: 'a safeguard switched off',
  },
  {
    name: /^(?:Privileged|AllowPrivilegeEscalation|AllowFromPublic|DirectInternetAccess|HostNetwork)$/,
    open: true,
    says: 'more rights than before',
  },
];

/** Whole safeguards by their name: gone, they open something. */
const SAFEGUARDS =
  /^(?:EncryptionConfig(?:uration)?|BucketEncryption|PublicAccessBlockConfiguration|KmsKeyId|KmsKeyArn|KmsMasterKeyId|SSEDescription|GuardrailConfiguration|ContentPolicyConfig|SensitiveInformationPolicyConfig|AuthorizerConfiguration|PermissionsBoundary|VpcConfig)$/;

/** Its ranges are where one may go. */
const OUTGOING = 'AWS::EC2::SecurityGroupEgress';

/** Policies by how much they keep, least first. */
const KEEPING = ['Delete', 'RetainExceptOnCreate', 'Snapshot', 'Retain'];

/** Types whose deletion itself opens what they guard. */
const GUARDS =
  /^AWS::(?:S3::BucketPolicy|EC2::NetworkAcl.*|WAFv2::WebACL(?:Association)?|Bedrock::Guardrail|OpenSearchServerless::SecurityPolicy|CloudTrail::Trail|GuardDuty::Detector|Config::ConfigurationRecorder)$/;

/**
 * What comes to be reachable, readable or unprotected from one template to the other: switches, encryption and policies
 * that a comparison of templates shows as any other difference, or not at all.
 */
export function broadenings(stack: string, before: JsonObject | null, after: JsonObject): LiveDanger[] {
  const [old, young] = [ownObject(before ?? {}, 'Resources'), ownObject(after, 'Resources')];
  return [...new Set([...Object.keys(old), ...Object.keys(young)])].flatMap((id) => {
    const [was, is] = [own(old, id), own(young, id)];
    if (same(was, is)) return [];
    const type = ownText(is ?? was, 'Type') ?? 'unknown';
    return reasonsOf(type, was, is).map((because): LiveDanger => {
      return { class: 'broadening', address: `${stack}/${id}`, type, because };
    });
  });
}

function reasonsOf(type: string, was: unknown, is: unknown): string[] {
  if (is === undefined) return GUARDS.test(type) ? ['what it guarded is guarded no longer'] : [];
  // Of a new resource only what lets the whole world in is told: it takes nothing away.
  const [from, to] = [ownObject(was, 'Properties'), ownObject(is, 'Properties')];
  const opens = type !== OUTGOING && !opensToAll(from) && opensToAll(to);
  const toAll = opens ? ['lets in every address, or anybody'] : [];
  if (was === undefined) return toAll;
  const grants = allowsMore(from, to) ? ['a policy allows what it did not'] : [];
  return [...policyReasons(was, is), ...switchReasons(from, to, 'Properties'), ...toAll, ...grants];
}

function policyReasons(was: unknown, is: unknown): string[] {
  return ['DeletionPolicy', 'UpdateReplacePolicy'].flatMap((name) => {
    const [from, to] = [ownText(was, name) ?? 'Delete', ownText(is, name) ?? 'Delete'];
    return KEEPING.indexOf(to) < KEEPING.indexOf(from) ? [`${name} ${from} → ${to}`] : [];
  });
}

function switchReasons(was: JsonObject, is: JsonObject, path: string): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key): string[] => {
    const [from, to] = [own(was, key), own(is, key)];
    if (same(from, to)) return [];
    const at = `${path}.${key}`;
    const found = SWITCHES.find(({ name }) => name.test(key));
    if (found !== undefined && (isSwitch(from) || isSwitch(to))) {
      const [isOpen, wasOpen] = [isOn(to) === found.open, isOn(from) === found.open];
      // Absent counts as the other side of what it becomes: a default is no protection that somebody asked for.
      return isOpen && (from === undefined || !wasOpen)
        ? [`${at} ${shown(from)} → ${shown(to)}: ${found.says}`]
        : [];
    }
    if (to === undefined && SAFEGUARDS.test(key)) return [`${at} set → none`];
    return isObject(from) && isObject(to) ? switchReasons(from, to, at) : [];
  });
}

function isSwitch(value: unknown): boolean {
  return typeof value === 'boolean' || value === 'true' || value === 'false';
}

function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : isSwitch(value) ? String(isOn(value)) : 'set';
}

/** An address range that is everybody's, or a principal that is anybody, anywhere in it. */
function opensToAll(value: unknown): boolean {
  if (isList(value)) return value.some(opensToAll);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, field]) => {
    if (/^(?:CidrIp|CidrIpv6|PublicAccessCidrs)$/.test(key) && isEverybody(field)) return !isEgress(value);
    if (key === 'Principal' && isAnybody(field))
      return own(value, 'Effect') === 'Allow' && own(value, 'Condition') === undefined;
    // Outgoing rules let nobody in.
    return key !== 'SecurityGroupEgress' && opensToAll(field);
  });
}

function isEverybody(value: unknown): boolean {
  return isList(value) ? value.some(isEverybody) : value === '0.0.0.0/0' || value === '::/0';
}

function isAnybody(value: unknown): boolean {
  return value === '*' || (isObject(value) && own(value, 'AWS') === '*');
}

function isEgress(rule: JsonObject): boolean {
  return own(rule, 'DestinationSecurityGroupId') !== undefined;
}
