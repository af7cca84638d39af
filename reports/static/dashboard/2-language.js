// Figures far from the reader are laid out when the first ones stand and the browser has nothing
// better to do; while the language is switched they wait again.
const later=what=>window.requestIdleCallback?requestIdleCallback(what,{timeout:2000}):setTimeout(what,500);
let settle=()=>{};
const lay=()=>later(()=>{root.classList.add('laid');settle();});
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
setTimeout(()=>{root.lang=lang;keep();for(const list of spots[2].values())write(list);lay();fresh();});
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
