/** An input that is judged, not looked up: it always has a range, and a user may override it. */
export interface Assumption {
  /** Dotted path: `electricity.us.usd-per-kwh`. The environment overrides it under this id. */
  readonly id: string;
  readonly label: string;
  readonly low: number;
  readonly base: number;
  readonly high: number;
  readonly unit: string;
  readonly asOf: string;
  readonly source: string;
  readonly note: string | null;
}
