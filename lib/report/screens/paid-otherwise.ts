import type { BoughtOtherwise, Payment } from '#lib/compare/bought-otherwise';
import { percent, usd } from '#lib/report/format';

const PAYMENT_WORDS: Readonly<Record<Payment, { readonly words: string; readonly write: string }>> = {
  scheduled: { words: 'following its hours by a schedule', write: 'scaling: { policy: scheduled }' },
  autoscaled: { words: 'following its load', write: 'scaling: { policy: autoscaled }' },
  commitment: { words: 'with its base load bought for a term', write: 'commitment: auto' },
  'scheduled-and-commitment': {
    words: 'by a schedule, its base load bought for a term',
    write: 'scaling: { policy: scheduled }, commitment: auto',
  },
};

/** What another way to pay for a fleet would cost, and what to write for it. */
export function otherwiseLines(otherwise: readonly BoughtOtherwise[]): string[] {
  return otherwise.map(({ option, payment, monthlyUsd, savesUsd, paidShare }) => {
    const { words, write } = PAYMENT_WORDS[payment];
    const hours = paidShare === 1 ? '' : `, in ${percent(paidShare)} of the node-hours`;
    return `${option} ${words} would cost ${usd(monthlyUsd)}, ${usd(savesUsd)} less${hours}: ${write}`;
  });
}
