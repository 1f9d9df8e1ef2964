import type { Phrases } from '#lib/report/html/phrases/phrase';

/** Why a model is served on no accelerator of an option: memory, latencies, layouts. */
export const replicaMisfits: Phrases = {
  '{model} in {format} on {count#} × {gpu}: {why!}': '{model}（{format}），{count} × {gpu}：{why}',
  'the fleet for answers: {why!}': '生成机群：{why}',
  'the fleet for prompts: {why!}': '提示处理机群：{why}',
  '{need!}, and a replica stays on one node': '{need}，且副本不能跨节点',
  '{need!}, and a replica stays on one host': '{need}，且副本不能跨主机',
  '{needed#} GiB needed on each of {count#} × {gpu} for {model*} in {format} and one longest sequence ({low#} to {high#} of it for the kernels of experts), {usable#} GiB usable':
    '{count} × {gpu} 中每个须有 {needed} GiB 以容纳 {model}（{format}）与一条最长序列（其中 {low} 至 {high} 供专家算子使用），可用 {usable} GiB',
  '{needed#} GiB needed on each of {count#} × {gpu} for {model*} in {format} and one longest sequence, {usable#} GiB usable':
    '{count} × {gpu} 中每个须有 {needed} GiB 以容纳 {model}（{format}）与一条最长序列，可用 {usable} GiB',
  'TPOT {ms#} ms {load!} on {count#} × {gpu}, {asked#} ms asked':
    '{count} × {gpu} {load}时每 token 延迟为 {ms} ms，要求 {asked} ms',
  'TPOT {ms#} ms {load!} on {count#} × {gpu}, {asked#} ms asked, {more!}':
    '{count} × {gpu} {load}时每 token 延迟为 {ms} ms，要求 {asked} ms；{more}',
  'TTFT {ms#} ms {load!} on {count#} × {gpu}, {asked#} ms asked':
    '{count} × {gpu} {load}时首 token 延迟为 {ms} ms，要求 {asked} ms',
  'TTFT {transfer#} ms to send the cache of a prompt and {first#} ms for the first step of the answer, {asked#} ms asked':
    '传送一条提示的缓存 {transfer} ms，加上回答的首步 {first} ms，首 token 延迟要求 {asked} ms',
  'at concurrency {count#}': '并发为 {count} ',
  'at {percentile} when idle': '空闲（{percentile}）',
  'no layout on {gpu} meets TPOT {tpot#} ms and TTFT {ttft#} ms at once':
    '{gpu} 上没有任何布局能同时满足每 token 延迟 {tpot} ms 与首 token 延迟 {ttft} ms',
  'tensor parallel {asked#} asked, {model*} has {heads#} attention heads and {gpus#} × {gpu} share a node':
    '要求张量并行 {asked}，而 {model} 有 {heads} 个注意力头，每个节点为 {gpus} × {gpu}',
  'tensor parallel {asked#} asked, {model*} has {heads#} attention heads and {gpus#} × {gpu} share a node, and a replica of a mixture takes all {all#} of its node':
    '要求张量并行 {asked}，而 {model} 有 {heads} 个注意力头，每个节点为 {gpus} × {gpu}，且混合专家模型的副本占用节点的全部 {all} 个',
  '{context#} tokens in the longest sequence, {model*} takes {most#}':
    '最长序列为 {context} token，{model} 最多接受 {most}',
  'nobody publishes how fast {gpu} reads from its host: no weights are left there':
    '未见公布 {gpu} 读取主机内存的速度：不在主机内存中存放权重',
  'availability {asked#} asked, out of reach with replicas that fail every {mtbf#} h for {mttr#} h':
    '要求可用性 {asked}，而副本每 {mtbf} 小时故障一次、每次 {mttr} 小时，无法达到',
  '{gib#} GiB of weights left in host memory, {shape} has {memory#} GiB of which {most#} may hold weights':
    '主机内存中须存放 {gib} GiB 权重，而 {shape} 有 {memory} GiB，其中 {most} 可存放权重',
  'no CPU node that is sold holds {vcpus#} vCPU and {gib#} GiB':
    '在售的 CPU 节点都达不到 {vcpus} vCPU 与 {gib} GiB',
};
