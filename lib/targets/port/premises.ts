/** Something that must be ready before machines can be installed. */
export interface PreparationStep {
  /** Kebab-case. */
  readonly id: string;
  readonly label: string;
  /** Assumption that says how long it takes, in days. */
  readonly assumption: string;
}

/** Who pays power and cooling of the place: its provider, nobody since they are there, or a line of the bill. */
export type Plant = 'provider' | 'there' | { readonly billedAs: string };

/** The place where machines of one's own, or leased whole, stand. A cloud shows none. */
export interface Premises {
  /** Assumption that is the place's power usage effectiveness. */
  readonly pue: string;
  /** Electricity grid: decides the rated circuits. */
  readonly powerArea: string;
  /** Power sources behind the racks: one module more than needed, or every path twice. */
  readonly redundancy: 'n-plus-1' | '2n';
  /** Power that one rack gets, kW; `null` where cooling alone decides. */
  readonly rackKw: number | null;
  /** What must be ready before machines are installed, in order. */
  readonly preparation: readonly PreparationStep[];
  /** How the machines come to the place: the assumption of their delivery, in days. */
  readonly delivery: string;
  /** Cross-connects to carriers that are rented with the space; 0 in one's own building. */
  readonly crossConnects: number;
  readonly plant: Plant;
}
