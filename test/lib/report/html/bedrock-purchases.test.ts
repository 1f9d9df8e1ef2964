import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { inChinese } from '#lib/report/html/phrases/chinese-book';
import { loadEnvironment } from '#lib/spec/load-environment';
import { memoryFiles } from '../../spec/memory-files';
import { saidOfOptions } from '../../../_support/said-in-reports';
import { faultsIn, figuresIn } from '../../../_support/told-faults';

const ENVIRONMENT = `
name: bedrock
scenarios:
  chat:
    title: Models by the unit and by the copy
    models: [nova-2-lite, nova-lite, claude-sonnet-5, llama-3.1-8b]
    traffic:
      requestsPerSecond: { mean: 2, peak: 8 }
      inputTokens: { mean: 1024 }
      outputTokens: { mean: 256 }
      growthPerMonth: 0.02
options:
  hourly: { target: aws-bedrock, region: us-east-1, inference: provisioned, modelUnits: 1, serving: { model: nova-2-lite } }
  month: { target: aws-bedrock, region: us-east-1, inference: provisioned, term: 1-month, inputTokensPerMinutePerUnit: 300000, outputTokensPerMinutePerUnit: 60000, serving: { model: nova-2-lite } }
  unpriced: { target: aws-bedrock, region: us-east-1, inference: provisioned, modelUnits: 2, serving: { model: nova-lite } }
  claude: { target: aws-bedrock, region: us-east-1, inference: provisioned, modelUnits: 2, serving: { model: claude-sonnet-5 } }
  unstated: { target: aws-bedrock, region: us-west-2, inference: provisioned, serving: { model: llama-3.1-8b } }
  elsewhere: { target: aws-bedrock, region: us-east-1, inference: provisioned, modelUnits: 1, serving: { model: llama-3.1-8b } }
  few: { target: aws-bedrock, region: us-west-2, inference: provisioned, modelUnits: 1, outputTokensPerMinutePerUnit: 60000, serving: { model: llama-3.1-8b } }
  imported: { target: aws-bedrock, region: us-east-1, inference: imported, tokensPerSecondPerCopy: 1000, serving: { model: llama-3.1-8b } }
  unmeasured: { target: aws-bedrock, region: us-east-1, inference: imported, serving: { model: llama-3.1-8b } }
finance: { horizonMonths: 36, discountRatePerYear: 0.09 }
deploy: { chat: hourly }
`;

describe('a report on model units and imported models', () => {
  const catalog = loadCatalog();
  const { environment } = loadEnvironment('e.yaml', catalog, memoryFiles({ 'e.yaml': ENVIRONMENT }));
  const said = [...saidOfOptions({ environment, catalog, sizer: rememberingSizer(catalog) })];

  it('says everything in Chinese, with the same figures', () => {
    expect(said.filter((text) => inChinese(text) === null)).toEqual([]);
    expect(said.flatMap((text) => faultsIn(inChinese(text) ?? ''))).toEqual([]);
    expect(said.filter((text) => figuresIn(inChinese(text) ?? '') !== figuresIn(text))).toEqual([]);
  });
});
