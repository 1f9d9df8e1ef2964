import { AWS, AWS_CHINA, priceListFeed } from '#lib/price-feeds/aws/feed';
import type { PriceFeed } from '#lib/price-feeds/feed';

/** Publishers that prices are refreshed from. */
export const PRICE_FEEDS: readonly PriceFeed[] = [priceListFeed(AWS), priceListFeed(AWS_CHINA)];
