// Statements are found by words in any order; accents and capitals do not count.
const field=make('input',{type:'search',id:'find'}),told=make('span',{role:'status'}),items=$('items');
const fold=t=>t.normalize('NFD').replace(/\p{M}/gu,'').toLowerCase();
const find=()=>{
if(!items||!field.value&&!told.textContent)return;
const asked=fold(field.value).match(/\S+/g)||[];
let some=0,total=0;
for(const home of all('.fig,ul,ol',items)){
const lines=all('.counts .l,li',home),trs=all('tbody tr',home);
let left=0;
lines.forEach((line,i)=>{
const text=fold(line.firstChild.textContent),off=!asked.every(w=>text.includes(w));
left+=!off;
for(let e=line;e;e=e.nextElementSibling){if(e!==line&&e.matches('.l,li'))break;flag(e,'off',off);}
if(trs[i])flag(trs[i],'off',off);
});
for(let e=home;e&&(e===home||e.matches('h4,.note'));e=home.localName==='figure'?null:e.previousElementSibling)flag(e,'off',!left&&lines[0]);
if(!home.closest('.wave[hidden]')){some+=left;total+=lines.length;}
}
told.textContent=asked.length?fill('found',some,total):'';
};
if(items&&$('said')){
const label=make('label',{for:'find'},'search'),p=make('p',{class:'find'});
p.append(label,field,told);
(items.querySelector('.lead')||items.firstChild).after(p);
on(field,'input',find);
on(field,'keydown',event=>{if(event.key==='Escape'){field.value='';find();}});
}

// What is counted or named by the script, once more.
const fresh=()=>{find();if(lamp&&!lamp.hidden)showTheme();};
