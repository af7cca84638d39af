(()=>{
'use strict';
const root=document.documentElement,$=id=>document.getElementById(id);
const all=(css,within)=>[...(within||document).querySelectorAll(css)];
const texts=JSON.parse($('texts').textContent);
let lang=root.lang;
const say=i=>texts[lang][i];

// Figures far from the reader are laid out when the first ones stand and the browser has nothing
// better to do; while the language is switched they wait again.
const later=what=>window.requestIdleCallback?requestIdleCallback(what,{timeout:2000}):setTimeout(what,500);
const lay=()=>later(()=>root.classList.add('laid'));
addEventListener('load',lay);

// Language: every text of the page is a place in the table.
let spots=null;
const speak=to=>{
if(to===lang||!texts[to])return;
lang=to;
root.classList.remove('laid');
gather();
const write=list=>{for(const [node,i] of list)node.data=texts[lang][i];};
write(spots[0]);
// Tables that nobody sees follow in the next task. So does the mark of the language: it makes the
// browser measure every text again, and the reader need not wait for that.
for(const [kept,list] of spots[2])if(kept.parentElement.open!==false)write(list);
setTimeout(()=>{root.lang=lang;keep();for(const list of spots[2].values())write(list);lay();});
for(const e of spots[1])e.setAttribute('aria-label',say(e.dataset.l));
for(const b of all('[data-lang]'))b.hidden=b.dataset.lang===to;
rove();
};
const gather=()=>{
if(spots)return;
spots=[[],all('[data-l]'),new Map()];
for(const e of all('[data-i]')){
const kept=e.closest('.t'),list=kept?spots[2].get(kept)||[]:spots[0];
if(kept)spots[2].set(kept,list);
if(e.firstChild)list.push([e.firstChild,e.dataset.i]);
}
};
addEventListener('load',()=>setTimeout(gather));
for(const b of all('[data-lang]'))b.addEventListener('click',()=>{
speak(b.dataset.lang);
const next=all('[data-lang]').find(o=>!o.hidden);
if(next){all('button',next.parentElement).forEach(o=>o.tabIndex=o===next?0:-1);next.focus();}
});
const print=$('print');
if(print)print.addEventListener('click',()=>window.print());

// Toolbars: one tab stop each, arrow keys inside.
const bars=()=>all('[role=toolbar]');
const tools=bar=>all('button,a',bar).filter(e=>!e.hidden);
const rove=()=>{for(const bar of bars()){const list=tools(bar),on=list.find(e=>e.tabIndex===0&&e.dataset.on)||list[0];for(const e of list)e.tabIndex=e===on?0:-1;}};
for(const bar of bars())bar.addEventListener('keydown',event=>{
const list=tools(bar),at=list.indexOf(document.activeElement);
const to={ArrowRight:at+1,ArrowLeft:at-1,Home:0,End:list.length-1}[event.key];
if(to===undefined||at<0)return;
event.preventDefault();
const next=list[(to+list.length)%list.length];
for(const e of list)e.tabIndex=e===next?0:-1;
next.focus();
});
rove();

// Waves and themes.
const wave=$('choose-wave'),theme=$('choose-theme');
const showWave=()=>{
if(!wave)return;
for(const w of all('[data-when]'))w.hidden=w.dataset.when!==wave.value;
const parts={};
for(const d of all('.wave')){(parts[d.parentElement.closest('[id]').id]=parts[d.parentElement.closest('[id]').id]||[]).push(d);}
for(const list of Object.values(parts)){
const want=list.some(d=>d.dataset.w===wave.value)?wave.value:list[list.length-1].dataset.w;
for(const d of list){d.open=d.dataset.w===want;d.hidden=!d.open;}
}
};
const showTheme=()=>{
if(!theme)return;
const want=theme.value;
for(const f of all('.fig')){
const rows=all('[data-th]',f),own=(f.dataset.th||'').split(' ').filter(Boolean);
const known=own.concat(rows.map(r=>r.dataset.th));
f.classList.toggle('dim',!!want&&known.length>0&&!known.includes(want));
for(const r of rows){
const off=!!want&&known.includes(want)&&r.dataset.th!==want&&rows.some(o=>o.dataset.th===want);
const whole=r.closest('.panel');
if(whole){whole.classList.toggle('dim',off);continue;}
for(let e=r;e;e=e.nextElementSibling){if(e!==r&&(e.classList.contains('l')||e.classList.contains('a')))break;e.classList.toggle('dim',off);}
}
}
};
const keep=()=>{
const state=new URLSearchParams();
if(lang!==texts0)state.set('lang',lang);
if(wave&&wave.selectedIndex!==wave.options.length-1)state.set('wave',wave.value);
if(theme&&theme.value)state.set('theme',theme.value);
try{history.replaceState(null,'',location.pathname+location.search+(String(state)?'#?'+state:''));}catch(e){/* a file may not keep it */}
};
const texts0=lang;
if(wave)wave.addEventListener('change',()=>{showWave();keep();});
if(theme)theme.addEventListener('change',()=>{showTheme();keep();});
if(location.hash.startsWith('#?')){
const state=new URLSearchParams(location.hash.slice(2));
if(wave&&all('option',wave).some(o=>o.value===state.get('wave')))wave.value=state.get('wave');
if(theme&&all('option',theme).some(o=>o.value===state.get('theme')))theme.value=state.get('theme');
if(state.get('lang'))speak(state.get('lang'));
if(theme&&theme.value)showTheme();
}
if(wave)showWave();

// A link to a page or figure opens what holds it and moves the focus.
document.addEventListener('click',event=>{
const link=event.target.closest('a[href^="#"]');
if(!link)return;
const goal=document.getElementById(link.getAttribute('href').slice(1));
if(!goal)return;
const held=goal.closest('.wave');
if(held&&wave&&!held.open){wave.value=held.dataset.w;showWave();}
setTimeout(()=>(goal.matches('.page')?goal.querySelector('h2'):goal).focus({preventScroll:true}));
});

// Where the reader is.
const links=new Map(all('.nav a').map(a=>[a.getAttribute('href').slice(1),a]));
if('IntersectionObserver' in window&&links.size){
const seen=new Set();
const watch=new IntersectionObserver(list=>{
for(const e of list)seen[e.isIntersecting?'add':'delete'](e.target.id);
const here=[...links.keys()].find(id=>seen.has(id));
if(!here)return;
for(const [id,a] of links){
if(id===here){if(!a.hasAttribute('aria-current')){a.setAttribute('aria-current','true');
const row=a.closest('ul');row.scrollLeft=a.offsetLeft-row.offsetLeft-row.clientWidth/2+a.offsetWidth/2;}}
else a.removeAttribute('aria-current');
}
},{rootMargin:'-20% 0px -70% 0px'});
for(const p of all('.page'))watch.observe(p);
}

// A table that is wider than its frame can be reached and scrolled by keyboard.
const reach=box=>{
if(box.scrollWidth<=box.clientWidth||box.tabIndex===0)return;
box.tabIndex=0;
const caption=box.querySelector('caption');
caption.id=caption.id||'cap-'+all('caption').indexOf(caption);
box.setAttribute('role','group');
box.setAttribute('aria-labelledby',caption.id);
};
document.addEventListener('toggle',event=>{if(event.target.open)all('.t',event.target).forEach(reach);},true);
for(const when of ['load','resize'])addEventListener(when,()=>all('.facts').forEach(reach));

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
const spec=revive(figures[id],'',narrow?18:38);
const layout=Object.assign({},spec.layout,{autosize:true,dragmode:'zoom',showlegend:false,separators:lang==='en'?'.,':',.',
font:{family:getComputedStyle(document.body).fontFamily,size:14,color:'#1b252b'},
paper_bgcolor:'#fff',plot_bgcolor:'#fff',margin:{l:20,r:20,t:10,b:50},hoverlabel:{bgcolor:'#fff',bordercolor:'#829096',font:{color:'#1b252b'}}});
await window.Plotly.react(place(),spec.data,layout,{displayModeBar:false,displaylogo:false,responsive:true,scrollZoom:false});
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
})();
