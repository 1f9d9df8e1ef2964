import type { Phrases } from '#lib/report/html/phrases/phrase';

/** Lines of a bill that follow from what the environment file states: the benefit, tax, audits, support. */
export const statedLines: Phrases = {
  'Benefit forgone until launch': '上线前损失的收益',
  'Benefit lost while too few replicas are up': '可用副本不足期间损失的收益',
  '{days#} day of lead time × {usd#} USD a month': '交付时间 {days} 天 × 每月 {usd} 美元',
  '{days#} days of lead time × {usd#} USD a month': '交付时间 {days} 天 × 每月 {usd} 美元',
  '({one#} − {share#}) × {usd#} USD a month': '（{one} − {share}）× 每月 {usd} 美元',
  'downtime is not counted: the provider states no availability': '未计停机：供应商未公布可用性',
  '{option} while waiting': '等待期间使用 {option}',
  '{option} while waiting, at least': '等待期间使用 {option}，至少',
  '{option} set up for the wait': '为等待期间启用 {option}',
  'what {option} costs when it starts': '{option} 启用时的费用',
  '{days#} day longer than {option}, at its cost a month': '比 {option} 晚 {days} 天，按其每月成本',
  '{days#} days longer than {option}, at its cost a month': '比 {option} 晚 {days} 天，按其每月成本',
  'at least: {option} lacks the prices of {lines+}': '至少：{option} 缺少 {lines} 的价格',
  'what serves while waiting costs at least: {option} lacks the prices of {lines+}':
    '等待期间所用方案的费用为至少：{option} 缺少 {lines} 的价格',
  'Tax saved by running cost': '运行费用的抵税',
  'Tax saved by people and other intangible cost': '人力及其他无形成本的抵税',
  'Tax saved by depreciation': '折旧的抵税',
  '{what!} × tax rate {rate#}': '{what} × 税率 {rate}',
  'cost of each month': '每月成本',
  'MACRS over five years': '五年期 MACRS 折旧',
  Certification: '认证',
  Audits: '审计',
  'finance.compliance': '`finance.compliance`',
  'AWS support, {plan}': 'AWS 支持计划，{plan}',
  '{share#} % from {from#} USD, {more!}': '{from} 美元起 {share}%，{more}',
  'at least {usd#} USD a month': '每月至少 {usd} 美元',
};

/** How prices came about that are not simply listed. */
export const priceWords: Phrases = {
  'override: {document~}': '环境文件给定：{document}',
  '× {factor#} on {region} ({source})': '{region} 的价格 × {factor}（{source}）',
  '{how!}, less {share#} % ({document~} of {date})': '{how}，减 {share}%（{document}，{date}）',
  'listed at {amount#} {currency}, {rate#} to the USD': '目录价 {amount} {currency}，对美元汇率 {rate}',
  'listed ({layer!} of {date})': '目录价（{layer}，{date}）',
  'listed at {amount#} {currency}, {rate#} to the USD ({layer!} of {date})':
    '目录价 {amount} {currency}，对美元汇率 {rate}（{layer}，{date}）',
  'on-demand': '按需',
  'savings-plan-{years#}y': '{years} 年期 Savings Plan',
  'reserved-{years#}y': '{years} 年期预留',
  spot: '竞价',
  purchase: '购置',
  live: '实时',
  pin: '固定',
  cache: '缓存',
  bundled: '随附',
  'where the prices of the lines were found: {layers!}': '各项价格的出处：{layers}',
  '{count#} live': '实时 {count} 项',
  '{count#} pin': '固定 {count} 项',
  '{count#} cache': '缓存 {count} 项',
  '{count#} bundled': '随附 {count} 项',
  '{count#} live, {rest!}': '实时 {count} 项、{rest}',
  '{count#} pin, {rest!}': '固定 {count} 项、{rest}',
  '{count#} cache, {rest!}': '缓存 {count} 项、{rest}',
  'computed when the catalog was made: {how!}': '编制目录时推算：{how}',
  'by a factor': '按系数',
  'the price of {region}': '取 {region} 的价格',
  'twice the price of one zone': '单可用区价格的两倍',
  '{region} price × {factor#}, the ratio of a sibling size in the SkyPilot catalog':
    '{region} 的价格 × {factor}，即 SkyPilot 目录中同系列规格的比例',
  '{times#} × the price of {instance}': '{instance} 价格的 {times} 倍',
  '{count#} × the per-GPU planning figure': '{count} × 每 GPU 规划价',
  'not a listed price': '并非目录价',
  'no {term*} price of {seller} {service} "{sku~}" per {unit*} in {region}, everywhere, or by a regional factor':
    '`{seller}/{service}` 的“{sku}”（{term}，每{unit}）在 {region} 没有价格，既无通用价格，也无地区系数',
  'no {term*} price of {seller} {service} "{sku~}" per {unit*} in *, everywhere, or by a regional factor':
    '`{seller}/{service}` 的“{sku}”（{term}，每{unit}）没有通用价格',
  'no {term*} price of {seller} {service} "{sku~}" per ratio in {region}, everywhere, or by a regional factor':
    '`{seller}/{service}` 的“{sku}”（{term}）在 {region} 没有比值，既无通用比值，也无地区系数',
  'listed only in {regions+}': '仅在 {regions} 有目录价',
  'listed only in {regions+} and {count#} more': '仅在 {regions} 及另外 {count} 处有目录价',
};
