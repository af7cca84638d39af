// The conversation guide: guesses, notes that stay in this browser, agreements as a file, large
// print. Without it the same page has lines to write on.
const meeting=document.querySelector('.meeting');
if(meeting){
const DAYS=30,mine='lcdiag:'+meeting.dataset.keep,told=meeting.querySelector('[data-talk=said]');
const tell=what=>{told.textContent=say(meeting.dataset[what]);};
const notes=all('[data-note]');
// Notes of any report are wiped when nobody wrote in them for a month.
const store=(()=>{
try{
const box=window.localStorage,now=Date.now();
for(const key of Object.keys(box))if(key.startsWith('lcdiag:')){
let when=0;
try{when=JSON.parse(box.getItem(key)).when||0;}catch(e){/* not ours to read: it goes */}
if(now-when>DAYS*864e5)box.removeItem(key);
}
return box;
}catch(e){return null;}
})();
const fit=n=>{if(n.tagName==='TEXTAREA'){n.style.height='';n.style.height=n.scrollHeight+2+'px';}};
const keepNotes=()=>{
const texts={};
for(const n of notes)if(n.value)texts[n.dataset.note]=n.value;
try{store.setItem(mine,JSON.stringify({when:Date.now(),texts}));}catch(e){tell('nowhere');}
};
try{
const kept=JSON.parse(store.getItem(mine)||'{}').texts||{};
for(const n of notes)if(kept[n.dataset.note])n.value=kept[n.dataset.note];
}catch(e){/* nothing kept, or no place to keep it */}
for(const n of notes)n.addEventListener('input',keepNotes);

// A guess stands in the figure as a triangle; several people can set one each.
for(const part of all('.gs')){
const [slider,out]=[part.querySelector('input'),part.querySelector('output')];
const holder=part.parentElement;
const written=()=>{out.textContent=Number(slider.value).toLocaleString(lang);};
slider.addEventListener('input',written);
written();
part.querySelector('button').addEventListener('click',()=>{
const plane=holder.querySelector('.fig .p svg');
if(!plane)return;
const at=(slider.value-slider.min)/(slider.max-slider.min);
const sign=document.createElementNS('http://www.w3.org/2000/svg','use');
sign.setAttribute('href','#gu');
sign.setAttribute('x',100*at+'%');
plane.append(sign);
holder.querySelector('details').open=true;
});
}

// Agreements as a file that the study folder takes.
const quoted=t=>'"'+t.replace(/[\\"]/g,c=>'\\'+c).replace(/[\u0000-\u001f\u007f]/g,' ').trim()+'"';
const agreed=document.querySelector('.agree');
const file=()=>{
const lines=['# '+say(agreed.dataset.head)];
for(const row of all('.fr',agreed)){
const [what,who,by]=all('input',row).map(i=>i.value.trim());
if(!what)continue;
const label=row.closest('.lines').querySelector('p').textContent;
const first=row.closest('.lines')===agreed.querySelector('.lines');
lines.push('','[[agreed]]','community = '+quoted(agreed.dataset.community),'wave = '+agreed.dataset.wave,
'text = '+quoted((first?what:label+': '+what).slice(0,500)));
if(who)lines.push('who = '+quoted(who));
if(by)lines.push('by = '+quoted(by));
}
return lines.join('\n')+'\n';
};
const hand=(name,text)=>{
const link=document.createElement('a');
link.href=URL.createObjectURL(new Blob([text],{type:'text/plain'}));
link.download=name;
link.click();
setTimeout(()=>URL.revokeObjectURL(link.href),1e3);
};

// Large print: every figure gets a button to take it along; if none is chosen, those go that the
// questions lead to.
const bar=meeting.querySelector('[data-talk=bar]');
for(const f of all('.fig')){
const foot=f.querySelector('.foot'),take=bar.firstChild.cloneNode(true);
let row=foot.querySelector('.tools');
if(!row){row=document.createElement('div');row.className='tools';foot.append(row);}
if(row.children.length&&!row.hasAttribute('role')){
row.setAttribute('role','toolbar');
for(const name of ['aria-label','data-l'])if(bar.hasAttribute(name))row.setAttribute(name,bar.getAttribute(name));
}
take.className='tk';
take.id=f.id+'-t-k';
take.setAttribute('aria-labelledby',take.id+' '+f.id+'-t');
row.prepend(take);
}
rove();
const chosen=()=>{
const ticked=all('.tk[aria-pressed=true]').map(b=>b.closest('.fig'));
return ticked.length?ticked:[...new Set(all('[data-pick]').map(q=>$(q.dataset.pick)))].filter(f=>f&&f.matches('.fig'));
};
const large=()=>{
const sheet=document.createElement('div');
sheet.id='large';
for(const f of chosen()){
const copy=f.cloneNode(true);
copy.removeAttribute('id');
sheet.append(copy);
}
document.body.append(sheet);
root.classList.add('big');
addEventListener('afterprint',()=>{root.classList.remove('big');sheet.remove();},{once:true});
window.print();
};
document.addEventListener('click',event=>{
const b=event.target.closest('.tk');
if(b)b.setAttribute('aria-pressed',b.getAttribute('aria-pressed')!=='true');
});
const talks={
save:()=>{hand(say(agreed.dataset.file),file());tell('saved');},
wipe:()=>{for(const n of notes){n.value='';fit(n);}try{store.removeItem(mine);}catch(e){/* nothing was kept */}tell('wiped');},
large
};
for(const b of all('[data-talk]'))if(talks[b.dataset.talk])b.addEventListener('click',()=>talks[b.dataset.talk]());
for(const area of all('textarea'))area.addEventListener('input',()=>fit(area));
}
