import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { byUsage, instance, listAddresses, priceList } from '../_support/price-lists';

/** A fifth of a real list: memory does not depend on the size, and parsing takes its time. */
const LIST_MEGABYTES = 60;
const LIMIT_MEGABYTES = 256;

const { indexes, list } = listAddresses(['AmazonEC2']);
const LINUX = JSON.stringify(
  priceList('AmazonEC2', [instance('p5.48xlarge', 55.04), byUsage('NatGateway-Hours', 'Hrs', 0.045)]),
);
const filler = (index: number) => {
  const { products } = priceList('AmazonEC2', [instance('m5.large', 1, { operatingSystem: 'Windows' })]);
  return `"FILLER${index}":${JSON.stringify(products['SKU0'])}`;
};

/** The list with as many other products before ours as it takes. */
async function sendList(response: ServerResponse): Promise<void> {
  const [head = '', rest = ''] = LINUX.split(/(?<="products":\{)/);
  response.writeHead(200);
  response.write(head);
  const megabyte = Array.from({ length: Math.ceil(1e6 / filler(0).length) }, (_, index) => filler(index));
  for (let sent = 0; sent < LIST_MEGABYTES; sent += 1) {
    if (!response.write(`${megabyte.join(',')},`)) await new Promise((done) => response.once('drain', done));
  }
  response.end(rest);
}

describe('a refresh of a large price list', () => {
  it(`holds no more than ${LIMIT_MEGABYTES} MB, whatever the size of the list`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-memory-'));
    const server = createServer((request, response) => {
      const url = request.url ?? '';
      if (url === list('AmazonEC2')) void sendList(response);
      else response.end(JSON.stringify((indexes as Readonly<Record<string, unknown>>)[url] ?? {}));
    });
    try {
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const peak = join(folder, 'peak.cjs');
      writeFileSync(
        peak,
        `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'peak'))}, String(process.resourceUsage().maxRSS)));`,
      );
      const words = [
        '--provider',
        'aws',
        '--endpoint-root',
        root,
        '--region',
        'us-east-1',
        '--accept-moves',
        '--json',
      ];
      const child = spawn(
        process.execPath,
        [
          '--require',
          peak,
          '--conditions=source',
          '--import',
          'tsx',
          'bin/landfall.ts',
          'catalog',
          'refresh',
          ...words,
        ],
        {
          env: { ...process.env, LANDFALL_PRICES: join(folder, 'prices') },
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      const code = await new Promise((done) => child.on('close', done));
      expect(code).toBe(0);
      const { parts } = JSON.parse(stdout) as { readonly parts: readonly unknown[] };
      expect(parts[0]).toMatchObject({ part: 'AmazonEC2/us-east-1', state: 'written', prices: 2 });
      expect(Number(readFileSync(join(folder, 'peak'), 'utf8')) / 1024).toBeLessThan(LIMIT_MEGABYTES);
    } finally {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
