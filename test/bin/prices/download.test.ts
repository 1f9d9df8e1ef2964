import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { downloader } from '#bin/prices/download';
import { jsonReader } from '#lib/price-feeds/document-reader';
import {
  cut,
  inTurn,
  priceServer,
  sends,
  shortened,
  status,
  type Answer,
  type PriceServer,
} from '../../_support/price-server';

const DOCUMENT = { prices: ['a', 'b', 'c'] };
const TEXT = JSON.stringify(DOCUMENT);
const SHA256 = createHash('sha256').update(TEXT).digest();
const reader = () => jsonReader(z.object({ prices: z.array(z.string()) }));
const read = downloader({ attempts: 3, backoffMs: 1, silenceMs: 150, longestWaitMs: 20 });

let server: PriceServer | undefined;
afterEach(() => server?.close());

async function readFrom(answer: Answer, more: Readonly<Record<string, Answer>> = {}) {
  server = await priceServer({ '/list.json': answer, ...more });
  return read(`${server.root}/list.json`, reader);
}
const tries = () => server?.asked.get('/list.json');

describe('a download', () => {
  it('gives what was read, its address and the digest of its bytes', async () => {
    const { value, facts } = await readFrom(sends(DOCUMENT));
    expect(value).toEqual(DOCUMENT);
    expect(facts).toEqual({
      url: `${server?.root}/list.json`,
      sha256: SHA256.toString('hex'),
      bytes: TEXT.length,
    });
  });

  it('follows redirects, and says where it ended', async () => {
    const moved: Answer = (response, _, root) =>
      response.writeHead(302, { location: `${root}/new.json` }).end();
    const { facts } = await readFrom(moved, { '/new.json': sends(DOCUMENT) });
    expect(facts.url).toBe(`${server?.root}/new.json`);
  });

  it.each([
    ['too many requests', status(429, { 'retry-after': '0' })],
    ['an error of the server', status(503)],
    ['half a document that was promised whole', cut(DOCUMENT)],
    ['half a document that ends as if it were whole', shortened(DOCUMENT)],
    ['a wrong length', sends(DOCUMENT, { 'content-length': String(TEXT.length + 5) })],
    ['a wrong SHA-256', sends(DOCUMENT, { 'x-amz-checksum-sha256': `${'A'.repeat(43)}=` })],
    ['a wrong digest of RFC 9530', sends(DOCUMENT, { 'repr-digest': `sha-256=:${'A'.repeat(43)}=:` })],
    ['a wrong MD5', sends(DOCUMENT, { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' })],
    ['silence', () => undefined],
  ] as const)('is tried again after %s', async (_, answer) => {
    const { value } = await readFrom(inTurn(answer, sends(DOCUMENT)));
    expect([value, tries()]).toEqual([DOCUMENT, 2]);
  });

  it.each([
    ['a server that stays down', status(503), 'answered 503 (3 tries)', 3],
    ['documents that stay cut', shortened(DOCUMENT), 'cut short', 3],
    ['a document that is not there', status(404), 'answered 404', 1],
    ['a refusal', status(403), 'answered 403', 1],
    ['an error page with status 200', sends('<html>sorry</html>'), 'not in the known form: not JSON', 1],
    ['another form', sends({ prices: [1] }), 'not in the known form: prices.0', 1],
  ] as const)('fails with %s, saying why', async (_, answer, words, expected) => {
    await expect(readFrom(answer)).rejects.toThrow(words);
    expect(tries()).toBe(expected);
  });

  it('passes right checksums, and those that are of parts', async () => {
    const headers = {
      'x-amz-checksum-sha256': 'c29tZXRoaW5n-3',
      'repr-digest': `sha-256=:${SHA256.toString('base64')}:`,
    };
    expect((await readFrom(sends(DOCUMENT, headers))).value).toEqual(DOCUMENT);
  });

  it('fails where nobody listens', async () => {
    const gone = await priceServer({});
    await gone.close();
    await expect(read(`${gone.root}/list.json`, reader)).rejects.toThrow(/ECONNREFUSED|connect/);
  });

  it('that goes on without end in redirects fails', async () => {
    const loop: Answer = (response, _, root) =>
      response.writeHead(302, { location: `${root}/list.json` }).end();
    await expect(readFrom(loop)).rejects.toThrow('redirect');
  });
});
