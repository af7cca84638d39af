// The menu of what can be kept: one for the whole file, put where it is asked for.
let asker=null;
const menu=make('div',{class:'menu',role:'menu'});
const shut=back=>{
const b=asker;
if(!b)return;
asker=null;
menu.remove();
set(b,{'aria-expanded':false});
if(back)b.focus();
};
const offer=b=>{
shut();
menu.replaceChildren(...Object.keys(keeps).map(kind=>make('button',{type:'button',tabindex:-1,role:'menuitem','data-kind':kind},kind)));
asker=b;
set(b,{'aria-expanded':true});
set(menu,{'aria-labelledby':b.id});
b.closest('.foot').append(menu);
menu.firstChild.focus();
};
on(document,'click',event=>{
const b=event.target.closest('.sv'),kind=event.target.dataset.kind,fig=asker&&asker.closest('.fig');
if(b&&b!==asker)return offer(b);
shut(b||kind);
if(kind&&fig)keeps[kind](fig);
});
on(document,'keydown',event=>{
const key=event.key,list=all('button',menu),at=list.indexOf(document.activeElement),count=list.length;
const to={ArrowDown:at+1,ArrowUp:at-1+count,Home:0,End:count-1}[key];
if(key==='ArrowDown'&&event.target.matches('.sv'))offer(event.target);
else if(at<0)return;
else if(to!==undefined)list[to%count].focus();
else{if(key==='Escape'||key==='Tab')shut(1);return;}
event.preventDefault();
});
