import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { readFileSync } from 'node:fs';
const mem=(m:Record<string,string>)=>({read:(p:string)=>m[p]??null,list:(f:string)=>Object.keys(m).filter(k=>k.startsWith(f+'/')).map(k=>k.slice(f.length+1).split('/')[0]!)});
const t=JSON.parse(readFileSync('/tmp/art/support-eks/Cluster.template.json','utf8'));
const files:Record<string,string>={}; const artifacts:any={};
for(let i=0;i<20;i++){const R:any={};for(let j=0;j<500;j++){const [k,v]=Object.entries<any>(t.Resources)[j%Object.keys(t.Resources).length]!;R[k+(j<22?'':j)]=v;}
 files[`c/S${i}.json`]=JSON.stringify({...t,Resources:R});artifacts['S'+i]={type:'aws:cloudformation:stack',environment:'aws://1/us-east-1',properties:{templateFile:`S${i}.json`,stackName:'S'+i}};}
files['c/manifest.json']=JSON.stringify({version:'1',artifacts});
console.log('chars',Object.values(files).reduce((a,b)=>a+b.length,0));
let s=performance.now(); for(const f of Object.values(files)) JSON.parse(f); console.log('parse',Math.round(performance.now()-s));
s=performance.now();readArtifacts(mem(files),'c');console.log(Math.round(performance.now()-s)+' ms');
s=performance.now();readArtifacts(mem(files),'c');console.log('warm',Math.round(performance.now()-s)+' ms');
