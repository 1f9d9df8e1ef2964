import { loadCatalog } from '#lib/catalog/load';
import { sizeTraining } from '#lib/training/run';
const c = loadCatalog();
const m = (id: string) => c.models.get(id)!; const a = (id: string) => c.accelerators.get(id)!;
function show(name: string, d: any) { const t = Date.now(); const s = sizeTraining(d); if (!s.fits) { console.log(name, s.reasons); return; }
  console.log(name, 'gpus', s.gpus, JSON.stringify(s.layout), 'z', s.zero, s.activations, 'mem', s.memory.neededGib.toFixed(0), 'mfu', s.mfu.base.toFixed(3), 'tok/s/gpu', (s.tokensPerSecond.base / s.gpus).toFixed(0), 'min', (s.computeHours.base * 60).toFixed(1), 'gpuh', s.gpuHours.base.toExponential(2), `[${s.gpuHours.low.toExponential(2)},${s.gpuHours.high.toExponential(2)}]`, 'goodput', s.reliability.goodput.toFixed(3), s.confidence, Date.now() - t, 'ms'); }
const base = { sequenceTokens: 8192, kind: 'pre-training' };
show('llama405 16k h100 bf16', { ...base, model: m('llama-3.1-405b'), accelerator: a('h100-sxm'), precision: 'bf16', tokens: 15.6e12, globalBatch: 2048, gpus: 16384, checkpointGbPerSecond: 2000 });
show('llama70', { ...base, model: m('llama-3.1-70b'), accelerator: a('h100-sxm'), precision: 'bf16', tokens: 15e12, globalBatch: 2048, gpus: 8192 });
show('llama8', { ...base, model: m('llama-3.1-8b'), accelerator: a('h100-sxm'), precision: 'bf16', tokens: 15e12, globalBatch: 2048, gpus: 2048 });
show('dsv3', { ...base, sequenceTokens: 4096, model: m('deepseek-v3'), accelerator: a('h100-sxm'), precision: 'fp8', tokens: 14.8e12, globalBatch: 15360, gpus: 2048 });
const lora = (acc: string, gpus: number, gb: number, precision = 'fp8', samples = 3072) => show(`lora ${acc} ${gpus} gb${gb}`, { kind: 'lora', sequenceTokens: 8192, model: m('llama-2-70b'), accelerator: a(acc), precision, tokens: samples * 8192, globalBatch: gb, gpus, software: 'mlperf' });
for (const [acc, g, gb, p, n] of [['h100-sxm', 8, 8], ['h100-sxm', 64, 64, 'fp8', 7400], ['h100-sxm', 64, 8], ['h100-sxm', 1024, 128, 'fp8', 12350], ['h200-sxm', 8, 8], ['b200-sxm', 8, 8], ['b200-sxm', 8, 8, 'fp4'], ['gb300', 8, 8, 'fp4'], ['gb300', 512, 64, 'fp4', 6912], ['mi300x', 8, 8], ['mi325x', 8, 8], ['mi355x', 8, 8], ['l40s', 64, 8], ['l40s', 64, 64]] as any) lora(acc, g, gb, p, n);
const p4 = (acc: string, gpus: number, gb: number, precision: string, n: number) => show(`405 ${acc} ${gpus}`, { ...base, model: m('llama-3.1-405b'), accelerator: a(acc), precision, tokens: n * 8192, globalBatch: gb, gpus, software: 'mlperf' });
p4('h100-sxm', 512, 1152, 'fp8', 276480); p4('h100-sxm', 8192, 1536, 'fp8', 322560); p4('gb200', 512, 896, 'fp8', 279552); p4('gb200', 5120, 1280, 'fp4', 326400); p4('gb300', 512, 1152, 'fp4', 331776);
const e8 = (acc: string, precision: string, gb: number, n: number) => show(`8b ${acc}`, { ...base, model: m('llama-3.1-8b'), accelerator: a(acc), precision, tokens: n * 8192, globalBatch: gb, gpus: 8, software: 'mlperf' });
e8('b200-sxm', 'fp4', 16, 172032); e8('mi355x', 'fp8', 32, 180000); e8('gb300', 'fp4', 16, 184320);
for (const kind of ['sft', 'lora', 'qlora', 'preference']) for (const g of ['h100-sxm', 'l40s', 'l4']) show(`${kind} 70b ${g}`, { kind, sequenceTokens: 4096, model: m('llama-3.1-70b'), accelerator: a(g), precision: 'bf16', tokens: 1e8, globalBatch: 64 });
show('distil', { kind: 'distillation', teacher: m('llama-3.1-405b'), sequenceTokens: 4096, model: m('llama-3.1-8b'), accelerator: a('h100-sxm'), precision: 'bf16', tokens: 1e9, globalBatch: 64 });
