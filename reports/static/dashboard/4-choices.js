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
