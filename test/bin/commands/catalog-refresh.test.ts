import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '#bin/main';
import { parseDocument } from '#lib/catalog/price-documents';
import type { PriceRefresh } from '#lib/price-feeds/price-refresh';
import { DOCUMENTS } from '#lib/report/documents';
import { inFolder } from '../../_support/command-line';
import { byUsage, instance, listAddresses, priceList, type ListedProduct } from '../../_support/price-lists';
import {
  cut,
  inTurn,
  priceServer,
  sends,
  status,
  type Answer,
  type PriceServer,
} from '../../_support/price-server';

/** All bundled on-demand types of us-east-1 at their bundled price would be long: a test region has what it needs. */
const TYPES = ['p5.48xlarge', 'p5en.48xlarge', 'g6e.xlarge'];
const { indexes, list } = listAddresses(['AmazonEC2', 'AmazonS3']);
const EC2 = list('AmazonEC2');
const S3 = list('AmazonS3');

let server: PriceServer | undefined;
afterEach(() => server?.close());

const ec2 = (...products: readonly ListedProduct[]) => priceList('AmazonEC2', products);
const s3 = priceList('AmazonS3', [byUsage('TimedStorage-ByteHrs', 'GB-Mo', 0.023)]);
const gateway = byUsage('NatGateway-Hours', 'Hrs', 0.045);
const types = (factor = 1) => TYPES.map((type, index) => instance(type, (index + 1) * factor));

async function serve(answers: Readonly<Record<string, Answer>>) {
  await server?.close();
  const paths = Object.entries(indexes).map(([path, document]) => [path, sends(document)] as const);
  server = await priceServer({ ...Object.fromEntries(paths), [S3]: sends(s3), ...answers });
}

async function refresh(cache: string, ...words: readonly string[]) {
  const root = ['--provider', 'aws', '--endpoint-root', server?.root ?? ''];
  const command = ['catalog', 'refresh', '--output', cache, '--region', 'us-east-1', '--json', ...root];
  const { stdout, stderr, exitCode } = await main([...command, ...words], {
    today: '2026-11-28',
    now: () => '2026-11-28T13:00:00Z',
    color: false,
    width: 100,
    debug: true,
    download: { attempts: 2, backoffMs: 1, silenceMs: 2000 },
  });
  const report = stdout === '' ? undefined : (JSON.parse(stdout) as PriceRefresh);
  const states = new Map(report?.parts.map(({ part, state }) => [part, state]));
  return { report, states, stderr, exitCode };
}

const file = (cache: string, part = 'AmazonEC2/us-east-1') => join(cache, 'aws', `${part}.json`);
const read = (cache: string) => parseDocument(readFileSync(file(cache), 'utf8'), cache);

