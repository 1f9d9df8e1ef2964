import type { Phrases } from '#lib/report/html/phrases/phrase';

/** Why an option is recommended, and how sure that is. */
export const recommendation: Phrases = {
  'none of {count#} option fits': '唯一的方案不可行（共 {count} 个）',
  'none of {count#} options fits': '{count} 个方案均不可行',
  'each row says why': '原因见各行',
  '{option} is the only option that fits, at {cost!}.': '{option} 是唯一可行的方案，{cost}。',
  '{amount$} a month': '每月 {amount}',
  'at least {amount$} a month': '每月至少 {amount}',
  '{amount$} a month each': '各为每月 {amount}',
  '{option} costs {cost!}; next is {next} at {amount$}, {rest!}.':
    '{option} {cost}；其次是 {next}，{amount}，{rest}。',
  '{option} costs {cost!}; next is {next} at {amount$} or more, {rest!}.':
    '{option} {cost}；其次是 {next}，至少 {amount}，{rest}。',
  '{amount$} less as far as it is priced': '仅就已有价格的部分而言低 {amount}',
  '{amount$} a month ({share#} % more)': '每月多 {amount}（高 {share}%）',
  '{amount$} a month (less than {share#} % more)': '每月多 {amount}（高不足 {share}%）',
  '{options+} cost the same, {cost!}: let something other than cost decide.':
    '{options} 的成本相同，{cost}：应依据成本以外的因素决定。',
  'Sure: {odds!}.': '可以确定：{odds}。',
  'Sure: {odds!}; it is the cheapest of all in {share!}.':
    '可以确定：{odds}；在{share}的情形中为全部方案中最便宜。',
  'Within the noise: {odds!}; it is the cheapest of all in {share!}; cost alone does not tell them apart.':
    '差异在不确定性之内：{odds}；在{share}的情形中为全部方案中最便宜；仅凭成本无法区分。',
  'Likely: {odds!}.': '可能性较大：{odds}。',
  'Likely: {odds!}, mostly by {input!}.': '可能性较大：{odds}，主要取决于 {input}。',
  'Likely: {odds!}; it is the cheapest of all in {share!}.':
    '可能性较大：{odds}；在{share}的情形中为全部方案中最便宜。',
  'Likely: {odds!}, mostly by {input!}; it is the cheapest of all in {share!}.':
    '可能性较大：{odds}，主要取决于 {input}；在{share}的情形中为全部方案中最便宜。',
  'Within the noise: {odds!}; cost alone does not tell them apart.':
    '差异在不确定性之内：{odds}；仅凭成本无法区分。',
  'Within the noise: {odds!}, mostly by {input!}; cost alone does not tell them apart.':
    '差异在不确定性之内：{odds}，主要取决于 {input}；仅凭成本无法区分。',
  'Within the noise: {odds!}, mostly by {input!}; it is the cheapest of all in {share!}; cost alone does not tell them apart.':
    '差异在不确定性之内：{odds}，主要取决于 {input}；在{share}的情形中为全部方案中最便宜；仅凭成本无法区分。',
  'Doubtful: {odds!}; the best estimates say otherwise, but the doubt of {option} reaches farther up, so that on average {rival} costs {amount$} a month less.':
    '存疑：{odds}；最佳估计与此相反，但 {option} 的不确定性更偏向高端，因此平均而言 {rival} 每月低 {amount}。',
  'Doubtful: {odds!}; the best estimates say otherwise, but the doubt of {option} reaches farther up, mostly by {input!}, so that on average {rival} costs {amount$} a month less.':
    '存疑：{odds}；最佳估计与此相反，但 {option} 的不确定性更偏向高端（主要取决于 {input}），因此平均而言 {rival} 每月低 {amount}。',
  "{option} costs less than {rival} in {share!} of what the inputs' bands allow":
    '在各输入区间允许的{share}情形中，{option} 的成本低于 {rival}',
  'nearly all': '几乎全部',
  'about {share#} %': '约 {share}% 的',
  'the size of the fleet': '机群规模',
  '{input@}': '{input}',
  '`landfall sensitivity` draws it with fleets planned anew.':
    '`landfall sensitivity` 可在重新规划机群后抽样验证。',
  'With every input at its dear end {option} still costs less ({amount$}) than any other at its cheap end.':
    '即使所有输入都取最贵端，{option}（{amount}）仍低于其他任何方案取最便宜端时的成本。',
  '{option} could cost up to {high$}, {other} as little as {low$}: `landfall sensitivity` says how likely that turns the order, and by which input.':
    '{option} 最高可达 {high}，{other} 最低可至 {low}：`landfall sensitivity` 给出排序因此反转的可能性及其主因。',
  '{flip!}.': '{flip}。',
  'Above {multiple#}× the planned traffic {option} would be cheaper':
    '流量超过规划值的 {multiple} 倍时，{option} 更便宜',
  'Below {multiple#}× the planned traffic {option} would be cheaper':
    '流量低于规划值的 {multiple} 倍时，{option} 更便宜',
  '{flip!}, counting the fleets planned now; by month {month#} that traffic takes {nodes!}.':
    '{flip}（按现有规划的机群计算）；到第 {month} 个月，该流量{nodes}。',
  '{count#} GPU nodes of {option}, not {planned#}': '需要 {option} 的 {count} 个 GPU 节点，而非 {planned} 个',
  '{count#} GPU nodes of {option}, not {planned#} and {more#} GPU nodes of {other}, not {otherPlanned#}':
    '需要 {option} 的 {count} 个 GPU 节点（而非 {planned} 个）和 {other} 的 {more} 个（而非 {otherPlanned} 个）',
  '{flip!}, but the fleet of {option} carries only {limit#}×: it must grow before that.':
    '{flip}，但 {option} 的机群只能承载 {limit} 倍：须先扩容。',
  '{amount$} a month of {option} is its guardrail, which filters prompts and answers, as nothing does on {others+}: `guardrail: false` compares like with like.':
    '{option} 每月有 {amount}用于护栏，即过滤提示与回答，而 {others} 均无此项：设 `guardrail: false` 可作同口径比较。',
  'People and other intangible cost are {share#} % of {option}.':
    '人力及其他无形成本占 {option} 的 {share}%。',
  "{option}'s provider states no latency; measure it before relying on it.":
    '{option} 的供应商未公布延迟；采用前应先实测。',
  '{option} has {count#} line without a price: {lines+}.': '{option} 有 {count} 项没有价格：{lines}。',
  '{option} has {count#} lines without a price: {lines+}.': '{option} 有 {count} 项没有价格：{lines}。',
  '{option} starts at {amount$} but lacks prices ({lines+}): write yours under finance.prices.':
    '{option} 起价为 {amount}，但缺少价格（{lines}）：请在 `finance.prices` 下填写。',
  'The peak takes less than {share#} % of a replica; one stands all month all the same on {options+}.':
    '高峰负载不足一个副本的 {share}%；{options} 仍须整月保留一个副本。',
  'Traffic grows to {multiple#}× by month {month#}, and fleets are added to: {fleets&} (GPU nodes).':
    '到第 {month} 个月流量增至 {multiple} 倍，机群随之扩容（GPU 节点）：{fleets}。',
  '{option} from {few#} to {many#} from month {month#} on':
    '{option} 自第 {month} 个月起由 {few} 个增至 {many} 个',
  '{currency}/month levels that over the horizon; as deployed, with the traffic as described, it would be {costs!}.':
    '每月成本（{currency}）已将扩容摊入整个期限；若只按部署时的机群和所述流量，则为 {costs}。',
  '{option} {amount#}': '{option} {amount}',
  '{option} {amount#}, {rest!}': '{option} {amount}、{rest}',
  'Traffic grows to {multiple#}× by month {month#} and these fleets stay as they are deployed: {fleets&} within the objectives. After that requests of the peak wait longer than asked, and the bill pays for no more.':
    '到第 {month} 个月流量增至 {multiple} 倍，而以下机群保持部署时的规模：{fleets}之内满足目标。此后高峰请求的等待将超出要求，账单也不含扩容。',
  '{option} to month {month#}': '{option} 至第 {month} 个月',
  'at least {amount$} a month each': '各为每月至少 {amount}',
};
