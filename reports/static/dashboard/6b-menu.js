// The menu of what can be kept: one for the whole file, put where it is asked for.
let menu=null,asker=null;
const shut=back=>{
if(!asker)return;
const b=asker;
asker=null;
menu.hidden=true;
b.setAttribute('aria-expanded','false');
if(back)b.focus();
};
const offer=b=>{
if(!menu){
menu=make('div','',{className:'menu'},'menu');
for(const kind of Object.keys(keeps)){
const entry=make('button','',{type:'button',tabIndex:-1},'menuitem');
entry.dataset.kind=kind;
entry.addEventListener('click',()=>{const fig=asker.closest('.fig');shut(true);keeps[kind](fig);});
menu.append(entry);
}
menu.addEventListener('keydown',event=>{
const list=all('button',menu),at=list.indexOf(document.activeElement),last=list.length-1;
const to={ArrowDown:at<last?at+1:0,ArrowUp:at?at-1:last,Home:0,End:last}[event.key];
if(event.key==='Escape'||event.key==='Tab')shut(true);
if(to===undefined)return;
event.preventDefault();
list[to].focus();
});
menu.addEventListener('focusout',event=>{if(event.relatedTarget!==asker&&!menu.contains(event.relatedTarget))shut();});
}
shut();
for(const entry of all('button',menu))entry.textContent=our(entry.dataset.kind);
asker=b;
b.setAttribute('aria-expanded','true');
menu.setAttribute('aria-labelledby',b.id);
b.closest('.foot').append(menu);
menu.hidden=false;
menu.firstChild.focus();
};
document.addEventListener('click',event=>{
const b=event.target.closest('.sv');
if(!b){if(menu&&!menu.contains(event.target))shut();}
else if(b===asker)shut(true);
else offer(b);
});
document.addEventListener('keydown',event=>{
if(event.key==='ArrowDown'&&event.target.matches('.sv')){event.preventDefault();offer(event.target);}
});
