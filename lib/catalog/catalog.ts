import type { AcceleratorSlice } from '#lib/catalog/accelerator-slices';
import type { Accelerator } from '#lib/catalog/accelerators';
import type { Assumption } from '#lib/catalog/assumptions';
import type { HeldRequests } from '#lib/catalog/held-requests';
import type { InstanceShape, ServerShape } from '#lib/catalog/instances';
import type { ImportArchitecture, ImportUnits } from '#lib/catalog/model-import';
import type { Model } from '#lib/catalog/models';
import type { NodeSize } from '#lib/catalog/node-sizes';
import type { LicenceTerms } from '#lib/catalog/licence-terms';
import type { ServiceQuota } from '#lib/catalog/service-quotas';
import type { FreeAllowance } from '#lib/catalog/free-tier';
import type { ExchangeRate } from '#lib/catalog/exchange-rates';
import type { PriceLayer } from '#lib/catalog/price-layers';
import type { PriceRecord, ServicePart } from '#lib/catalog/prices';
import type { Source } from '#lib/catalog/provenance';
import type { CircuitShape, SwitchShape } from '#lib/catalog/site-equipment';
import type { ManagedModel, RegionalFactor } from '#lib/catalog/managed-models';
import type { QualityEvidence, QualityRecovery } from '#lib/catalog/quality';
import type { ServingRow } from '#lib/catalog/benchmarks';
import type { Corrections, KernelConstants, SizingConstants } from '#lib/catalog/calibration';
import type { KernelTable } from '#lib/catalog/kernel-curves';

/** Files over the bundled catalog, as they were named. */
export interface LaidOver {
  /** Ids of models of one's own. */
  readonly models: readonly string[];
  /** The calibration's file. */
  readonly calibration: string | null;
  /** A pin or a folder of refreshed prices; `cache` where nobody named it. */
  readonly prices: string | null;
}

/** All facts, indexed. Tests pass a small one. Big tables are functions, so that a command loads only what it reads. */
export interface Catalog {
  /** Day on which the bundled snapshot was made: `2026-11-23`. */
  readonly snapshot: string;
  readonly accelerators: ReadonlyMap<string, Accelerator>;
  /** By id: `h100-sxm-3g.40gb`. */
  slices(): ReadonlyMap<string, AcceleratorSlice>;
  readonly models: ReadonlyMap<string, Model>;
  readonly instances: ReadonlyMap<string, InstanceShape>;
  /** Of every EC2 type, whether it is priced or not. */
  readonly nodeSizes: () => ReadonlyMap<string, NodeSize>;
  readonly servers: ReadonlyMap<string, ServerShape>;
  readonly managedModels: readonly ManagedModel[];
  readonly regionalFactors: readonly RegionalFactor[];
  /** Architectures that Bedrock's Custom Model Import takes, and copies whose size in units is published. */
  importArchitectures(): ReadonlyMap<string, ImportArchitecture>;
  importUnits(): readonly ImportUnits[];
  readonly exchangeRates: ReadonlyMap<string, ExchangeRate>;
  /** What AWS gives every account for nothing; taken off only where a bill is asked to. */
  freeTier(): readonly FreeAllowance[];
  /** Every region of every partition of AWS, whether it has prices or not. */
  awsRegions(): readonly string[];
  /** Limits of accounts of AWS that a deployment takes parts of. */
  serviceQuotas(): readonly ServiceQuota[];
  /** Of licences with a clause to know of, by name. */
  licenceTerms(): ReadonlyMap<string, LicenceTerms>;
  readonly quality: readonly QualityRecovery[];
  qualityEvidence(): readonly QualityEvidence[];
  readonly assumptions: ReadonlyMap<string, Assumption>;
  readonly constants: SizingConstants;
  readonly kernelConstants: KernelConstants;
  /** Measured operators of an accelerator or of a sibling with the same chip; `null` where nobody measured them. */
  readonly kernelTable: (accelerator: string) => KernelTable | null;
  /** What measured runs say beyond the method: the catalog's, then a user's own. */
  readonly corrections: () => readonly Corrections[];
  /** A user's own, where one was read: `isAlone` where nothing else was fitted on the catalog's rows. @default - none */
  readonly ownCalibration?: { readonly corrections: Corrections; readonly isAlone: boolean };
  /** What was laid over the bundled facts. @default - nothing */
  readonly laidOver?: LaidOver;
  /** What a facility plan counts besides servers. */
  switches(): ReadonlyMap<string, SwitchShape>;
  circuits(): readonly CircuitShape[];
  /**
   * Every price by the layer that answers for it. Where a service is named, those of others may be left out, and where a
   * part of it is, the others of the service.
   */
  prices(seller?: string, service?: string, part?: ServicePart): readonly PriceRecord[];
  /** Regions that a seller's prices name, `*` included. */
  pricedRegions(seller: string): readonly string[];
  /** The layers beneath `prices`, the first asked first; a made-up catalog may have none. */
  priceLayers?(): readonly PriceLayer[];
  sources(): ReadonlyMap<string, Source>;
  /** Launch flags of publishers under which a request waits for steps before it is scheduled. */
  heldRequests(): readonly HeldRequests[];
  /** Measured runs of one model, or of all, that constants are fitted on. */
  servingRows(model?: string): readonly ServingRow[];
  /** Measured runs that nothing is fitted on: those of accelerators without calibration rows. */
  unfittedRows(): readonly ServingRow[];
}
