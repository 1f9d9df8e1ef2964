import type { Phrases } from '#lib/report/html/phrases/phrase';

/** Throughput of a provider's model that is bought by units. */
export const modelUnits: Phrases = {
  'Model units of {model}': '{model} 的模型单元',
  'Model units that are bought': '购买的模型单元数',
  '{count#} model unit × {hours#} h, without a commitment': '{count} 个模型单元 × {hours} 小时，无承诺期',
  '{count#} model units × {hours#} h, without a commitment': '{count} 个模型单元 × {hours} 小时，无承诺期',
  '{count#} model unit × {hours#} h, for {months#} month':
    '{count} 个模型单元 × {hours} 小时，承诺 {months} 个月',
  '{count#} model unit × {hours#} h, for {months#} months':
    '{count} 个模型单元 × {hours} 小时，承诺 {months} 个月',
  '{count#} model units × {hours#} h, for {months#} month':
    '{count} 个模型单元 × {hours} 小时，承诺 {months} 个月',
  '{count#} model units × {hours#} h, for {months#} months':
    '{count} 个模型单元 × {hours} 小时，承诺 {months} 个月',
  'an account has no model units until AWS grants them: ask for the quota before you deploy':
    '在 AWS 批准之前，账户没有模型单元：部署前请申请配额',
  'traffic grows and no model unit is added: the bill is that of the {count#} for the peak of month {month#}':
    '流量增长而不增购模型单元：账单按应对第 {month} 个月高峰的 {count} 个计',
  'model units of a commitment cannot be given back before its end, and begin another term by themselves: deleting the stack leaves them standing':
    '承诺期内的模型单元不能提前退还，到期后自动续期：删除堆栈不会移除它们',
  'whether one model unit carries the peak is not checked: what one serves AWS says by account, write it as `inputTokensPerMinutePerUnit` and `outputTokensPerMinutePerUnit`':
    '未检查一个模型单元能否承载高峰：单元的处理能力由 AWS 按账户告知，请填写 `inputTokensPerMinutePerUnit` 与 `outputTokensPerMinutePerUnit`',
  'whether {count#} model units carry the peak is not checked: what one serves AWS says by account, write it as `inputTokensPerMinutePerUnit` and `outputTokensPerMinutePerUnit`':
    '未检查 {count} 个模型单元能否承载高峰：单元的处理能力由 AWS 按账户告知，请填写 `inputTokensPerMinutePerUnit` 与 `outputTokensPerMinutePerUnit`',
  'what a model unit serves is published nowhere: write `modelUnits`, or what the account manager says as `inputTokensPerMinutePerUnit` and `outputTokensPerMinutePerUnit`':
    '模型单元的处理能力未公布：请填写 `modelUnits`，或按客户经理所告填写 `inputTokensPerMinutePerUnit` 与 `outputTokensPerMinutePerUnit`',
  'the peak takes {needed#} model units of {model}: `modelUnits` asks for {stated#}':
    '高峰需要 {needed} 个 {model} 的模型单元：`modelUnits` 只填了 {stated} 个',
  'no model unit of {model} holds {tokens#} tokens of context':
    '{model} 的模型单元都容纳不下 {tokens} token 的上下文',
  'Bedrock sells no Provisioned Throughput by model units of {model}':
    'Bedrock 不按模型单元出售 {model} 的 Provisioned Throughput',
  'its Reserved tier, which some newer models have, is sold by the account team':
    '部分较新模型提供的 Reserved 层由客户团队出售',
  'model units of {model} are sold in {regions+}, not in {region}':
    '{model} 的模型单元在 {regions} 出售，不在 {region} 出售',
};
