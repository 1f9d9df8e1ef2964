import type { AwsClient } from '#bin/aws/client';
import { absentAsNull } from '#bin/preflight/ask-aws';
import type { Askers } from '#bin/preflight/askers';
import { usedOf } from '#bin/preflight/quota-use';
import { isQuotaOf } from '#lib/preflight/quota-names';

/** Service Quotas API Reference, ServiceQuota. */
interface Quota {
  readonly QuotaCode: string;
  readonly QuotaName: string;
  readonly Value: number;
}

/** Asks for one quota by its code, or looks it up by its name among all of its service. */
export function quotaAsker(clientOf: (region: string) => AwsClient): Askers['quota'] {
  const listed = new Map<string, Promise<readonly Quota[]>>();
  const allOf = (region: string, service: string) => {
    const key = `${region}/${service}`;
    const known = listed.get(key) ?? everyQuota(clientOf(region), service);
    listed.set(key, known);
    return known;
  };
  return async ({ asks: { region, service, code, names, of = '', inUse } }) => {
    const client = clientOf(region);
    const quota =
      code === null
        ? (await allOf(region, service)).find((each) => isQuotaOf(each.QuotaName, names, of))
        : await quotaByCode(client, service, code);
    if (quota == null) return null;
    const used = inUse === undefined ? null : await usedOf(client, inUse);
    return { code: quota.QuotaCode, value: quota.Value, used };
  };
}

/** The applied value; where none was ever applied, the one that every account begins with. */
async function quotaByCode(client: AwsClient, service: string, code: string): Promise<Quota | null> {
  const asked = { ServiceCode: service, QuotaCode: code };
  const ask = async (operation: string) =>
    (await absentAsNull(client.json('service-quotas', operation, asked), /^NoSuchResource/)) as {
      Quota?: Quota;
    } | null;
  return (await ask('GetServiceQuota'))?.Quota ?? (await ask('GetAWSDefaultServiceQuota'))?.Quota ?? null;
}

async function everyQuota(client: AwsClient, service: string): Promise<readonly Quota[]> {
  const found: Quota[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined; ;) {
    const page = (await client.json('service-quotas', 'ListServiceQuotas', {
      ServiceCode: service,
      MaxResults: 100,
      ...(token === undefined ? {} : { NextToken: token }),
    })) as { readonly Quotas?: readonly Quota[]; readonly NextToken?: string };
    found.push(...(page.Quotas ?? []));
    token = page.NextToken;
    // A service that never ends is not asked for ever.
    if (token === undefined || token === '' || seen.has(token)) return found;
    seen.add(token);
  }
}
