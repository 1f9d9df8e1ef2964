import type { Band } from '#lib/units/band';

/** A network switch that one buys. */
export interface SwitchShape {
  readonly id: string;
  readonly name: string;
  readonly ports: number;
  readonly portGbps: number;
  /** Ports behind one transceiver cage: 2 where a twin-port transceiver serves both. */
  readonly portsPerCage: number;
  readonly rackUnits: number;
  readonly powerKw: Band;
  readonly weightKg: number | null;
  /** Price record of the purchase; `null` where nobody publishes one. */
  readonly priceId: string | null;
  readonly source: string;
  readonly note: string | null;
}

/** A three-phase circuit to a rack, by its standard rating. */
export interface CircuitShape {
  readonly id: string;
  readonly name: string;
  /** Power regions in which it is usual. */
  readonly areas: readonly string[];
  readonly volts: number;
  readonly amps: number;
  readonly source: string;
}