describe('landfall catalog refresh', () => {
  it('keeps what the lists say, with where and when it was read', async () => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: sends(ec2(...types(), gateway)) });
      const { states, exitCode } = await refresh(cache, '--accept-moves');
      expect([exitCode, states.get('AmazonEC2/us-east-1'), states.get('AmazonS3/us-east-1')]).toEqual([
        0,
        'written',
        'written',
      ]);
      expect(read(cache)).toMatchObject({
        feed: 'aws',
        part: 'AmazonEC2/us-east-1',
        fetchedAt: '2026-11-28T13:00:00Z',
        publicationDate: '2026-11-20T00:00:00Z',
        sourceUrl: `${server?.root}${EC2}`,
        currency: 'USD',
        confidence: 'primary',
      });
    });
  });

  it('writes a document that meets its schema', async () => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: sends(ec2(...types(), gateway)) });
      const { report } = await refresh(cache, '--accept-moves');
      expect(DOCUMENTS['price-refresh'].safeParse(report).error?.issues).toBeUndefined();
      expect(DOCUMENTS['price-snapshot'].safeParse(read(cache)).error?.issues).toBeUndefined();
    });
  });

  it('confirms prices that have not moved', async () => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: sends(ec2(...types(), gateway)) });
      await refresh(cache, '--accept-moves');
      const { states, exitCode } = await refresh(cache);
      expect([exitCode, states.get('AmazonEC2/us-east-1')]).toEqual([0, 'confirmed']);
    });
  });

  it('refuses a price that moves by more than 40 %, lists it, and keeps the last file', async () => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: sends(ec2(...types(), gateway)) });
      await refresh(cache, '--accept-moves');
      const before = readFileSync(file(cache), 'utf8');
      await serve({ [EC2]: sends(ec2(...types(1.41), gateway)) });
      const { report, states, exitCode } = await refresh(cache);
      expect([exitCode, states.get('AmazonEC2/us-east-1')]).toEqual([3, 'refused']);
      expect(report?.parts[0]?.moved).toHaveLength(3);
      expect(report?.parts[0]?.notes[0]).toContain('move by more than 40 %');
      expect(readFileSync(file(cache), 'utf8')).toBe(before);
      expect((await refresh(cache, '--accept-moves')).states.get('AmazonEC2/us-east-1')).toBe('written');
    });
  });

  it('refuses a list that lost more than 5 % of its prices, and unsells them once accepted', async () => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: sends(ec2(...types(), gateway)) });
      await refresh(cache, '--accept-moves');
      await serve({ [EC2]: sends(ec2(...types().slice(1), gateway)) });
      expect((await refresh(cache)).states.get('AmazonEC2/us-east-1')).toBe('refused');
      await refresh(cache, '--accept-moves');
      expect(read(cache)).toMatchObject({
        withdrawn: expect.arrayContaining([
          'aws/ec2/p5.48xlarge/us-east-1/on-demand/instance-hour',
        ]) as unknown,
      });
    });
  });

  it('holds a first refresh against the bundled prices: a list in another unit would be a thousandfold move', async () => {
    await inFolder(async (cache) => {
      await serve({ [S3]: sends(priceList('AmazonS3', [byUsage('TimedStorage-ByteHrs', 'GB-Mo', 23)])) });
      const { states, exitCode } = await refresh(cache);
      expect([exitCode, states.get('AmazonS3/us-east-1')]).toEqual([3, 'refused']);
      expect(existsSync(file(cache, 'AmazonS3/us-east-1'))).toBe(false);
    });
  });

  it.each([
    ['is down', status(500)],
    ['hangs up in the middle', cut(ec2(...types()))],
    ['sends an error page', sends('<html>sorry</html>')],
    ['sends nothing that is known', sends(ec2(instance('p5.48xlarge', 1, { operatingSystem: 'Windows' })))],
  ])('keeps the last file of a publisher that %s, and goes on with the others', async (_, answer) => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: sends(ec2(...types(), gateway)) });
      await refresh(cache, '--accept-moves');
      const before = readFileSync(file(cache), 'utf8');
      await serve({ [EC2]: answer });
      const { report, states, exitCode } = await refresh(cache);
      expect([exitCode, states.get('AmazonEC2/us-east-1'), states.get('AmazonS3/us-east-1')]).toEqual([
        6,
        'failed',
        'confirmed',
      ]);
      expect(report?.parts[0]?.notes[0]).toMatch(
        /answered 500|cut short|terminated|closed|not JSON|no price/,
      );
      expect(readFileSync(file(cache), 'utf8')).toBe(before);
    });
  });

  it('tries again before it gives up', async () => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: inTurn(status(429, { 'retry-after': '0' }), sends(ec2(...types(), gateway))) });
      expect((await refresh(cache, '--accept-moves')).states.get('AmazonEC2/us-east-1')).toBe('written');
    });
  });

  it('is one failure where the index itself cannot be read', async () => {
    await inFolder(async (cache) => {
      await serve({ '/offers/v1.0/aws/index.json': status(403) });
      const { states, exitCode } = await refresh(cache);
      expect([exitCode, [...states]]).toEqual([6, [['index', 'failed']]]);
    });
  });

  it('does not follow an index to another host', async () => {
    await inFolder(async (cache) => {
      const path = '/offers/v1.0/aws/AmazonEC2/current/region_index.json';
      const elsewhere = { regions: { 'us-east-1': { currentVersionUrl: 'http://127.0.0.2/list.json' } } };
      await serve({ [path]: sends(elsewhere) });
      const { report } = await refresh(cache);
      expect(report?.parts[0]?.notes[0]).toContain('an address outside');
    });
  });

  it('leaves nothing half-written: only whole files lie in the cache', async () => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: cut(ec2(...types())) });
      await refresh(cache);
      const names = readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.\w+$/.test(name),
      );
      expect(names).toEqual([join('aws', 'AmazonS3', 'us-east-1.json')]);
    });
  });

  it('replaces a damaged file rather than trust it', async () => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: sends(ec2(...types(), gateway)) });
      await refresh(cache, '--accept-moves');
      writeFileSync(file(cache), readFileSync(file(cache), 'utf8').replace('"usd":1,', '"usd":2,'));
      expect((await refresh(cache, '--accept-moves')).states.get('AmazonEC2/us-east-1')).toBe('written');
      expect(read(cache).prices[0]?.usd).not.toBe(2);
    });
  });

  it('writes nothing with --dry-run', async () => {
    await inFolder(async (cache) => {
      await serve({ [EC2]: sends(ec2(...types(), gateway)) });
      const { states } = await refresh(cache, '--accept-moves', '--dry-run');
      expect(states.get('AmazonEC2/us-east-1')).toBe('written');
      expect(readdirSync(cache)).toEqual([]);
    });
  });

  it.each([
    [['--provider', 'azure'], '"azure"'],
    [['--provider', 'aws,aws-cn'], 'one root for 2 publishers'],
    [['--region', '../../etc'], '"../../etc"'],
    [['--endpoint-root', 'file:///etc'], '"file:///etc"'],
    [['--exchange-rate', 'CNY=-1'], '"CNY=-1"'],
  ])('refuses %j', async (words, got) => {
    await inFolder(async (cache) => {
      await serve({});
      const { exitCode, stderr } = await refresh(cache, ...words);
      expect([exitCode, stderr.replaceAll(/\s+/g, ' ')]).toEqual([4, expect.stringContaining(got)]);
    });
  });
});
