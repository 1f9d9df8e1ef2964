import { AWS } from '#lib/price-feeds/aws/feed';
import { UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedRequest } from '#lib/price-feeds/feed';
import type { SnapshotHead } from '#lib/price-feeds/snapshot-of';

const VERSION = '2016-11-15';
const PAGE = '1000';
const MAXIMUM_PAGES = 200;

export const EC2_ROOT = 'https://ec2.us-east-1.amazonaws.com';

/** What EC2 answered, whole. */
export interface Ec2Answer {
  readonly address: string;
  readonly text: string;
  /** What lies in each `<item>`, the first page first. */
  readonly items: readonly string[];
}

/**
 * Asks EC2 with credentials, page after page.
 *
 * @param set - Element of the answer that holds the items
 */
export async function askEc2(
  { callAws, root }: FeedRequest,
  { region, action, set }: { readonly region: string; readonly action: string; readonly set: string },
  query: Readonly<Record<string, string>>,
): Promise<Ec2Answer> {
  if (callAws === undefined) throw new UnknownForm('no credentials of AWS to ask with');
  const address = root ?? `https://ec2.${region}.amazonaws.com`;
  const whole = new RegExp(`<${action}Response[\\s>][^]*</${action}Response>\\s*$`);
  const items = new RegExp(`<${set}>[^]*</${set}>`);
  const pages: string[] = [];
  for (let token = ''; ;) {
    const asked = { Action: action, Version: VERSION, MaxResults: PAGE, ...query };
    const text = await callAws({
      service: 'ec2',
      region,
      root: address,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams(token === '' ? asked : { ...asked, NextToken: token }).toString(),
      permission: `ec2:${action}`,
    });
    pages.push(text);
    if (!whole.test(text)) throw new UnknownForm(`not an answer of ${action}`);
    const next = element(text.replace(items, ''), 'nextToken');
    if (next === null || next === '') break;
    if (next === token || pages.length >= MAXIMUM_PAGES) throw new UnknownForm('pages that do not end');
    token = next;
  }
  const text = pages.join('');
  return { address, text, items: [...text.matchAll(/<item>([^]*?)<\/item>/g)].map(([, item = '']) => item) };
}

/** The text of an element; `null` where there is none. */
export function element(xml: string, name: string): string | null {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return text ?? null;
}

/** What is alike of all that EC2 is asked for. */
export function ec2Head(feed: string, part: string, fetchedAt: string): SnapshotHead {
  return {
    feed,
    part,
    publisher: AWS.publisher,
    method: 'price-api',
    confidence: 'primary',
    currency: 'USD',
    fetchedAt,
    publicationDate: null,
    live: true,
  };
}

/** Lowest, middle and highest of some amounts in USD. */
export function spreadOf(amounts: readonly number[]): { usd: number; lowUsd: number; highUsd: number } {
  const sorted = amounts.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  const both = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
  return {
    usd: Number(both.toPrecision(12)),
    lowUsd: sorted[0] ?? Number.NaN,
    highUsd: sorted.at(-1) ?? Number.NaN,
  };
}
