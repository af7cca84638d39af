// Waves and themes.
const wave=$('choose-wave'),theme=$('choose-theme'),texts0=lang;
const showWave=()=>{
if(!wave)return;
for(const w of all('[data-when]'))w.hidden=w.dataset.when!==wave.value;
const parts={};
for(const d of all('.wave')){(parts[d.parentElement.closest('[id]').id]=parts[d.parentElement.closest('[id]').id]||[]).push(d);}
for(const list of Object.values(parts)){
const want=list.some(d=>d.dataset.w===wave.value)?wave.value:list[list.length-1].dataset.w;
for(const d of list){d.open=d.dataset.w===want;d.hidden=!d.open;}
}
compare();
fresh();
};

// A theme is lit on every page: figures about it stand out, the others step back but stay.
const lamp=theme&&$('said')?make('div',{class:'in lamp'}):null;
if(lamp){
const off=make('button',{type:'button'},'unlit');
lamp.append(make('p',{role:'status'}),off);
lamp.hidden=true;
document.querySelector('.nav').append(lamp);
on(off,'click',()=>{theme.value='';showTheme();keep(1);theme.focus();});
}
const showTheme=()=>{
if(!theme)return;
const want=theme.value;
let count=0;
for(const f of all('.fig')){
const rows=all('[data-th]',f),some=rows.some(r=>r.dataset.th===want),hit=want&&(some||(f.dataset.th||'').split(' ').includes(want));
flag(f,'lit',hit);
flag(f,'dim',want&&!hit);
if(hit&&!f.closest('.wave[hidden]'))count++;
for(const r of rows){
const off=hit&&some&&r.dataset.th!==want,whole=r.closest('.panel');
for(let e=whole||r;e;e=whole?null:e.nextElementSibling){if(e!==r&&!whole&&e.matches('.l,.a'))break;flag(e,'dim',off);}
}
}
lamp.hidden=!want;
lamp.firstChild.textContent=want&&fill('lit',theme.selectedOptions[0].text,count);
};
