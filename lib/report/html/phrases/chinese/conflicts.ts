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
  '{option^}: {why!}': '{option}：{why}',
  'the dimensions of {model*} are not published': '{model} 的结构参数未公布',
  'the dimensions of the teacher are not published': '教师模型的结构参数未公布',
  'adapters of {model*} cannot be counted: its projections are not published':
    '{model} 的适配器无从计数：其投影矩阵未公布',
  '{gpu*} has no unit for {format}': '{gpu} 没有 {format} 运算单元',
  '{needed#} GiB needed on each of {gpus#} × {gpu} for {model*}, {usable#} GiB usable':
    '{gpus} × {gpu} 中每个须有 {needed} GiB 以训练 {model}，可用 {usable} GiB',
  'no layout of {most#} × {gpu} leaves each copy a sequence of a batch of {batch#}':
    '{most} × {gpu} 没有任何布局能让每份副本从 {batch} 条序列的批次中分得一条',
  'interruptions every {hours#} hours leave {gpus#} × {gpu} no time to compute':
    '每 {hours} 小时中断一次，{gpus} × {gpu} 没有时间计算',
  '{hours#} hours on {gpus#} × {gpu} at best with a batch of {batch#}, {asked#} hours asked':
    '批次为 {batch} 时 {gpus} × {gpu} 至少需要 {hours} 小时，要求 {asked} 小时',
  '{hours#} hours on {gpus#} × {gpu} at best, {asked#} hours asked: {share#} % of the writing waits for the longest answers':
    '{gpus} × {gpu} 至少需要 {hours} 小时，要求 {asked} 小时：生成时间的 {share}% 在等待最长的回答',
};
