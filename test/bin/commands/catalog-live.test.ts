import { afterEach, describe, expect, it } from 'vitest';
import { main } from '#bin/main';
import { loadCatalog } from '#lib/catalog/load';
import { resolvePrice } from '#lib/catalog/resolve-price';
import type { PriceRefresh } from '#lib/price-feeds/price-refresh';
import { apiServer, type ApiAnswer, type ApiRequest, type ApiServer } from '../../_support/api-server';
import { inFolder } from '../../_support/command-line';
import { instance, priceList } from '../../_support/price-lists';

const SECRET = 'a-secret-of-nobody';

let server: ApiServer | undefined;
afterEach(() => server?.close());

async function refresh(
  cache: string,
  answer: (request: ApiRequest, index: number) => ApiAnswer,
  words: readonly string[],
  hasCredentials = true,
) {
  server = await apiServer(answer);
  const root = ['--endpoint-root', server.root];
  const command = ['catalog', 'refresh', '--live', '--output', cache, '--region', 'us-east-1', '--json'];
  const { stdout, stderr, exitCode } = await main([...command, ...root, ...words], {
    today: '2026-11-28',
    now: () => '2026-11-28T13:00:00Z',
    color: false,
    width: 100,
    debug: false,
    download: { attempts: 2, backoffMs: 1, silenceMs: 2000 },
    awsCredentials: () =>
      Promise.resolve(
        hasCredentials ? { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: SECRET } : null,
      ),
  });
  const report = stdout === '' ? undefined : (JSON.parse(stdout) as PriceRefresh);
  return { report, stdout, stderr, exitCode };
}

/** Products in the form of `GetProducts`: each a text of JSON of its own. */
function page(products: Parameters<typeof priceList>[1], NextToken?: string): ApiAnswer {
  const list = priceList('AmazonEC2', products);
  const PriceList = Object.values(list.products).map((product) =>
    JSON.stringify({
      product,
      serviceCode: 'AmazonEC2',
      terms: { OnDemand: list.terms.OnDemand[product.sku] },
      version: '20261120000000',
      publicationDate: '2026-11-20T00:00:00Z',
    }),
  );
  return { body: JSON.stringify({ FormatVersion: 'aws_v1', PriceList, NextToken }) };
}

const isEc2 = ({ body }: ApiRequest) => body.includes('"AmazonEC2"');
const EMPTY: ApiAnswer = { body: '{"PriceList":[]}' };
const EC2 = 'aws/ec2/p5.48xlarge/us-east-1/on-demand/instance-hour';

