import type { Purchase } from '#lib/catalog/purchase';

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** Everything that decides the shape in time of one USD of a purchase that is made at a time. */
export function timingOf(purchase: Bought): string {
  return `${purchase.kind} ${timeOf(purchase)} ${leftOf(purchase)}`;
}

/** Of what follows a fleet only what is left of terms has another shape. */
function leftOf({ follows }: Bought): string {
  if (follows?.by !== 'nodes' || follows.leftOfTerm === undefined) return '';
  const { termMonths, countedMonths } = follows.leftOfTerm;
  return `${termMonths} of ${countedMonths}`;
}

function timeOf(purchase: Bought): string {
  switch (purchase.kind) {
    case 'capital':
      return `${purchase.lifeMonths} ${purchase.residual} ${purchase.paidBefore ?? ''}`;
    case 'assumed': {
      const { when, everyMonths, byUse, keptMonths } = purchase;
      return `${when} ${everyMonths ?? ''} ${byUse ?? ''} ${keptMonths ?? ''}`;
    }
    case 'recurring': {
      const { when, prepaid } = purchase;
      return prepaid === undefined
        ? (when ?? '')
        : `${when ?? ''} ${prepaid.termMonths} ${prepaid.share} ${prepaid.shareAssumption ?? ''} ${prepaid.countsTowards ?? ''} ${prepaid.ratioPerYear ?? ''}`;
    }
    case 'usage':
      return purchase.inCopies === undefined ? '' : JSON.stringify(purchase.inCopies);
  }
  return '';
}
