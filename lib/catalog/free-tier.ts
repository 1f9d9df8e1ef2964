/** What an account of AWS has free of charge in every month, for as long as there is the account. */
export interface FreeAllowance {
  /** `lambda-requests`. */
  readonly id: string;
  readonly service: string;
  /** SKUs that share it: SQS counts requests of standard and FIFO queues together. */
  readonly skus: readonly string[];
  /** Of `quantity`, and of the prices. */
  readonly unit: string;
  readonly quantity: number;
  /** Whether an account has it once, or once in each region. */
  readonly per: 'account' | 'region';
  readonly asOf: string;
  readonly source: string;
  readonly note?: string;
}
