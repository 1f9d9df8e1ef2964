/** Which managed service sells a model of the catalog, and under which name. */
export interface ManagedModel {
  /** Id in the model catalog. Managed-only models have an entry there with unknown dimensions. */
  readonly model: string;
  readonly seller: 'aws';
  readonly service: 'bedrock';
  /**
   * Id that the service is called with in one region: `meta.llama3-1-70b-instruct-v1:0`. Also the price's `sku`; a
   * profile's price has the profile before it: `global.anthropic.claude-opus-5`.
   */
  readonly modelId: string;
  /** Ways to call it that have a price: in one region, a geographic profile, the global profile. */
  readonly profiles: readonly ('in-region' | 'regional' | 'global')[];
  /** Regions in which the provider says it runs the model, priced or not. @default - where a price is listed */
  readonly regions?: readonly string[];
  /** Its throughput is sold by model units too, with these contexts. @default - it is not */
  readonly provisioned?: {
    readonly variants: readonly { readonly modelId: string; readonly contextTokens: number }[];
    readonly regions: readonly string[];
    readonly source: string;
  };
  readonly source: string;
}

/** Price in a region as a multiple of the price in `base`. Makes a derived price, which is flagged. */
export interface RegionalFactor {
  readonly seller: string;
  /** A service, or `*`. */
  readonly service: string;
  readonly base: string;
  readonly region: string;
  readonly factor: number;
  /** Ratios that are seen of this service, or of the region where none is. @default - the factor */
  readonly low?: number;
  readonly high?: number;
  readonly source: string;
}
