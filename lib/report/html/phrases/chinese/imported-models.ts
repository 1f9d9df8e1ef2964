import type { Phrases } from '#lib/report/html/phrases/phrase';

/** Weights of one's own that a provider runs by the copy. */
export const importedModels: Phrases = {
  'Copies of the imported model, awake': '导入模型的副本（唤醒时）',
  'The imported model, kept': '导入模型的保存',
  'Weights to import from, in S3': '供导入的权重（S3）',
  'Key of the weights': '权重的密钥',
  'Custom Model Unit {version}': '自定义模型单元 {version}',
  'storage per CMU': '每 CMU 存储',
  'Standard storage first {tb#} TB': '标准存储，前 {tb} TB',
  'Copies that an imported model may have without a higher quota': '导入模型在未提高配额时的副本数上限',
  '{hours#} hours of copies in windows of {minutes#} minutes × {sixty#} × {units!}':
    '副本运行 {hours} 小时（按 {minutes} 分钟窗口计）× {sixty} × {units}',
  '{units#} custom model units, {from!}': '{units} 个自定义模型单元（{from}）',
  'as stated': '按环境文件',
  'published for {model*} with {tokens#} tokens of context': '{model} 在 {tokens} token 上下文时的公布值',
  'derived from {copies!} by what a copy holds': '按一份副本的容纳量由 {copies} 推算',
  '{model*} ({units#})': '{model}（{units}）',
  '{model*} ({units#}), {rest!}': '{model}（{units}）、{rest}',
  '{gb#} GB as they are published or tuned': '{gb} GB，按公布或调优后的大小',
  'a copy of {model} is taken to be {base#} custom model units, {low#} to {high#}: {from!}':
    '{model} 的一份副本按 {base} 个自定义模型单元计（{low} 至 {high}）：{from}',
  '`GetImportedModel` says how many after the import': '导入后由 `GetImportedModel` 给出实际数目',
  'the peak takes {copies#} copies and an account has {most#} of an imported model by default: ask for more':
    '高峰需要 {copies} 份副本，而账户对一个导入模型默认有 {most} 份：请申请提高',
  'after a window without a request the copy sleeps, and the next request waits tens of seconds or is refused until it is awake: callers must try again':
    '一个窗口内没有请求时副本即休眠，下一个请求在其唤醒前须等待数十秒或被拒绝：调用方须重试',
  'CloudFormation has no import of models: the stack brings the bucket, the roles and a state machine that imports what lies in it':
    'CloudFormation 不支持导入模型：堆栈创建存储桶、角色，以及将桶中内容导入的状态机',
  'the weights of {model} are not published: nothing can be imported': '{model} 的权重未公布：无从导入',
  'nobody publishes the size of {model}': '未见公布 {model} 的规模',
  'nobody publishes how many units {version} a copy like {model} takes: import it and write `unitsPerCopy`':
    '未见公布 {model} 这类副本需要多少个 {version} 单元：请导入后填写 `unitsPerCopy`',
  'what a copy of an imported model serves is published nowhere, nor what it runs on: import it, test it under load, and write `tokensPerSecondPerCopy`':
    '导入模型的一份副本能承载多少、运行于何种硬件均未公布：请导入后做负载测试，并填写 `tokensPerSecondPerCopy`',
  '{model} has {gb#} GB of weights': '{model} 的权重为 {gb} GB',
  'Custom Model Import takes less than {gb#} GB': 'Custom Model Import 只接受小于 {gb} GB 的权重',
  '{model} names a context of {tokens#} tokens': '{model} 的上下文为 {tokens} token',
  'Custom Model Import takes {tokens#} at most': 'Custom Model Import 最多接受 {tokens}',
  '{model} is {architecture}': '{model} 的架构为 {architecture}',
  '{model} is of an architecture that is not recorded': '{model} 的架构未收录',
  'Custom Model Import takes {architectures+}': 'Custom Model Import 接受 {architectures}',
  'Custom Model Import takes {architecture} in {regions+}, not in {region}':
    'Custom Model Import 在 {regions} 接受 {architecture}，而在 {region} 不接受',
  '{title*} in {region} does not keep prompts in {area}': '{title} 在 {region} 不满足 `residency: {area}`',
  '`route: build` makes weights of your own, and {title*} is planned with published ones only here':
    '`route: build` 产出自有权重，而 {title} 在此只按公开权重规划',
  'an option that imports them, or another target, serves yours':
    '采用导入自有权重的方案或其他目标即可部署自有权重',
  '{title*} is planned with published weights: prompts can be adapted, weights that you tune must be imported or run elsewhere (`landfall routes`)':
    '{title} 按公开权重规划：可以调整提示，自行调优的权重须导入或在别处运行（`landfall routes`）',
};
