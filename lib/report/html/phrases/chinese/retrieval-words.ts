import type { Phrases } from '#lib/report/html/phrases/phrase';

/** Why an option cannot search as asked, and what is to be known of how it searches. */
export const retrievalWords: Phrases = {
  '{target*} cannot run the embedding model': '{target} 无法运行嵌入模型',
  '{target*} cannot run the embedding model ({why&})': '{target} 无法运行嵌入模型（{why}）',
  '{target*} cannot run the embedding model {models+}': '{target} 无法运行嵌入模型 {models}',
  '{target*} cannot run the embedding model {models+} ({why&})':
    '{target} 无法运行嵌入模型 {models}（{why}）',
  '{target*} cannot run the reranker {models+}': '{target} 无法运行重排模型 {models}',
  '{target*} cannot run the reranker {models+} ({why&})': '{target} 无法运行重排模型 {models}（{why}）',
  '{cannot&}: it must run elsewhere, and what it costs there is not in the bill':
    '{cannot}：它须在别处运行，其费用不在账单内',
  'name what else will do in `retrieval.embedding.alternatives`':
    '请在 `retrieval.embedding.alternatives` 中写明可替代的模型',
  'prompts must not reach a model that the provider runs': '提示不得到达由供应商运行的模型',
  '{model} is not known to be sold in {region}': '未见 {model} 在 {region} 提供',
  '{tokens#} tokens, {model*} reads {most#} at most': '{tokens} token，而 {model} 最多读取 {most}',
  '{model} gives no vectors of {dimensions#} dimensions': '{model} 不输出 {dimensions} 维向量',
  'the size of {model*} is not published, so its speed is not known':
    '{model} 的规模未公布，因此速度不得而知',
  '{model*} has no ONNX file, without which CPUs read it too slowly':
    '{model} 没有 ONNX 文件，缺少它时 CPU 处理过慢',
  '{model*} takes {needed#} GiB, one {gpu*} holds {usable#}':
    '{model} 需要 {needed} GiB，单个 {gpu} 可容纳 {usable}',
  '{model} takes {needed#} GiB on CPUs, a node has {memory#}':
    '{model} 在 CPU 上需要 {needed} GiB，而节点有 {memory}',
  '{store*} answers a search in {ms#} ms ({percentile}) at a recall of {recall#}, {asked#} ms asked':
    '召回率 {recall} 时 {store} 的检索耗时为 {ms} ms（{percentile}），要求 {asked} ms',
  'a lower recall or another store is quicker': '降低召回率或换用其他向量库会更快',
  '{dimensions#} dimensions, {store*} takes {most#} at most': '{dimensions} 维，而 {store} 最多支持 {most}',
  '{dimensions#} dimensions, {store*} indexes {most#} at most': '{dimensions} 维，而 {store} 最多索引 {most}',
  '{dimensions#} dimensions, {store*} indexes {most#} at most as {encoding}':
    '{dimensions} 维，而 {store} 以 {encoding} 存储时最多索引 {most}',
  'truncate the vectors': '请截短向量',
  'store them as halfvec or truncate the vectors': '请存为 halfvec 或截短向量',
  'store halfvec, truncate the vectors or take another store': '请存为 halfvec、截短向量或换用其他向量库',
  'store halfvec, quantise or take a store that shards': '请存为 halfvec、量化或换用可分片的向量库',
  '{bytes#} bytes beside each vector, {store*} takes {most#} at most':
    '每个向量附带 {bytes} 字节，而 {store} 最多支持 {most}',
  'keep the text in S3': '请将文本存放于 S3',
  '{vectors#} vectors, one index of {store*} holds {most#}':
    '{vectors} 个向量，而 {store} 的一个索引可容纳 {most}',
  'split the corpus': '请拆分语料',
  'the index needs {acu#} ACU, one Aurora Serverless v2 instance ends at {most#}':
    '索引需要 {acu} ACU，而一个 Aurora Serverless v2 实例最多为 {most}',
  'the index needs {gib#} GiB in one PostgreSQL instance, the largest node holds {most#}':
    '索引在单个 PostgreSQL 实例中需要 {gib} GiB，而最大的节点可容纳 {most}',
  'embedding {chunks#} chunks of {tokens#} tokens within {hours#} h is more than the embedding servers do, and no GPU for it is at hand: not costed':
    '在 {hours} 小时内嵌入 {chunks} 个文本块（每块 {tokens} token）超出嵌入服务的能力，也没有可用的 GPU：未计成本',
  'embedding the corpus takes all {gpus#} GPUs {hours#} h, {asked#} h asked':
    '语料嵌入占用全部 {gpus} 个 GPU {hours} 小时，要求 {asked} 小时',

  'searches of {store*}, {ms#} ms ({low#} – {high#}) at {percentile}, lie beyond what was measured: {why&}':
    '{store} 的检索耗时 {percentile} 为 {ms} ms（{low} – {high}），超出实测范围：{why}',
  'every row has {measured#} dimensions, {asked#} are reckoned in proportion':
    '实测均为 {measured} 维，{asked} 维按比例推算',
  'no graph of {store} found more than {recall#}': '{store} 的索引实测召回率最高为 {recall}',
  'rows of {store} have quantisation {measured}': '{store} 的实测采用 {measured} 量化',
  'none is granted no other speed': '不量化时按相同速度计',
  '{quantisation} is granted no other speed': '{quantisation} 按相同速度计',
  'rows of {store} have {few#} to {many#} vectors': '{store} 的实测为 {few} 至 {many} 个向量',
  'rows of {store} ran on {counts+} vCPUs': '{store} 的实测运行于 {counts} vCPU',
  'no row of {store} filters by partition': '{store} 没有按分区过滤的实测',
  'no row of {store} filters in a whole index': '{store} 没有在整个索引中过滤的实测',
  '{store} was measured at {rate#} queries/s with {share#} of {vectors#} vectors filtered out':
    '{store} 在 {vectors} 个向量中滤除 {share} 时实测为每秒 {rate} 次查询',
  '{store} was measured at {rate#} queries/s with {share#} of {vectors#} vectors filtered out, comparing all others':
    '{store} 在 {vectors} 个向量中滤除 {share} 并逐一比较其余向量时，实测为每秒 {rate} 次查询',
  'no row of this store': '该向量库没有实测',
  'it is taken for what all stores share': '按各向量库的共同规律估算',
  '{sum&}: more than the {ms#} ms asked, which the model server alone meets':
    '{sum}：合计超过所要求的 {ms} ms，只有模型服务自身的首 token 延迟可以满足',
  'from the question to the first token: {parts!} = {ms#} ms ({low#} – {high#})':
    '从提问到首 token：{parts} = {ms} ms（{low} – {high}）',
  'from the question to the first token: {part!} ms ({low#} – {high#})':
    '从提问到首 token：{part} ms（{low} – {high}）',
  '{a!} + {b!}': '{a} + {b}',
  'embedding {ms#}': '嵌入 {ms}',
  'search {ms#}': '检索 {ms}',
  'ranking {ms#}': '重排 {ms}',
  'first token {ms#}': '首 token {ms}',
  'nobody publishes the time of {parts!}': '{parts}的耗时未见公布',
  '{a!} and {b!}': '{a}与{b}',
  embedding: '嵌入',
  search: '检索',
  ranking: '重排',
  'first token': '首 token',
  'the embedding model here is {model} ({place*}), not {named}: {why!}':
    '此处的嵌入模型为 {model}（{place}），而非 {named}：{why}',
  'the reranker here is {model} ({place*}), not {named}: {why!}':
    '此处的重排模型为 {model}（{place}），而非 {named}：{why}',
  managed: '托管',
  gpu: 'GPU',
  cpu: 'CPU',
  'the index is made with it, and finds other chunks': '索引由其生成，检索到的文本块会有所不同',
  'it ranks otherwise': '排序结果会有所不同',
  'what reads documents, cuts them and sends them to the embedding model is yours to bring: no template holds it':
    '读取文档、切块并送入嵌入模型的程序须自备：模板中不含',
  'nobody has measured how quickly {store*} searches': '{store} 的检索速度未见实测',
  'nobody has measured how quickly {store*} searches: the objective on its latency is not checked':
    '{store} 的检索速度未见实测：其延迟目标未作核对',
};

/** Of the places that run it, as far as their names are words. */
export const placeNames: Phrases = {
  'Amazon EKS with GPU nodes': 'Amazon EKS（GPU 节点）',
  'Amazon SageMaker endpoints': 'Amazon SageMaker 端点',
  'Leased GPU servers': '租用 GPU 服务器',
  'Own servers in a colocation site': '托管机房的自有服务器',
  'Own servers in an own data centre': '自有数据中心的自有服务器',
  'Aurora PostgreSQL with pgvector': 'Aurora PostgreSQL（pgvector）',
  'PostgreSQL with pgvector (CloudNativePG)': 'PostgreSQL（pgvector，CloudNativePG）',
  'Amazon OpenSearch Service domain': 'Amazon OpenSearch Service 域',
};
