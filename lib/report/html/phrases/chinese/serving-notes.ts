import type { Phrases } from '#lib/report/html/phrases/phrase';

/** What is to be known of a fleet that is planned: its techniques, formats, nodes and scaling. */
export const servingNotes: Phrases = {
  'speed with speculation, adapters or offload follows from the roofline: no measured run has them, so try it before you rely on it':
    '采用投机解码、适配器或权重卸载时，速度按 Roofline 模型推算：没有相应的实测，采信前请先试跑',
  '{engine*} is told not to reuse prefixes: no input counts as cached':
    '{engine} 被设为不复用前缀：没有输入按命中缓存计',
  'a pool of prefixes is asked for and `traffic.cachedShare` is {zero#}: it holds nothing':
    '要求了前缀池，而 `traffic.cachedShare` 为 {zero}：池中没有内容',
  'no adapter is named in `serving.adapters.modules`: the server has room for them and loads none':
    '`serving.adapters.modules` 未指明适配器：模型服务为其预留空间，但不加载任何适配器',
  '{model} in {format} needs a checkpoint that was widened so: name its repository':
    '{model} 的 {format} 格式需要相应扩宽的检查点：请写明其仓库',
  '{model} in {format} needs a checkpoint that is already quantised so: name its repository':
    '{model} 的 {format} 格式需要已如此量化的检查点：请写明其仓库',
  'no source names a repository of {model}: its weights are expected on a mounted volume':
    '没有来源指明 {model} 的仓库：其权重应位于挂载卷上',
  'nobody measured what {format} costs in quality: the score is not lowered':
    '{format} 的质量损失未见实测：得分未作下调',
  '{node} has no price ({why&})': '{node} 没有价格（{why}）',
  'it was chosen by GPUs': '按 GPU 数选定',
  'nobody priced {nodes!}, so what has a price was chosen with {gpus#}: state a price under finance.prices to have them weighed':
    '{nodes} 没有价格，因此选择了有价格的方案（{gpus} 个加速器）：在 `finance.prices` 下填写价格即可参与比较',
  '{node} ({gpus#} accelerators)': '{node}（{gpus} 个加速器）',
  '{node} ({gpus#} accelerators), {rest!}': '{node}（{gpus} 个加速器）、{rest}',

  'INT8 is a mistake on {gpu}: it multiplies {int8#} TOPS in INT8 and {bf16#} TFLOPS in BF16, so weights are widened and only memory is saved; take FP8':
    '在 {gpu} 上采用 INT8 得不偿失：其 INT8 为 {int8} TOPS，BF16 为 {bf16} TFLOPS，权重须先扩宽，只节省显存；请改用 FP8',
  '4-bit weights at {context#} tokens of context: up to 59 % of the score was lost on long tasks (arXiv 2505.20276), 0.8 % with 8 bits':
    '{context} token 上下文采用 4-bit 权重：长任务的得分最多损失 59%（arXiv 2505.20276），8-bit 为 0.8%',
  'test on your own or take 8 bits': '请自行测试或改用 8-bit',
  '4-bit weights on a model of {size#} × 10^9 parameters: small models lose most (Qwen2 in INT4 kept 95.8 % at 7B and 86 to 90 % at 0.5B)':
    '参数量为 {size} × 10^9 的模型采用 4-bit 权重：小模型损失最大（Qwen2 采用 INT4 时 7B 保留 95.8%，0.5B 保留 86 至 90%）',
  '{gpu} has no 4-bit units: the weights are unpacked, which saves memory and no arithmetic':
    '{gpu} 没有 4-bit 运算单元：权重须先解包，节省显存而不节省运算',
  'INT4 weights are multiplied in 16 bits: on {gpu} a checkpoint in NVFP4 multiplies {times#} times as fast':
    'INT4 权重以 16 位相乘：在 {gpu} 上采用 NVFP4 检查点，乘法速度为其 {times} 倍',

  "{share#} % of the weights are read over the host's bus in every step of every one of {replicas#} replicas, {gpus#} × {gpu}: GPU memory is what is missing":
    '{replicas} 个副本（{gpus} × {gpu}）的每一步都要经主机总线读取 {share}% 的权重：所缺的是显存',
  'accelerators that hold {model} whole, or a narrower format, take fewer':
    '改用能完整容纳 {model} 的加速器或更窄的格式，所需数量会更少',
  '{gpus#} × {gpu} are more than the largest published trainings took (Llama 3 405B: {most#}): a replica of {each#} runs {sequences#} sequences at once':
    '{gpus} × {gpu} 超过已公布的最大训练规模（Llama 3 405B：{most}）：{each} 个 GPU 的副本同时运行 {sequences} 条序列',
  'is a rate or a length of the demand in another unit, or GPU memory too small for it?':
    '需求的速率或长度是否用错单位，或显存是否过小？',
  'a user gets {rate#} tokens/s, slower than people read: where somebody waits, state an objective for the time per token (`tpotMs`)':
    '每个用户得到 {rate} token/秒，慢于阅读速度：若有人等待回答，请设每 token 延迟目标（`tpotMs`）',
  'the peak takes less than {share#} % of a replica, and one stands all month to be there when somebody asks: what is paid by use costs next to nothing at such a load':
    '高峰负载不足一个副本的 {share}%，却要整月保留一个副本以备请求：在这样的负载下，按用量付费几乎不花钱',
  'the peak takes less than {share#} % of a replica, and {count#} stand all month to be there when somebody asks: what is paid by use costs next to nothing at such a load':
    '高峰负载不足一个副本的 {share}%，却要整月保留 {count} 个副本以备请求：在这样的负载下，按用量付费几乎不花钱',

  'no term that has a price saves anything: all nodes are bought by the hour':
    '有价格的承诺期都不省钱：全部节点按小时购买',
  '{nodes#} nodes are committed to, {share#} % of their hours unused':
    '{nodes} 个节点按承诺期购买，其 {share}% 的时段闲置',
  'a node pays under {term} if it is needed in {share#} % of the hours':
    '节点在 {share}% 的时段被用到时，采用 {term} 即合算',
  'traffic grows and no node is added: {why!}': '流量增长而不增加节点：{why}',
  '`growth: none` keeps the fleet as it is': '`growth: none` 使机群保持不变',
  'a capacity block has the nodes that it was bought with': '容量块的节点数在购买时已定',
  'the bill is that of the deployed fleet': '账单为部署时的机群',
  'spot nodes can be taken back with two minutes of notice': '竞价节点可能被收回，仅提前两分钟通知',
  'the spares do not cover that': '备用副本不足以应对',
  'a capacity block is prepaid, dated and ends after at most {days#} days':
    '容量块须预付、定期，最长 {days} 天后结束',
  'the next is at the price of then ({ratio@})': '下一个按届时价格（{ratio}）',

  'without `traffic.profile` the peak may come in any hour: all nodes are paid all month, whatever the autoscaler does':
    '没有 `traffic.profile` 时高峰可能出现在任何时段：无论自动伸缩如何动作，全部节点都按整月付费',
  '{late#} % of the requests come while what they need starts: their first token takes up to {time#} {unit!} more':
    '{late}% 的请求到达时所需资源仍在启动：其首 token 最多多等 {time} {unit}',
  'under {late#} % of the requests come while what they need starts: their first token takes up to {time#} {unit!} more':
    '不足 {late}% 的请求到达时所需资源仍在启动：其首 token 最多多等 {time} {unit}',
  'the schedule knows the hours of the profile only: what comes otherwise finds the room that `fill` leaves':
    '时间表只依据流量曲线的各小时：此外的负载只能使用 `fill` 留出的余量',
  'at zero instances the endpoint answers with an error until a copy runs: callers must ask again':
    '实例数为零时，端点在副本运行之前返回错误：调用方须重试',

  'huggingface.co is not reached from mainland China: give the cluster a mirror of the weights (`HF_ENDPOINT`) and of the container images':
    '中国大陆无法访问 huggingface.co：请为集群配置权重镜像站（`HF_ENDPOINT`）与容器镜像仓库的镜像',
  '{gpu*} reaches {performance#} of total processing performance: from {limit#} on its delivery to China takes a US export licence (ECCN {class}), which neither price nor lead time counts':
    '{gpu} 的总处理性能（TPP）为 {performance}：达到 {limit} 即须取得美国出口许可（ECCN {class}）方可交付中国，价格与交付时间均未计入',
  'the provider chooses the weight format': '权重格式由供应商决定',
  '`serving.precision` has no effect': '`serving.precision` 不起作用',
};
