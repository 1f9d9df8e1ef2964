import type { Phrases } from '#lib/report/html/phrases/phrase';

/** How quantities and prices of a bill's lines came about. */
export const quantities: Phrases = {
  'price: {how!}': '单价：{how}',
  'no price: {why!}': '没有价格：{why}',
  'free: {why!}': '免费：{why}',
  listed: '目录价',
  'listed × {factors!}': '目录价 × {factors}',
  '(1 + {share#} {input@})': '(1 + {share} {input})',
  '(1 + {a#} {first@} + {b#} {second@})': '(1 + {a} {first} + {b} {second})',
  '{value#} {input@}': '{value} {input}',
  '{value#} ({price@})': '{value} ({price})',
  '({sum!})': '({sum})',
  '{a!} × {rest!}': '{a} × {rest}',
  '{a#} {input@} + {rest!}': '{a} {input} + {rest}',
  'paid {days#} days before the launch ({input@})': '上线前 {days} 天支付（{input}）',
  'from {few#} to {many#} nodes by month {month#}': '至第 {month} 个月由 {few} 个节点增至 {many} 个',
  'from {few#} to {many#} servers by month {month#}': '至第 {month} 个月由 {few} 台服务器增至 {many} 台',
  '{count#} nodes × {hours#} h': '{count} 个节点 × {hours} 小时',
  '{count#} nodes × {each#} accelerators × {hours#} h': '{count} 个节点 × {each} 个加速器 × {hours} 小时',
  '{count#} nodes × {gib#} GiB ({gb#} GB)': '{count} 个节点 × {gib} GiB（{gb} GB）',
  '{count#} nodes × the {months#} months of a term, as far as those of added nodes outlast the horizon':
    '{count} 个节点 × 承诺期的 {months} 个月，只计增购节点超出期限的部分',
  'as many again as the {nodes#} deployed are {hours#} node-hours':
    '与已部署的 {nodes} 个节点等量时为 {hours} 节点·小时',
  '{count#} cluster × {hours#} h': '{count} 个集群 × {hours} 小时',
  '{count#} ACU × {hours#} h': '{count} ACU × {hours} 小时',
  '{count#} OCU × {hours#} h': '{count} OCU × {hours} 小时',
  '{count#} × {hours#} h': '{count} × {hours} 小时',
  'instances × {hours#} h': '实例数 × {hours} 小时',
  'one for each NAT gateway: {count#} × {hours#} h': '每个 NAT 网关一个：{count} × {hours} 小时',
  '{count#} CPU nodes': '{count} 个 CPU 节点',
  '{count#} GPUs or slices of the GPU nodes': 'GPU 节点上的 {count} 个 GPU 或切片',
  '{count#} key': '{count} 个密钥',
  '{count#} keys': '{count} 个密钥',
  '{count#} alarm': '{count} 个告警',
  '{count#} alarms': '{count} 个告警',
  '{count#} secret': '{count} 个密文',
  '{count#} ways out': '{count} 条出口线路',
  '{tokens#} tokens ÷ {million#}': '{tokens} token ÷ {million}',
  '{units#} text units per request at {characters#} characters per token, each text rounded up {how!}':
    '每次请求 {units} 个文本单元（每 token {characters} 个字符，每段文本{how}向上取整）',
  'as the mean one': '按平均长度',
  'over the spread of the lengths': '按长度分布',
  '{bytes#} bytes per request': '每次请求 {bytes} 字节',
  "{gb#} GB of the month's egress": '当月出站流量中的 {gb} GB',
  '{gb#} GB × {directions#} directions × {other#} of {zones#} zones':
    '{gb} GB × {directions} 个方向 × {zones} 个可用区中的 {other} 个',
  'every copy of the weights fetched once a month: {gb#} GB': '每份权重每月拉取一次：{gb} GB',
  '{gb#} GB a month × months kept': '每月 {gb} GB × 保留月数',
  '{gb#} GB a month × months kept, from {from#} GB': '每月 {gb} GB × 保留月数，{from} GB 起的部分',
  '{gb#} GB of vectors and text': '{gb} GB 向量与文本',
  '{gb#} GB': '{gb} GB',
  '{gib#} GiB': '{gib} GiB',
  'most such providers bill none': '此类供应商大多不收取',
  '{tb#} TB of weights × copies': '{tb} TB 权重 × 份数',
  '{vectors#} vectors × {bytes#} bytes, batched above {kb#} KB':
    '{vectors} 个向量 × {bytes} 字节，按大于 {kb} KB 的批次写入',
  '{rate#} queries/s × {seconds#} s': '每秒 {rate} 次查询 × {seconds} 秒',
  '{rate#} queries/s of {tokens#} tokens': '每秒 {rate} 次查询，每次 {tokens} token',
  'queries × {vectors#} vectors × {bytes#} bytes': '查询次数 × {vectors} 个向量 × {bytes} 字节',
  '{writes#} writes × {pages#} pages + one read per query': '{writes} 次写入 × {pages} 页 + 每次查询读取一次',
  '{chunks#} chunks of {tokens#} tokens': '{chunks} 个文本块，每块 {tokens} token',
  '{chunks#} chunks of {tokens#} tokens on {count#} × {instance}':
    '{chunks} 个文本块，每块 {tokens} token，由 {count} × {instance} 处理',
  '{chunks#} chunks of {tokens#} tokens: {hours#} h of the embedding servers':
    '{chunks} 个文本块，每块 {tokens} token：占用嵌入服务 {hours} 小时',
  '{share#} % of {chunks#} chunks of {tokens#} tokens a month':
    '每月 {chunks} 个文本块的 {share}%，每块 {tokens} token',
  '{share#} % of the chunks a month': '每月变动 {share}% 的文本块',
  '{count#} volumes × {gib#} GiB': '{count} 个卷 × {gib} GiB',
  '{a#} volumes × {b#} GiB + {c#} volumes × {d#} GiB': '{a} 个卷 × {b} GiB + {c} 个卷 × {d} GiB',
  '{hosts#} hosts of {vcpu#} vCPU and {gib#} GiB: {units#} units of one vCPU with {each#} GiB':
    '{hosts} 台主机，各 {vcpu} vCPU、{gib} GiB：合 {units} 个单位（单 vCPU 配 {each} GiB）',
  '{count#} servers, with fabric and spares': '{count} 台服务器，含互连网络与备件',
  '{count#} servers × hours a month': '{count} 台服务器 × 每月小时数',
  '{count#} servers: {kw#} kW nameplate': '{count} 台服务器：铭牌功率 {kw} kW',
  '{count#} servers at a share of their price, beyond the second-hand curve':
    '{count} 台服务器，按其价格的一定比例，计在二手残值曲线之外',
  '{count#} ÷ {months#}, at a share of the price a year': '{count} ÷ {months}，按每年占价格的比例',
  '{kw#} kW nameplate': '铭牌功率 {kw} kW',
  '{kw#} kW of IT': 'IT 负载 {kw} kW',
  '{kw#} kW × {hours#} h × load × PUE': '{kw} kW × {hours} 小时 × 负载率 × PUE',
  '{kw#} kW × {hours#} h × load × litres per kWh': '{kw} kW × {hours} 小时 × 负载率 × 每 kWh 升数',
  'FTE of {layers#} layer × multiple for {gpus#} GPUs × loaded cost a year ÷ {months#}':
    '{layers} 层的全职人力 × {gpus} 个 GPU 的规模系数 × 每年人力全成本 ÷ {months}',
  'FTE of {layers#} layers × multiple for {gpus#} GPUs × loaded cost a year ÷ {months#}':
    '{layers} 层的全职人力 × {gpus} 个 GPU 的规模系数 × 每年人力全成本 ÷ {months}',
  'engineer-months to move {layers!} × loaded cost a year ÷ {months#}':
    '迁移 {layers} 所需人月 × 每年人力全成本 ÷ {months}',
  '{a!}, {rest!}': '{a}、{rest}',
  model: '模型',
  'model-server': '模型服务',
  'vector-store': '向量库',
  'one project': '一个项目',
  'one project × √{count#} servers': '一个项目 × √{count} 台服务器',
  'rent of the {left#} months left of {months#}, at a share': '{months} 个月中剩余 {left} 个月的租金，按比例',
  'rent of the {months#} months of a term, as far as those of added servers outlast the horizon, at a share':
    '租期 {months} 个月的租金，只计增租服务器超出期限的部分，按比例',
  'finance.demandUsdPerKwMonth bills it apart': '设置 `finance.demandUsdPerKwMonth` 可单独计费',
  'paid for with the CPU nodes': '已含在 CPU 节点的费用中',
  "the disk is the node's own and paid for with the CPU node pool": '磁盘为节点自带，费用已含在 CPU 节点池中',
  "the endpoint's load balancing over {zones#} zones is in the instance price":
    '端点在 {zones} 个可用区间的负载均衡已含在实例价格中',
  'the model server leaves them idle': '模型服务未占用它们',
  'the servers that embed queries do it while they have nothing else to do':
    '由处理查询嵌入的服务器在空闲时完成',
  'the servers that embed queries take up the changes in between': '变动部分由处理查询嵌入的服务器顺带完成',
  'the tariff is revenue ÷ kWh and holds it': '电价按售电收入 ÷ 售电量计算，已含该项',
  '{hours!} × {share#} % of the hours': '{hours} × {share}% 的时段',
  '{hours!}, {share#} % of them unused': '{hours}，其中 {share}% 闲置',
  '{count#} nodes beyond the {held#} committed × {hours#} h':
    '承诺的 {held} 个之外的 {count} 个节点 × {hours} 小时',
  '{count#} nodes beyond the {held#} committed × {each#} accelerators × {hours#} h':
    '承诺的 {held} 个之外的 {count} 个节点 × {each} 个加速器 × {hours} 小时',
  '{count#} nodes × {months#} months left of {term#}, nobody to use them':
    '{count} 个节点 × {term} 个月承诺期中剩余的 {months} 个月，无人使用',
  'from {few#} to {many#} by month {month#}, by their own load':
    '至第 {month} 个月由 {few} 增至 {many}，按其自身负载',
  '{gpus#} GPUs ÷ {months#} months, each year in advance': '{gpus} 个 GPU ÷ {months} 个月，每年预付',
  'FTE of {layers#} layer × multiple for up to {gpus#} GPUs × loaded cost a year ÷ {months#}':
    '{layers} 层的全职人力 × {gpus} 个 GPU 以内的规模系数 × 每年人力全成本 ÷ {months}',
  'FTE of {layers#} layers × multiple for up to {gpus#} GPUs × loaded cost a year ÷ {months#}':
    '{layers} 层的全职人力 × {gpus} 个 GPU 以内的规模系数 × 每年人力全成本 ÷ {months}',
  'FTE of {layers#} layer × multiple for {gpus#} GPUs and more × loaded cost a year ÷ {months#}':
    '{layers} 层的全职人力 × {gpus} 个及更多 GPU 的规模系数 × 每年人力全成本 ÷ {months}',
  'FTE of {layers#} layers × multiple for {gpus#} GPUs and more × loaded cost a year ÷ {months#}':
    '{layers} 层的全职人力 × {gpus} 个及更多 GPU 的规模系数 × 每年人力全成本 ÷ {months}',
  '{gb#} GB of own adapters': '{gb} GB 自有适配器',
  '{gb#} GB of own adapters, from {from#} GB': '{gb} GB 自有适配器，{from} GB 起的部分',
  '{gb#} GB of vectors and text, from {from#} GB': '{gb} GB 向量与文本，{from} GB 起的部分',
  '{count#} endpoints × {zones#} zones × {hours#} h': '{count} 个端点 × {zones} 个可用区 × {hours} 小时',
  '{rate#} queries/s of {texts#} × {tokens#} tokens': '每秒 {rate} 次查询，每次 {texts} × {tokens} token',
  '{chunks#} chunks of {tokens#} tokens: {hours#} h of {gpus#} GPUs':
    '{chunks} 个文本块，每块 {tokens} token：占用 {gpus} 个 GPU {hours} 小时',
  "the model server's own GPUs do it: before the launch, later in quiet hours":
    '由模型服务自身的 GPU 完成：上线前进行，之后在空闲时段',
  "{count#} more of the model server's nodes, paid for with these":
    '模型服务增加 {count} 个节点，费用已含在其中',
  '{kw#} kW nameplate × PUE: the highest quarter of an hour draws it all':
    '铭牌功率 {kw} kW × PUE：最高的一刻钟全部用到',
  'in the retail rate': '已含在零售费率中',
  'no meter': '不单独计量',
  '{count#} × {gib#} GiB gp3': '{count} × {gib} GiB gp3',
  'in {paid#} of {months#} months': '{months} 个月中的 {paid} 个月',
  '{count#} × {instance} × {hours#} h': '{count} × {instance} × {hours} 小时',
  '{share#} % of {chunks#} chunks of {tokens#} tokens on {count#} × {instance} a month':
    '每月 {chunks} 个文本块的 {share}%，每块 {tokens} token，由 {count} × {instance} 处理',
};
