import type { Phrases } from '#lib/report/html/phrases/phrase';

/** Why no portfolio exists, and what is not in its total. */
export const conflicts: Phrases = {
  '{scenario} fits no option: {why&}': '{scenario} 没有可行的方案：{why}',
  '{scenario} is left without an option: {why&}': '{scenario} 没有剩余的方案：{why}',
  '{option} takes {days#} day': '{option} 需要 {days} 天',
  '{option} takes {days#} days': '{option} 需要 {days} 天',
  '{option} serves {model}, which has no published {metric}': '{option} 采用 {model}，其 {metric} 得分未公布',
  '{option} serves {model}, with {score#} on {metric}': '{option} 采用 {model}，其 {metric} 得分为 {score}',
  'every scenario has an option, but none of their combinations costs at most {limits!}':
    '每个场景都有可行的方案，但没有任何组合的成本不超过{limits}',
  '{amount$} a month and {start$} at the start': '每月 {amount}、启动时 {start}',
  '{amount$} at the start': '启动时 {amount}',
  'too many scenarios for the exact search: it found none, which does not prove that there is none':
    '场景过多，无法精确搜索：未找到任何分配，但这不证明不存在',
  'the training {id} has no price, and is not in the total: {why&}':
    '训练任务 {id} 没有价格，未计入合计：{why}',
  '{option}: {why&}': '{option}：{why}',
};
