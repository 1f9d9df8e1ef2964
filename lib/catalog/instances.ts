/** One network card layout for EFA. Card 0 carries the primary interface, which cannot be `efa-only`. */
export interface EfaLayout {
  /** Interfaces with EFA in all. */
  readonly interfaces: number;
  readonly gbps: number;
  /** `false` where card 0 is ENA only (p6-b300) and EFA starts at card 1. */
  readonly primaryCarriesEfa: boolean;
}

/** A cloud instance type: what it holds, not what it costs. */
export interface InstanceShape {
  readonly id: string;
  readonly seller: 'aws';
  /** Id in the accelerator catalog; `null` for instances without one. */
  readonly accelerator: string | null;
  readonly gpus: number;
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly localDiskGb: number;
  readonly networkGbps: number;
  readonly efa: EfaLayout | null;
  readonly architecture: 'x86_64' | 'arm64';
  /** The same shape on SageMaker; `null` where it is not offered. */
  readonly sagemaker: string | null;
  readonly source: string;
  readonly note: string | null;
}

/** Ports that one server brings to the network between servers. */
export interface ServerFabric {
  /** Hosts of their own inside it: 1 for a server, the trays for a rack-scale system. */
  readonly hosts: number;
  /** Rails: ports of one host that go to different leaves, one for each GPU. */
  readonly rails: number;
  /** Planes: independent networks that each rail is split over. */
  readonly planes: number;
  readonly linkGbps: number;
  /** Links of one transceiver cage of the host. */
  readonly portsPerCage: number;
  /** Id of the switch that the network is built from. */
  readonly switch: string;
  readonly source: string;
}

/** A server that one buys: HGX or DGX class, by its accelerators. */
export interface ServerShape {
  readonly id: string;
  readonly name: string;
  readonly accelerator: string;
  readonly gpus: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly localDiskGb: number;
  readonly rackUnits: number;
  /** Nameplate maximum, in kW, and the doubt about it. */
  readonly powerKw: { readonly low: number; readonly base: number; readonly high: number };
  readonly weightKg: number | null;
  readonly fabric: ServerFabric;
  /** Trays that hold nothing but switches between its accelerators. @default - none can be exchanged by itself */
  readonly linkSwitchTrays?: number;
  /** Price record of the purchase; `null` where nobody publishes one. */
  readonly priceId: string | null;
  readonly source: string;
  readonly note: string | null;
}
