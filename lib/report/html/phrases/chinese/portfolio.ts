import type { Phrases } from '#lib/report/html/phrases/phrase';

/** What is to be said of a plan for all scenarios together. */
export const portfolio: Phrases = {
  'proven: of all ways to give {what!} to {options!} within the objectives and limits none costs less':
    '已证明：在目标和限制之内，把{what}分配给{options}的所有方式中没有更便宜的',
  'each was priced, or ruled out by what it costs at the very least':
    '每种方式或已计价，或因其成本下限而排除',
  'of all ways to give {what!} to {options!} within the objectives and limits the best was found that could be priced':
    '在目标和限制之内，把{what}分配给{options}的所有方式中，已找到可计价的最佳者',
  'some ways to mix their nodes were too many, and the gap bounds what they could save':
    '部分节点组合过多而未逐一计价，其可能的节省以差距为上限',
  'too many ways to give {what!} to {options!} for the exact search: the best that was found, and the gap bounds what a better one could save':
    '把{what}分配给{options}的方式过多，无法精确搜索：此为已找到的最佳者，更优者可能的节省以差距为上限',
  '{scenarios!} and {trainings!}': '{scenarios}和{trainings}',
  '{count#} scenario': ' {count} 个场景',
  '{count#} scenarios': ' {count} 个场景',
  '{count#} training': ' {count} 个训练任务',
  '{count#} trainings': ' {count} 个训练任务',
  '{count#} option': ' {count} 个方案',
  '{count#} options': ' {count} 个方案',
  'not searched: scenarios with retrieval split between options, bases of other sizes than those that are cheapest alone or beside the others on their option, and nodes or models that no scenario here takes by itself':
    '未搜索：将含检索的场景拆分到多个方案、除单独或与同方案其他场景并存时最便宜者以外的基础规模，以及此处没有场景单独采用的节点或模型',
  "{scenarios+}: the peak takes less than {share#} % of a replica, and one is kept all the same where no other scenario's carries it":
    '{scenarios}：高峰负载不足一个副本的 {share}%，若没有其他场景的副本承接，仍须保留一个',
  'without a traffic profile the peak of {scenarios+} may come in any hour: peaks add up, and no hour is idle':
    '{scenarios} 没有流量曲线，其高峰可能出现在任何时段：各高峰相加，且没有空闲时段',
  "{scenario}: a gateway that you run must pass on to {other} what the replicas on {option} cannot take (such as LiteLLM: a limit on the base's deployment and `{setting}`)":
    '{scenario}：须自行运行网关，把 {option} 的副本无法承接的请求转给 {other}（例如 LiteLLM：限制基础部署并设置 `{setting}`）',
  'neither it nor its cost is planned here': '网关及其成本不在此规划之内',
  "{scenario}: the base is the same number of replicas in every hour, and what exceeds it is counted as if all traffic of an hour came at the hour's peak, the most that it can be":
    '{scenario}：基础部分各时段的副本数相同，超出部分按该时段的流量全部以其峰值到来计算，即其上限',
  'the choice is made at base figures': '分配依据基准值',
  'the band of the total has all lines low, or all high, together': '合计的区间为各项同时取低端或同时取高端',
};
