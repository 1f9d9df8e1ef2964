import type { Phrases } from '#lib/report/html/phrases/phrase';

/** Why an option does not fit: what its target offers, which models may serve, and what they are asked. */
export const misfits: Phrases = {
  '{target} offers no such node': '{target} 没有这样的节点',
  '{target} offers no such node in {region}': '{target} 在 {region} 没有这样的节点',
  '{target} offers no such node with `{knob}: {value}`': '{target} 没有符合 `{knob}: {value}` 的节点',
  '{target} offers no such node in {region} with `{knob}: {value}`':
    '{target} 在 {region} 没有符合 `{knob}: {value}` 的节点',
  'it does in {regions+}': '在 {regions} 有',
  'it does in {regions+} and {count#} more': '在 {regions} 及另外 {count} 处有',
  'without it, {names+}': '去掉该设置则有 {names}',
  'without it, {names+} and {count#} more': '去掉该设置则有 {names} 及另外 {count} 种',
  'no offering of {target} keeps prompts in {area}': '{target} 没有满足 `residency: {area}` 的节点',
  'no offering of {target} keeps prompts in {area}: it is in {regions+}':
    '{target} 没有满足 `residency: {area}` 的节点：其位于 {regions}',
  'no offering of {target} keeps prompts in {area}: it is in {regions+} and {count#} more':
    '{target} 没有满足 `residency: {area}` 的节点：其位于 {regions} 及另外 {count} 处',
  'write `{knob}: {value}`': '请写 `{knob}: {value}`',
  'no profile of {service*} in {region} keeps prompts in {area}':
    '{service} 在 {region} 没有满足 `residency: {area}` 的推理配置',
  'no server of {target} runs on the {kw#} kW of a rack': '{target} 没有能以每机柜 {kw} kW 运行的服务器',
  '{service*} does not sell these models on the chosen profile': '{service} 不在所选推理配置上提供这些模型',
  '{service*} does not sell {models+}': '{service} 不提供 {models}',
  '{target} does not run {what}': '{target} 不支持 {what}',
  'it runs {names+}': '支持 {names}',
  '{gpu} has no slices in the catalog': '目录中没有 {gpu} 的切片',
  '{gpu} has no slice {profile}': '{gpu} 没有切片 {profile}',
  'it has {profiles+}': '其切片为 {profiles}',
  '{gpu} has no {format}': '{gpu} 不支持 {format}',
  '{gpu} needs another image of the engine': '{gpu} 需要推理引擎的其他镜像',
  'the engine does not serve {format}': '推理引擎不支持 {format}',
  'and {count#} more of the kind': '另有 {count} 条同类原因',

  "{model} is not in the scenario's model pool ({models+})": '{model} 不在该场景的模型池（{models}）中',
  '{model} is not in the catalog': '{model} 不在目录中',
  '{model} is not a language model': '{model} 不是语言模型',
  '{model} scores {score#} on {metric}, below the floor of {floor#}':
    '{model} 的 {metric} 得分为 {score}，低于下限 {floor}',
  '{model} in {format} keeps {score#} on {metric}, below the floor of {floor#}':
    '{model} 采用 {format} 时 {metric} 得分为 {score}，低于下限 {floor}',
  'no model of the catalog has a published {metric} of {floor#} or more':
    '目录中没有公布的 {metric} 得分达到 {floor} 的模型',
  '{model} has no published {metric} and so does not meet the floor of {floor#}: state your own under quality.scores, or leave the floor out':
    '{model} 未公布 {metric} 得分，因此不满足下限 {floor}：请在 `quality.scores` 下填写自测得分，或去掉该下限',
  '{model} has no published {metric} in mode {mode} and so does not meet the floor of {floor#}: state your own under quality.scores, or leave the floor out':
    '{model} 未公布 `mode: {mode}` 下的 {metric} 得分，因此不满足下限 {floor}：请在 `quality.scores` 下填写自测得分，或去掉该下限',
  '{models+} have no published {metric} and so do not meet the floor of {floor#}: state your own under quality.scores, or leave the floor out':
    '{models} 未公布 {metric} 得分，因此不满足下限 {floor}：请在 `quality.scores` 下填写自测得分，或去掉该下限',
  '{models+} have no published {metric} in mode {mode} and so do not meet the floor of {floor#}: state your own under quality.scores, or leave the floor out':
    '{models} 未公布 `mode: {mode}` 下的 {metric} 得分，因此不满足下限 {floor}：请在 `quality.scores` 下填写自测得分，或去掉该下限',
  'needs a context of {context#} tokens, {input#} in and {output#} out':
    '需要 {context} token 的上下文（输入 {input}，输出 {output}）',
  'needs a context of {context#} tokens, {input#} in and {output#} out ({times#} times the mean where no p95 is written)':
    '需要 {context} token 的上下文（输入 {input}，输出 {output}；未写 `p95` 时取均值的 {times} 倍）',
  'the longest here is {longest#}': '此处最长为 {longest}',

  "a pool of prefixes is asked for and the engine's reuse of prefixes is switched off":
    '要求了前缀池，而推理引擎的前缀复用已关闭',
  '{model} ships no multi-token-prediction layer that could draft':
    '{model} 不含可用于起草的多 token 预测层（MTP）',
  '{draft} has a vocabulary of {own#} tokens and {model} one of {other#}: it cannot draft for it':
    '{draft} 的词表为 {own} 个 token，{model} 为 {other} 个：前者不能为后者起草',
  'the vocabulary of {models+} is not published: whether {draft} can draft for {model} is not known':
    '{models} 的词表未公布：{draft} 能否为 {model} 起草不得而知',
  'adapters are sized for models whose layers are dense': '适配器只按稠密层的模型计算',
  '{model*} has no one feed-forward width': '{model} 的前馈宽度不统一',
  '{model*} has latent attention': '{model} 采用潜在注意力（MLA）',
  'the dimensions of {model*} are not published, so it cannot be sized':
    '{model} 的结构参数未公布，因此无法计算容量',

  '{target} cannot be {policy}: {why!}': '{target} 不支持 `{policy}`：{why}',
  'nothing in the cluster holds a request while no replica runs and starts one for it':
    '没有副本运行时，集群中没有组件能暂存请求并为其启动副本',
  'it knows no other': '没有其他方式',
  'the provider scales the model, and what is paid follows the tokens':
    '由供应商伸缩模型，费用随 token 数而定',
  'servers that are owned stand whether they work or not': '自有服务器无论是否工作都在占用',
  'nothing here orders and returns leased servers: they stand until the contract is ended':
    '此处不会自动订购或退还租用服务器：它们保留至合同终止',
  'nodes bought as {term} are paid all month: `scaling` saves nothing there':
    '以 {term} 购买的节点按整月付费：`scaling` 在此不省钱',
  'buy them by the hour': '请按小时购买',
  'a schedule is made of the hours of `traffic.profile`, and there is none':
    '时间表由 `traffic.profile` 的各小时生成，而此处没有',
  '`scaling` follows the load with one fleet, and `serving.disaggregation` makes two (prompts and answers), whose hours are not known apart: leave one of them out, `scaling` where the load is level, else `disaggregation`':
    '`scaling` 让一个机群跟随负载，而 `serving.disaggregation` 分为两个（提示与回答），二者各时段的负载无从分别得知：请去掉其一，负载平稳时去掉 `scaling`，否则去掉 `disaggregation`',
  'nodes bought as {term} are all committed to: with `commitment` the rest is bought by the hour':
    '以 {term} 购买的节点已全部为承诺用量：采用 `commitment` 时其余部分按小时购买',
  '{policy}: {late#} % of the requests come while what they need starts ({time#} {unit!}), more than the {allowed#} % that {percentile} leaves':
    '`{policy}`：{late}% 的请求到达时所需资源仍在启动（{time} {unit}），超过 {percentile} 所容许的 {allowed}%',
  'the first token is due after {ms#} ms': '首 token 须在 {ms} ms 之内',
};
