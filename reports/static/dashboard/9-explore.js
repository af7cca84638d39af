// The explore layer.
const box=$('xp');
if(!box)return;
const figures=JSON.parse($('figures').textContent);
const unpack=async()=>{
const raw=Uint8Array.from(atob($('plotly').textContent.trim()),c=>c.charCodeAt(0));
const flow=new Response(raw).body.pipeThrough(new DecompressionStream('gzip'));
return new TextDecoder().decode(await new Response(flow).arrayBuffer());
};
let ready=null;
const load=()=>ready=ready||unpack().then(code=>{
const script=document.createElement('script');
script.textContent=code;
document.head.appendChild(script);
if(!window.Plotly)throw new Error('blocked');
});
const plain=t=>String(t).replace(/[&<>]/g,c=>({'&':'&amp;','<':'&lt;','>':'&gt;'}[c]));
const wrap=(t,width)=>{let out='',line=0;for(const word of t.split(' ')){if(line&&line+word.length>width){out+='<br>';line=0;}else if(line)out+=' ';out+=word;line+=word.length+1;}return out;};
const revive=(v,key,width)=>{
if(Array.isArray(v))return v.map(o=>revive(o,key,width));
if(v&&typeof v==='object'){
if('$' in v){const t=plain(typeof v.$==='number'?say(v.$):v.$);return key==='ticktext'?wrap(t,width):t;}
const out={};
for(const k of Object.keys(v))out[k]=revive(v[k],k,width);
return out;
}
return v;
};
const place=()=>$('xp-p');
let home=null,opener=null;
const draw=async(where,id,narrow,dragmode)=>{
const spec=revive(figures[id],'',narrow?18:38);
const sign=(1.5).toLocaleString(lang)[1];
const layout=Object.assign({},spec.layout,{autosize:true,dragmode,showlegend:false,separators:sign+(sign===','?'.':','),
font:{family:getComputedStyle(document.body).fontFamily,size:14,color:'#1b252b'},
paper_bgcolor:'#fff',plot_bgcolor:'#fff',margin:{l:20,r:20,t:10,b:50},hoverlabel:{bgcolor:'#fff',bordercolor:'#829096',font:{color:'#1b252b'}}});
const axis=layout.xaxis,ends=narrow&&axis&&axis.title&&axis.title.text;
if(ends)layout.xaxis={...axis,automargin:true,title:{...axis.title,text:ends.replace(' — ',' —<br>')}};
await window.Plotly.react(where,spec.data,layout,{displayModeBar:false,displaylogo:false,responsive:true,scrollZoom:false});
return{spec,layout};
};
const show=async id=>{
const fig=$(id),narrow=window.innerWidth<640;
$('xp-t').textContent=fig.querySelector('h3').firstChild.textContent;
$('xp-c').textContent=fig.querySelector('figcaption').textContent;
$('xp-w').hidden=false;$('xp-f').hidden=true;
$('xp-w').textContent=say($('xp-w').dataset.i)||$('xp-w').textContent;
all('.xl div',box)[0].textContent='';
box.showModal();
$('xp-t').focus();
try{
await new Promise(go=>requestAnimationFrame(()=>setTimeout(go)));
await load();
const {spec,layout}=await draw(place(),id,narrow,'zoom');
home={x:layout.xaxis.range,y:layout.yaxis.range};
switches(spec.data);
}catch(error){$('xp-f').hidden=false;}
$('xp-w').hidden=true;
};
const switches=layers=>{
const list=all('.xl div',box)[0];
layers.forEach((layer,i)=>{
if(!layer.name)return;
const label=document.createElement('label'),check=document.createElement('input');
check.type='checkbox';check.checked=true;
check.addEventListener('change',()=>window.Plotly.restyle(place(),{visible:check.checked},[i]));
label.append(check,layer.name.replace(/&lt;/g,'<').replace(/&gt;/g,'>').replace(/&amp;/g,'&'));
list.append(label);
});
};
const zoom=by=>{
const to={};
for(const a of ['xaxis','yaxis']){
const [low,high]=place()._fullLayout[a].range,middle=(low+high)/2,half=(high-low)/2*by;
if(a==='xaxis'){to[a+'.range']=[middle-half,middle+half];}
}
window.Plotly.relayout(place(),to);
};
const tasks={
'zoom-in':()=>zoom(.7),'zoom-out':()=>zoom(1/.7),
reset:()=>window.Plotly.relayout(place(),home.x?{'xaxis.range':home.x.slice(),'yaxis.range':home.y.slice()}:{'xaxis.autorange':true,'yaxis.autorange':true}),
save:()=>window.Plotly.downloadImage(place(),{format:'png',width:1000,height:place().offsetHeight,filename:'lcdiag'}),
close:()=>box.close()
};
for(const b of all('[data-do]',box))b.addEventListener('click',()=>tasks[b.dataset.do]());
for(const b of all('.xp'))b.addEventListener('click',()=>{opener=b;show(b.closest('.fig').id);});
box.addEventListener('click',event=>{if(event.target===box)box.close();});
box.addEventListener('close',()=>{if(opener)opener.focus();});
