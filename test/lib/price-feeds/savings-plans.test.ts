import { describe, expect, it } from 'vitest';
import { only, table } from '../../_support/feed-documents';

describe('the savings plans of AWS', () => {
  const rate = (usagetype: string, price: string, changes = {}) => ({
    discountedSku: 'X',
    discountedUsageType: usagetype,
    discountedOperation: 'RunInstances',
    discountedServiceCode: 'AmazonEC2',
    rateCode: 'X',
    unit: 'Hrs',
    discountedRate: { price, currency: 'USD' },
    ...changes,
  });
  const plan = (sku: string, years: number, ...rates: readonly object[]) => ({
    sku,
    description: 'made up',
    leaseContractLength: { duration: years, unit: 'year' },
    rates,
  });
  const product = (sku: string, purchaseOption: string, productFamily = 'ComputeSavingsPlans') => ({
    sku,
    productFamily,
    attributes: { purchaseOption },
  });
  const plans = {
    publicationDate: '2026-11-20T00:00:00Z',
    products: [product('A', 'No Upfront'), product('B', 'No Upfront'), product('C', 'All Upfront')],
    terms: {
      savingsPlan: [
        plan(
          'A',
          1,
          rate('BoxUsage:p5.48xlarge', '41.28'),
          rate('BoxUsage:p5.48xlarge', '60', { discountedOperation: 'RunInstances:0002' }),
          rate('DedicatedUsage:p5.48xlarge', '70'),
          rate('BoxUsage:zz9.large', '0.1'),
        ),
        plan('B', 3, rate('USE1-BoxUsage:p5.48xlarge', '27.52')),
        plan('C', 1, rate('BoxUsage:p5.48xlarge', '1')),
      ],
    },
  };
  const documents = {
    '/offers/v1.0/aws/index.json': {
      offers: { AmazonEC2: { currentSavingsPlanIndexUrl: '/plans/region_index.json' } },
    },
    '/plans/region_index.json': {
      regions: [{ regionCode: 'us-east-1', versionUrl: '/plans/us-east-1.json' }],
    },
    '/plans/us-east-1.json': plans,
  };

  it('become shares of the on-demand price: Linux, nothing upfront, by their years', async () => {
    const answer = await only('aws-savings-plans', documents, 'compute/us-east-1');
    // 41.28 ÷ 55.04 and 27.52 ÷ 55.04.
    expect(table(answer?.snapshot)).toEqual({
      'p5.48xlarge us-east-1 reserved-1y ratio': 0.75,
      'p5.48xlarge us-east-1 reserved-3y ratio': 0.5,
    });
    expect(answer?.notes[0]).toContain('1 types have a rate and no on-demand price');
  });

  it('of a family and for all families become the lowest of both', async () => {
    const both = {
      ...plans,
      products: [...plans.products, product('D', 'No Upfront', 'EC2InstanceSavingsPlans')],
      terms: {
        savingsPlan: [
          ...plans.terms.savingsPlan,
          plan('D', 1, rate('BoxUsage:p5.48xlarge', '50')),
          plan('D', 3, rate('BoxUsage:p5.48xlarge', '23.77728')),
        ],
      },
    };
    const answer = await only(
      'aws-savings-plans',
      { ...documents, '/plans/us-east-1.json': both },
      'compute/us-east-1',
    );
    expect(table(answer?.snapshot)).toEqual({
      'p5.48xlarge us-east-1 reserved-1y ratio': 0.75,
      'p5.48xlarge us-east-1 reserved-3y ratio': 0.432,
    });
    expect(answer?.snapshot?.prices[1]?.note).toContain('of the instance family, nothing upfront: 23.77728');
  });

  it('of SageMaker become shares of what hosting costs', async () => {
    const hosted = { discountedOperation: 'RunInstance', discountedServiceCode: 'AmazonSageMaker' };
    const machine = {
      ...plans,
      products: [product('A', 'No Upfront', 'MachineLearningSavingsPlans')],
      terms: {
        savingsPlan: [
          plan(
            'A',
            1,
            rate('USE1-Host:ml.p5.48xlarge', '47.472', hosted),
            rate('USE1-Train:ml.p5.48xlarge', '40', hosted),
          ),
        ],
      },
    };
    const index = { offers: { AmazonSageMaker: { currentSavingsPlanIndexUrl: '/plans/region_index.json' } } };
    const served = {
      ...documents,
      '/offers/v1.0/aws/index.json': index,
      '/plans/us-east-1.json': machine,
    };
    const answer = await only('aws-savings-plans', served, 'sagemaker/us-east-1');
    // 47.472 ÷ 63.296.
    expect(table(answer?.snapshot)).toEqual({ 'ml.p5.48xlarge us-east-1 reserved-1y ratio': 0.75 });
  });

  it('are refused where rates come before their plan', async () => {
    const [first] = plans.terms.savingsPlan;
    const turned = { ...plans, terms: { savingsPlan: [{ rates: first?.rates, sku: 'A' }] } };
    await expect(
      only('aws-savings-plans', { ...documents, '/plans/us-east-1.json': turned }, 'compute/us-east-1'),
    ).rejects.toThrow('rates before their plan');
  });
});