describe('landfall catalog refresh --live', () => {
  it('keeps what the seller answers, page by page, over what is published', async () => {
    await inFolder(async (cache) => {
      const { report, stdout } = await refresh(
        cache,
        (request) => {
          if (!isEc2(request)) return EMPTY;
          const isSecond = request.body.includes('"NextToken":"more"');
          return isSecond ? page([instance('g6e.xlarge', 1.5)]) : page([instance('p5.48xlarge', 50)], 'more');
        },
        ['--provider', 'aws-query', '--accept-moves'],
      );
      expect(report?.parts.filter(({ state }) => state === 'written').map(({ part, prices }) => [part, prices])).toEqual([['AmazonEC2/us-east-1', 2]]); // prettier-ignore
      expect(stdout).not.toContain(SECRET);
      const catalog = loadCatalog({ prices: cache });
      const { steps } = resolvePrice({ id: EC2, catalog, asOf: '2026-11-28' });
      expect(steps.map(({ layer, state, usd }) => [layer, state, usd])).toEqual([
        ['override', 'silent', null],
        ['live', 'answers', 50],
        ['cache', 'silent', null],
        ['bundled', 'beneath', 55.04],
        ['derived', 'silent', null],
      ]);
    });
  });

  it('asks for plain Linux in one region, with a signature and no secret', async () => {
    await inFolder(async (cache) => {
      await refresh(cache, () => EMPTY, ['--provider', 'aws-query']);
      const asked = server?.requests.find(isEc2);
      expect(asked?.headers).toMatchObject({
        'x-amz-target': 'AWSPriceListService.GetProducts',
        authorization: expect.stringContaining('/us-east-1/pricing/aws4_request'),
      });
      expect(asked?.body).toContain('{"Type":"TERM_MATCH","Field":"operatingSystem","Value":"Linux"}');
      expect(JSON.stringify(asked?.headers.authorization)).not.toContain(SECRET);
    });
  });

  it('keeps spot prices as the median of their zones', async () => {
    const item = (zone: string, price: string) =>
      `<item><instanceType>p5.48xlarge</instanceType><productDescription>Linux/UNIX</productDescription><spotPrice>${price}</spotPrice><timestamp>2026-11-28T12:00:00.000Z</timestamp><availabilityZone>us-east-1${zone}</availabilityZone></item>`;
    const answer = (items: string, next: string) =>
      `<?xml version="1.0"?><DescribeSpotPriceHistoryResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><spotPriceHistorySet>${items}</spotPriceHistorySet><nextToken>${next}</nextToken></DescribeSpotPriceHistoryResponse>`;
    await inFolder(async (cache) => {
      const { report } = await refresh(
        cache,
        ({ body }) => ({
          body: body.includes('NextToken=next')
            ? answer(item('c', '24.0') + item('a', '99.0'), '')
            : answer(item('a', '20.0') + item('b', '21.0'), 'next'),
        }),
        ['--provider', 'aws-spot', '--accept-moves'],
      );
      expect(report?.parts[0]).toMatchObject({ part: 'us-east-1', state: 'written', prices: 1 });
      const [record] = loadCatalog({ prices: cache })
        .prices()
        .filter(({ layer }) => layer === 'live');
      expect(record).toMatchObject({ usd: 21, lowUsd: 20, highUsd: 24, term: 'spot', acceleratorCount: 8 });
    });
  });

  it('keeps capacity blocks as their fee by instance and hour, and what cannot be had as it was', async () => {
    const block = (fee: string, hours: number) =>
      `<item><capacityBlockOfferingId>cbr-0</capacityBlockOfferingId><instanceType>p5.48xlarge</instanceType><availabilityZone>us-east-1a</availabilityZone><instanceCount>1</instanceCount><capacityBlockDurationHours>${hours}</capacityBlockDurationHours><capacityBlockDurationMinutes>30</capacityBlockDurationMinutes><upfrontFee>${fee}</upfrontFee><currencyCode>USD</currencyCode><tenancy>default</tenancy></item>`;
    const answer = (items: string) =>
      `<DescribeCapacityBlockOfferingsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>0</requestId><capacityBlockOfferingSet>${items}</capacityBlockOfferingSet></DescribeCapacityBlockOfferingsResponse>`;
    await inFolder(async (cache) => {
      const { report } = await refresh(
        cache,
        // 23.5 hours at 48 and 47.5 hours at 50 USD.
        ({ body }) => ({
          body: answer(
            body.includes('InstanceType=p5.48xlarge') ? block('1128', 23) + block('2375', 47) : '',
          ),
        }),
        ['--provider', 'aws-capacity-blocks'],
      );
      const asked = new URLSearchParams(server?.requests[0]?.body);
      expect(asked.get('InstanceCount')).toBe('1');
      expect(asked.get('CapacityDurationHours')).toBe('24');
      const states = report?.parts.map(({ part, state }) => `${part} ${state}`);
      expect(states).toContain('us-east-1/p5.48xlarge written');
      expect(states).toContain('us-east-1/p4d.24xlarge absent');
      const catalog = loadCatalog({ prices: cache });
      const usdOf = (type: string) =>
        resolvePrice({
          id: `aws/ec2-capacity-block/${type}/us-east-1/capacity-block/instance-hour`,
          catalog,
          asOf: '2026-11-28',
        }).usd;
      expect(usdOf('p5.48xlarge')).toEqual({ low: 48, base: 49, high: 50 });
      expect(usdOf('p4d.24xlarge')?.base).toBe(13.568);
    });
  });

  it.each([
    ['pages that do not end', 'aws-query', () => page([instance('p5.48xlarge', 50)], 'again')],
    ['not an answer of GetProducts', 'aws-query', (): ApiAnswer => ({ body: '<html>' })],
    ['not a product', 'aws-query', (): ApiAnswer => ({ body: '{"PriceList":["{}"]}' })],
    ['not an answer of DescribeSpotPriceHistory', 'aws-spot', (): ApiAnswer => ({ body: '<html>' })],
    [
      'not an answer of DescribeCapacityBlockOfferings',
      'aws-capacity-blocks',
      (): ApiAnswer => ({ body: '' }),
    ],
    [
      'ExpiredTokenException; the session has ended',
      'aws-spot',
      (): ApiAnswer => ({ status: 400, body: '{"__type":"ExpiredTokenException"}' }),
    ],
  ])('notes "%s" of %s and keeps what was there', async (words, provider, answer) => {
    await inFolder(async (cache) => {
      const { report, exitCode, stdout } = await refresh(cache, answer, ['--provider', provider]);
      expect(exitCode).toBe(6);
      expect(report?.parts.every(({ state }) => state === 'failed')).toBe(true);
      expect(report?.parts[0]?.notes[0]).toContain(words);
      expect(stdout).not.toContain(SECRET);
    });
  });

  it('without credentials says how to get some; without the flag, that it is needed', async () => {
    await inFolder(async (cache) => {
      const nobody = await refresh(cache, () => EMPTY, ['--provider', 'aws-query'], false);
      expect(nobody).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('no credentials of AWS') });
      expect(server?.requests).toEqual([]);
      const { stderr } = await main(['catalog', 'refresh', '--provider', 'aws-spot', '--output', cache], {
        today: '2026-11-28',
        color: false,
        width: 100,
        debug: false,
      });
      expect(stderr).toContain('add --live');
    });
  });
});
