import type { Phrases } from '#lib/report/html/phrases/phrase';

/** How facts came to be known, and what is to be said of a source. Titles of documents stay as they are published. */
export const sources: Phrases = {
  estimate: '估计',
  secondary: '间接引用',
  repository: '公开仓库',
  measured: '实测',
  published: '官方公布',
  datasheet: '产品数据手册',
  'price-api': '价格接口',
  'price-page': '价格页面',
  quote: '供应商报价',
  'planning judgement without a published figure; override it with your own':
    '没有公开数字的规划判断；请以自己的数值覆盖',
  'Undated copy.': '副本未注明日期。',
  'A single unreviewed note: a weak source.': '仅一份未经复核的笔记：来源较弱。',
  'individually weakly identified, not hardware facts': '各参数单独的可辨识度较低，并非硬件事实',
  'Of prices by date the last that had begun; of prices by length of the prompt the shortest. {same#} of the {all#} that stood in August are the same in LiteLLM {version}, none differs; the rest it calls by other names.':
    '按日期分列的价格取已生效的最后一档；按提示长度分列的价格取最短一档。8 月的 {all} 条中有 {same} 条与 LiteLLM {version} 相同，没有不同者；其余在其中名称不同。',
  'AWS credits the transfer of all data out within {days#} days where the account team approves; also named in force by {page}.':
    '经客户团队批准，AWS 对 {days} 天内迁出全部数据的流量费予以抵免；{page} 亦称该政策有效。',
  'Faulty GPUs {gpus#} and HBM3 {memory#}; network switches and cables {network#}. An interruption is not always a part that is replaced.':
    'GPU 故障 {gpus} 次，HBM3 故障 {memory} 次；网络交换机与线缆 {network} 次。一次中断并不总意味着更换部件。',
  'Electrical and mechanical systems as shares of the cost of a data centre.':
    '电气与机械系统占数据中心造价的比例。',
  'Typical ranges of water use per kWh of IT; the base between them is a planning judgement.':
    '每 kWh IT 用电的典型耗水范围；其间的基准值为规划判断。',
  'InferenceX rows and rows of an NVIDIA lab; the row id names the line.':
    'InferenceX 与 NVIDIA 某实验室的测试行；行号即原文件行号。',
  '{count#} × {gpu}, {engine} {format}, {input#} in / {output#} out at concurrency {concurrency#}':
    '{count} × {gpu}，{engine} {format}，输入 {input} / 输出 {output}，并发 {concurrency}',
  '{count#} × {gpu}, {engine} {format}, {input#} in / {output#} out at full load':
    '{count} × {gpu}，{engine} {format}，输入 {input} / 输出 {output}，满载',
  'street prices of GPU servers': 'GPU 服务器的市场成交价',
  'second-hand shares of GPU servers at 12, 24, 36 and 60 months':
    'GPU 服务器 12、24、36、60 个月时的二手残值比例',
  'lead times of Blackwell servers ({year#}), leased bare metal, rooms and new buildings':
    'Blackwell 服务器（{year}）、租用裸金属、机房及新建建筑的交付时间',
  'depreciation lives in 10-K filings (3 to 6 years) and the 4-year economic life of InferenceX':
    '10-K 年报中的折旧年限（3 至 6 年）与 InferenceX 采用的 4 年经济寿命',
  'average asking rate of US primary markets, 250 to 500 kW, H2 2025, as public notes quote it':
    '美国一线市场 250 至 500 kW 的平均报价，2025 年下半年，转引自公开笔记',
  'global survey 2026 (n = 644), as a public note quotes it': '2026 年全球调查（n = 644），转引自公开笔记',
  'industrial electricity prices, May 2026 and January to July 2026, as public notes quote them':
    '工业电价，2026 年 5 月及 1 至 7 月，转引自公开笔记',
  'robust least squares on the log ratio over {file}; quantiles on rows kept apart':
    '对 {file} 的对数比作稳健最小二乘；分位数取自留出的行',
  'us-east-1 equals us-west-2 for every ml.g5 and ml.g6 type that is listed in both':
    '凡两地均列出的 ml.g5 与 ml.g6 型号，us-east-1 与 us-west-2 价格相同',
  'web pages on S3 Vectors prices': '关于 S3 Vectors 价格的网页',
  'web pages on S3 Vectors; the fee per TB processed was not found, and fell by up to 80 % above 10 M vectors on 2026-06-16':
    '关于 S3 Vectors 的网页；未查得按 TB 处理量的费率，该费率在 1,000 万个向量以上于 2026-06-16 下调至多 80%',
  'OpenSearch Serverless storage price': 'OpenSearch Serverless 存储价格',
  'LP2225 (2025-05-23): 53.95 of 98.32 USD/h; before the P5 price cut of June 2025':
    'LP2225（2025-05-23）：每小时 98.32 美元中的 53.95 美元；早于 2025 年 6 月的 P5 降价',
};
