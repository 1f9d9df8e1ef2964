import type { ServiceQuota } from '#lib/catalog/service-quotas';
import type { Deployment, PreflightRequest } from '#lib/preflight/deployment';
import { IDENTITY } from '#lib/preflight/checks/account';
import { failed, passed, warned, type Judge, type Requirement } from '#lib/preflight/requirement';

/** What of a quota is taken already. What carries the tags of the deployments themselves is not counted. */
export type InUse = (
  | { readonly of: 'vcpus'; readonly families: readonly string[]; readonly purchase: 'on-demand' | 'spot' }
  | { readonly of: 'addresses' | 'vpcs' }
  /** The most of any of these zones. */
  | { readonly of: 'nat-gateways'; readonly zones: readonly string[] }
) & { readonly except: { readonly environment: string; readonly options: readonly string[] } };

export interface QuotaKinds {
  readonly quota: {
    readonly asks: {
      readonly region: string;
      readonly service: string;
      /** `null` where it is found by a name. */
      readonly code: string | null;
      /** Names with `*` for `of`. */
      readonly names: readonly string[];
      /** A model's or an instance type's id. @default - the names stand alone */
      readonly of?: string;
      readonly unit: string;
      readonly need: number;
      /** @default - nobody can say */
      readonly inUse?: InUse;
    };
    /** `null` where the service has no such quota; `used` where that could be told. */
    readonly answer: {
      readonly code: string;
      readonly value: number;
      readonly used: number | null;
    } | null;
  };
}

type QuotaAsks = QuotaKinds['quota']['asks'];

/** What one deployment takes of one quota. */
export interface QuotaNeed extends Omit<QuotaAsks, 'inUse'> {
  readonly option: string;
  readonly id: string;
  readonly inUse?: DistributiveOmit<InUse, 'except'>;
}
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A quota by a row of the catalog, in a region. */
export function quotaNeed(
  quota: ServiceQuota,
  { plan }: Deployment,
  rest: { readonly region: string; readonly need: number } & Pick<QuotaNeed, 'of' | 'inUse'>,
): QuotaNeed {
  const { id, service, code, names, unit } = quota;
  return { id, option: plan.option, service, code, names, unit, ...rest };
}

/** Needs of all deployments as requirements: those of one quota in one region are added up. */
export function quotaRequirements(
  { environment }: PreflightRequest,
  needs: readonly QuotaNeed[],
): Requirement[] {
  const byQuota = new Map<string, QuotaNeed[]>();
  for (const need of needs) {
    const key = ['quota', need.id, ...(need.of === undefined ? [] : [need.of]), need.region].join('.');
    byQuota.set(key, [...(byQuota.get(key) ?? []), need]);
  }
  return [...byQuota].flatMap(([id, parts]): Requirement[] => {
    const [first] = parts;
    if (first === undefined) return [];
    const { id: _quota, option: _option, inUse, ...asks } = first;
    const need = parts.reduce((sum, part) => sum + part.need, 0);
    const except = { environment, options: [...new Set(parts.map(({ option }) => option))] };
    return [
      {
        id,
        group: 'quota',
        subject: nameOf(asks),
        needs: [IDENTITY],
        kind: 'quota',
        asks: { ...asks, need, ...(inUse === undefined ? {} : { inUse: { ...inUse, except } }) },
      },
    ];
  });
}

function nameOf({ names: [name = ''], of = '' }: Pick<QuotaAsks, 'names' | 'of'>): string {
  return name.replace('*', of);
}

const figure = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const judgeQuota: Judge<'quota'> = (asks, answer) => {
  const { service, region, need, unit } = asks;
  const name = nameOf(asks);
  const of = (amount: number) => `${figure.format(amount)} ${unit}`;
  if (answer === null) {
    return {
      state: 'skipped',
      text: `${service} lists no quota "${name}" in ${region}: look it up before ${of(need)} are needed`,
    };
  }
  const { code, value, used } = answer;
  const wanted = Math.ceil(need + (used ?? 0));
  const has = `${code} ${name}: ${of(value)}${used === null ? '' : `, ${figure.format(used)} in use`}, need ${figure.format(Math.ceil(need))}`;
  if (wanted > value) {
    return failed(
      has,
      `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${wanted} --region ${region}`,
    );
  }
  // A limit that the deployment takes whole leaves nothing for a rollout beside it.
  return used === null && asks.inUse !== undefined
    ? warned(`${has}; how much is in use was not told`)
    : passed(has);
};
