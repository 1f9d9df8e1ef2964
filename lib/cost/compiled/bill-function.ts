import { billSums, type BillFunction } from '#lib/cost/compiled/bill-sums';
import { purchaseLines, type Compiled } from '#lib/cost/compiled/purchase-lines';
import { statedLines, type CompiledInterim } from '#lib/cost/compiled/stated-lines';

export interface BillFunctionProps extends Compiled {
  /** What serves until the option is ready. @default - nothing does */
  readonly meanwhile?: CompiledInterim | null;
}

/**
 * Compiles a plan's bill into arrays of numbers: its purchases, what `finance` and the lead time add, the support plan on
 * what it covers, and tax on all of it. At every value of the inputs it is what the bill of the same plan would be.
 */
export function compileBill(props: BillFunctionProps): BillFunction {
  const lines = [...purchaseLines(props), ...statedLines(props, props.meanwhile ?? null)];
  return billSums(lines, props.space, { isTaxed: true });
}
