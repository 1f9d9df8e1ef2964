import type { Phrases } from '#lib/report/html/phrases/phrase';

/** What to settle before signing, notes on a bill, and why an option does not fit. */
export const cautions: Phrases = {
  '{service*} publishes no latency: the objectives on TTFT and TPOT are not checked':
    '{service} 未公布延迟：首 token 延迟与每 token 延迟目标未作核对',
  '{service*} limits tokens per minute by account: check the quota against the peak':
    '{service} 按账户限制每分钟 token 数：请核对配额能否满足高峰',
  'the contract binds for {months#} months, in part paid in advance ({share}); what follows it is at the market price of then ({ratio})':
    '合同期 {months} 个月，部分预付（{share}）；期满后按届时市价（{ratio}）',
  'CPU hosts have no published price: an assumption per vCPU with {gib#} GiB stands in for it':
    'CPU 主机没有公开价格：以每 vCPU 配 {gib} GiB 的假设价代替',
  'the room is there and costs nothing; its power and cooling are built for these servers (facility: fitted-room if they are free)':
    '房间现成且不计费用；供电与冷却为这些服务器新建（若也免费，请设 `facility: fitted-room`）',
  'room, power and cooling are taken as there and free, for all servers of the horizon: their upkeep is counted, what else they could serve is not':
    '房间、供电与冷却视为现成且免费，足以容纳期限内的全部服务器：计入其维护费，不计其机会成本',
  'all replicas stand on one node: its failure takes them all':
    '所有副本位于同一节点：该节点故障将使其全部失效',
  'replicas share {server} with {gpus#} accelerators: how often all of it fails is taken from servers of {counted#} ({input}), as nobody publishes it for racks':
    '各副本共用含 {gpus} 个加速器的 {server}：其整体故障频率取自 {counted} 加速器服务器（{input}），因为未见机柜级的公开数据',
  "slices {slice} get their share of the whole accelerator's measured operators: no measured run is of a slice":
    '切片 {slice} 按比例取整卡的实测算子：没有切片的实测',
  'the device plugin must announce slices by name (MIG strategy mixed); docs/prerequisites.md says who cuts the GPUs':
    '设备插件须按名称上报切片（MIG 策略 mixed）；由谁切分 GPU 见 docs/prerequisites.md',
  'two fleets are sized apart and no measured run backs their figures':
    '两个机群分别配置，其数字没有实测佐证',
  'the cache goes over the network of the pods: without RDMA in it the rate that is planned with is out of reach':
    '缓存经 Pod 网络传送：网络若不支持 RDMA，则达不到规划所用的速率',
  'the {what!} go over TCP between nodes: {needs!}; {then!}': '{what}在节点间经 TCP 传输：{needs}；{then}',
  'caches of prompts': '提示的缓存',
  'ranks of a replica': '一个副本的各 rank ',
  'ranks of a replica, which meet in every layer,': '一个副本的各 rank（每层都要同步）',
  'EFA takes its device plugin, pods that claim `vpc.amazonaws.com/efa`, and an image with libfabric and aws-ofi-nccl, which the published one lacks':
    '使用 EFA 需要其设备插件、申请 `vpc.amazonaws.com/efa` 的 Pod，以及含 libfabric 与 aws-ofi-nccl 的镜像，而公开镜像不含',
  'RDMA takes the device plugin of your network cards, and `rdmaResource` by which pods claim them':
    '使用 RDMA 需要网卡的设备插件，以及供 Pod 申请网卡的 `rdmaResource`',
  'measure before you rely on the figures': '采信这些数字前应先实测',
  'the figures are those of the fabric, and over TCP they do not hold': '数字以互连网络为准，经 TCP 则不成立',
  '{who!} claim `{resource}`: RDMA takes an unlimited `memlock` of your container runtime, since the pods have no IPC_LOCK, and without it goes over TCP':
    '{who}申请 `{resource}`：Pod 没有 IPC_LOCK，因此 RDMA 要求容器运行时的 `memlock` 不受限，否则退回 TCP',
  'pods of both fleets': '两个机群的 Pod ',
  'replicas over nodes': '跨节点副本',
  '{model} brings Python code in its repository, which the engine runs (`{flag}`): read {repository} first, and serve a copy that nobody else changes':
    '{model} 的仓库带有 Python 代码，由推理引擎执行（`{flag}`）：请先审读 {repository}，并使用他人无法修改的副本',
  'replicas over nodes run {image}, which holds the runtime of EFA: try one before the rollout, as nobody has yet under a user without rights':
    '跨节点副本运行 {image}，其中含 EFA 运行时：上线前请先试跑，尚无以非特权用户运行的先例',
  "a replica stands on {nodes#} of the {hosts#} hosts of {server} and claims a channel between them (ComputeDomain): the hosts need NVIDIA's driver {driver} or later from the GPU operator, `nvidia-imex.service` masked, Kubernetes {kubernetes} and GPU feature discovery; try one replica before the rollout":
    '一个副本占用 {server} 的 {hosts} 台主机中的 {nodes} 台，并申请其间的通道（ComputeDomain）：主机须由 GPU Operator 安装 NVIDIA 驱动 {driver} 或更新版本、屏蔽 `nvidia-imex.service`、使用 Kubernetes {kubernetes} 并启用 GPU Feature Discovery；上线前请先试跑一个副本',
  'replicas stay within a node, since no image of {engine*} at this tag has the libraries of {fabric}: {taken#} × {gpu} where groups over nodes would take {joined#}; an image that has them lifts it':
    '副本限于单节点，因为 {engine} 该标签的镜像都不含 {fabric} 库：需要 {taken} × {gpu}，而跨节点编组只需 {joined}；改用含该库的镜像即可解除',
  'replicas stay within a node, since no image of {engine*} at this tag has the libraries of {fabric}: {taken#} × {gpu} where groups over nodes would take {joined#}; an image that has them lifts it, as {other*} runs from':
    '副本限于单节点，因为 {engine} 该标签的镜像都不含 {fabric} 库：需要 {taken} × {gpu}，而跨节点编组只需 {joined}；改用含该库的镜像即可解除，例如 {other} 所用的镜像',
  'waiting {days#} day for the start costs nothing here, because finance.benefitUsdPerMonth is {zero#}':
    '等待启动的 {days} 天在此不计成本，因为 `finance.benefitUsdPerMonth` 为 {zero}',
  'waiting {days#} days for the start costs nothing here, because finance.benefitUsdPerMonth is {zero#}':
    '等待启动的 {days} 天在此不计成本，因为 `finance.benefitUsdPerMonth` 为 {zero}',
  'waiting {days#} days for the start costs no benefit here, because finance.benefitUsdPerMonth is {zero#}':
    '等待启动的 {days} 天在此不计收益损失，因为 `finance.benefitUsdPerMonth` 为 {zero}',
  '{lines+} and {count#} more ({days#} days, limit {limit#})':
    '{lines} 及另外 {count} 项（已 {days} 天，限 {limit} 天）',
  '{lines+} and {count#} more ({days#} days, limit {limit#}), {rest!}':
    '{lines} 及另外 {count} 项（已 {days} 天，限 {limit} 天）；{rest}',
  'prices worth another look: {lines!}': '宜复核的价格：{lines}',
  'prices too old to trust: {lines!}': '过旧而不宜采信的价格：{lines}',
  '{lines+} ({days#} days, limit {limit#})': '{lines}（已 {days} 天，限 {limit} 天）',
  '{lines+} ({days#} days, limit {limit#}), {rest!}': '{lines}（已 {days} 天，限 {limit} 天）；{rest}',
};
