import type { Phrases } from '#lib/report/html/phrases/phrase';

/** What would turn the recommendation: findings over the draws, and break-even points. */
export const turningPoints: Phrases = {
  'Cheapest of {draws#} draws: {shares!}.': '{draws} 次抽样中最便宜的方案：{shares}。',
  '{option} in {share#} %': '{option} 占 {share}%',
  '{option} in {share#} %, {rest!}': '{option} 占 {share}%，{rest}',
  '{option} has no fully priced rival.': '{option} 没有价格齐全的竞争方案。',
  'The recommendation goes by the best estimates.': '推荐以最佳估计为准。',
  'Over all draws {rival} costs {least$} a month on average and {option} {own$}: {inputs+} may turn out farther against {winner} than for it.':
    '全部抽样平均，{rival} 每月 {least}，{option} 每月 {own}：{inputs} 对 {winner} 不利的幅度可能大于有利的幅度。',
  'No single input within its band makes another option cheaper than the recommended one.':
    '任一输入单独在其区间内变动，都不会使其他方案比推荐方案便宜。',
  'Beyond its band: {finding&}': '超出区间：{finding}',
  '{threshold!} ({base#} here, {low#} to {high#} thought possible): {then&}.':
    '{threshold}（现为 {base}，可能范围 {low} 至 {high}）：{then}。',
  '{threshold!} ({base#} here): {then&}.': '{threshold}（现为 {base}）：{then}。',
  '{input@} above {value#} {unit!}': '{input} 高于 {value} {unit}',
  '{input@} below {value#} {unit!}': '{input} 低于 {value} {unit}',
  '{input@} from {value#} {unit!}': '{input} 达到 {value} {unit}',
  '{input@} down to {value#} {unit!}': '{input} 降至 {value} {unit}',
  '{cheap} is cheaper than {dear}': '{cheap} 比 {dear} 便宜',
  '{cheap} is cheaper than {dear} with the fleets as planned; planned anew it is not':
    '机群保持原规划时 {cheap} 比 {dear} 便宜；重新规划后则不然',
  '{option} costs less than its bill in {share#} % of the draws: every input stands at its base there, and together they reach farther up than down; P50 is the middle':
    '在 {share}% 的抽样中，{option} 的成本低于其账单：账单中各输入均取基准值，而各区间合起来向上的幅度大于向下；以 P50 为居中值',
  '{option} costs more than its bill in {share#} % of the draws: every input stands at its base there, and together they reach farther down than up; P50 is the middle':
    '在 {share}% 的抽样中，{option} 的成本高于其账单：账单中各输入均取基准值，而各区间合起来向下的幅度大于向上；以 P50 为居中值',
  'draws: triangular over each band, the same for all options': '抽样：各区间取三角分布，对所有方案相同',
  'P50 lies above the base where bands reach farther up than down': '区间偏向高端时，P50 高于基准值',
  'fleets are as planned, in whole nodes over the doubt of their throughput':
    '机群保持原规划，吞吐量的不确定性按整节点计',
  'a listed price is wider by its age (price.drift-share-per-90-days)':
    '目录价的区间随其日期变旧而加宽（price.drift-share-per-90-days）',
  'prices of different sellers drift apart from each other': '不同卖方的价格各自漂移',
  '{input} would make {options+} buy other things at an end of its band: the bar is planned anew, the draws hold it at base':
    '{input} 取区间一端时，{options} 会购买别的东西：条形按重新规划计算，抽样则取其基准值',
  '{options+}: a price is missing, so the money means "at least" and takes no part in who is cheapest':
    '{options}：缺少价格，金额表示“至少”，不参与比较何者最便宜',
  '{a} has cost no more than {b} from the launch on.': '自上线起，{a} 的累计成本一直不高于 {b}。',
  'By present value {a} has cost no more than {b} from month {month#} on; as paid, {paid!}.':
    '按现值，{a} 的累计成本自第 {month} 个月起不高于 {b}；按实际付款，{paid}。',
  '{a} never catches up with {b} within the horizon of {months#} months by present value; as paid, {paid!}.':
    '按现值，{a} 在 {months} 个月的期限内始终不能追平 {b}；按实际付款，{paid}。',
  'never within the horizon': '期限内始终不能',
  'in month {month#}': '在第 {month} 个月',
  'From month {month#} on it has cost more again.': '自第 {month} 个月起其累计成本又更高。',
  'At {multiple#} times the described volume ({tokens#} million tokens a month) the order turns; above it {option} is cheaper.':
    '业务量为所述的 {multiple} 倍（每月 {tokens} 百万 token）时排序反转；高于此值 {option} 更便宜。',
  'At {multiple#} times the described volume ({tokens#} million tokens a month) the order turns; below it {option} is cheaper.':
    '业务量为所述的 {multiple} 倍（每月 {tokens} 百万 token）时排序反转；低于此值 {option} 更便宜。',
  'That is beyond the capacity of {option} as it is planned ({multiple#} times): its fleet is planned larger there.':
    '该业务量超出 {option} 现有规划的能力（{multiple} 倍）：此处按更大的机群规划。',
  'Never: from {low#} to {high#} times the described volume, each planned anew, {option} stays the cheaper.':
    '不反转：在所述业务量的 {low} 至 {high} 倍之间逐一重新规划，{option} 始终更便宜。',
  'Never: at no volume do both fit, each planned anew, {option} stays the cheaper.':
    '不反转：逐一重新规划，没有任何业务量使二者同时可行，{option} 更便宜。',
  "At {share#} % mean use of {option}'s fleet ({base#} % here) both cost the same; above it {cheap} is cheaper than {dear}.":
    '{option} 机群的平均利用率为 {share}%（现为 {base}%）时二者成本相同；高于此值 {cheap} 比 {dear} 便宜。',
  "At {share#} % mean use of {option}'s fleet ({base#} % here) both cost the same; below it {cheap} is cheaper than {dear}.":
    '{option} 机群的平均利用率为 {share}%（现为 {base}%）时二者成本相同；低于此值 {cheap} 比 {dear} 便宜。',
  'The fleet is sized for the peak: it is used more only if the rest of the traffic rises towards that peak.':
    '机群按高峰配置：只有其余时段的流量向高峰靠拢，利用率才会提高。',
  'More traffic of the same shape takes a larger fleet: see by volume.':
    '同样形态的流量增加则需要更大的机群：见“按业务量”。',
  "No use of {option}'s fleet, up to all of it, changes the order.":
    '{option} 机群的利用率直至满载，都不改变排序。',
  'Beyond the capacity: the fleet of {option} would have to serve {multiple#} times what it can.':
    '超出能力：{option} 的机群须承担其能力的 {multiple} 倍。',
  'Neither option pays a price of electricity of its own.': '二者均不单独支付电费。',
  'Neither option pays a price of GPUs of its own.': '二者均不单独支付 GPU 费用。',
  "No price of GPUs from nothing to {multiple#} times today's changes the order ({inputs*}).":
    'GPU 价格从零到现价的 {multiple} 倍，都不改变排序（{inputs}）。',
  "No price of electricity from nothing to {multiple#} times today's changes the order ({inputs*}).":
    '电价从零到现价的 {multiple} 倍，都不改变排序（{inputs}）。',
  "At {value#} {unit!} of {option}, {multiple#} times today's {base#}, both cost the same; above it {cheap} is cheaper than {dear} ({inputs*}).":
    '{option} 的价格为 {value} {unit}（现价 {base} 的 {multiple} 倍）时二者成本相同；高于此值 {cheap} 比 {dear} 便宜（{inputs}）。',
  "At {value#} {unit!} of {option}, {multiple#} times today's {base#}, both cost the same; below it {cheap} is cheaper than {dear} ({inputs*}).":
    '{option} 的价格为 {value} {unit}（现价 {base} 的 {multiple} 倍）时二者成本相同；低于此值 {cheap} 比 {dear} 便宜（{inputs}）。',
  "At {value#} {unit!}, {multiple#} times today's {base#}, both cost the same; above it {cheap} is cheaper than {dear} ({inputs*}).":
    '价格为 {value} {unit}（现价 {base} 的 {multiple} 倍）时二者成本相同；高于此值 {cheap} 比 {dear} 便宜（{inputs}）。',
  "At {value#} {unit!}, {multiple#} times today's {base#}, both cost the same; below it {cheap} is cheaper than {dear} ({inputs*}).":
    '价格为 {value} {unit}（现价 {base} 的 {multiple} 倍）时二者成本相同；低于此值 {cheap} 比 {dear} 便宜（{inputs}）。',
  'No option fits, so there is nothing to turn.': '没有可行的方案，因此不存在可反转的结论。',
};
