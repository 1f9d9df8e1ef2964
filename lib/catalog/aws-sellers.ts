/** The regions in China are run by other companies, with price lists of their own, in CNY. */
export const AWS_SELLERS = ['aws', 'aws-cn'] as const;
export type AwsSeller = (typeof AWS_SELLERS)[number];

/** Who sells AWS in a region; `*` is everywhere but China. */
export function awsSeller(region: string): AwsSeller {
  return isChinese(region) ? 'aws-cn' : 'aws';
}

export function isChinese(region: string): boolean {
  return region.startsWith('cn-');
}
