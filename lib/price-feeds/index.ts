import { awsCapacityBlocks } from '#lib/price-feeds/aws/capacity-block-feed';
import { AWS, AWS_CHINA, priceListFeed } from '#lib/price-feeds/aws/feed';
import { awsQuery } from '#lib/price-feeds/aws/query-feed';
import { awsSpot } from '#lib/price-feeds/aws/spot-feed';
import { awsSavingsPlans } from '#lib/price-feeds/aws/savings-plan-feed';
import type { PriceFeed } from '#lib/price-feeds/feed';
import { gpuhunt } from '#lib/price-feeds/neoclouds/gpuhunt';
import { skypilot } from '#lib/price-feeds/neoclouds/skypilot';
import { genaiPrices } from '#lib/price-feeds/tokens/genai-prices';
import { litellm } from '#lib/price-feeds/tokens/litellm';

/** Publishers that prices are refreshed from, in the order in which they are asked: shares need their prices first. */
export const PRICE_FEEDS: readonly PriceFeed[] = [
  priceListFeed(AWS),
  priceListFeed(AWS_CHINA),
  awsSavingsPlans,
  genaiPrices,
  litellm,
  skypilot,
  gpuhunt,
];

/** Sellers that are asked with somebody's credentials, and only where that is wanted. */
export const LIVE_FEEDS: readonly PriceFeed[] = [awsQuery, awsSpot, awsCapacityBlocks];
