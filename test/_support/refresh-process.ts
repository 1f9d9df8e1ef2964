import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendLargeList, type ListSize } from './large-price-list';
import { listAddresses } from './price-lists';

const { indexes, list } = listAddresses(['AmazonEC2']);

/** Writes the most memory that its process held, in kB, when it ends. */
const PEAK = `process.on('exit', () =>
  require('node:fs').writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));`;

export interface RefreshRun {
  readonly code: number | null;
  readonly parts: readonly unknown[];
  readonly list: ListSize | null;
  readonly peakMegabytes: number;
}

/**
 * Runs `landfall catalog refresh` as a process of its own, against a server with a list of EC2 of the given size.
 *
 * @param landfall - words that Node is given to start the command
 */
export async function refreshOfSize(megabytes: number, landfall: readonly string[]): Promise<RefreshRun> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-memory-'));
  const [peak, peakFile] = [join(folder, 'peak.cjs'), join(folder, 'peak')];
  writeFileSync(peak, PEAK);
  let size: ListSize | null = null;
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url === list('AmazonEC2')) void sendLargeList(response, megabytes).then((sent) => (size = sent));
    else response.end(JSON.stringify((indexes as Readonly<Record<string, unknown>>)[url] ?? {}));
  });
  try {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const words = ['catalog', 'refresh', '--provider', 'aws', '--endpoint-root', root, '--region', 'us-east-1', '--accept-moves', '--json']; // prettier-ignore
    const child = spawn(process.execPath, ['--require', peak, ...landfall, ...words], {
      env: { ...process.env, LANDFALL_PRICES: join(folder, 'prices'), PEAK_FILE: peakFile },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    const code = await new Promise<number | null>((done) => child.on('close', done));
    const { parts } = JSON.parse(stdout) as { readonly parts: readonly unknown[] };
    const peakMegabytes = (Number(readFileSync(peakFile, 'utf8')) * 1024) / 1e6;
    return { code, parts, list: size, peakMegabytes };
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
