// A link to a page or figure opens what holds it and moves the focus.
let spot='';
on(document,'click',event=>{
const link=event.target.closest('a[href^="#"]'),goal=link&&$(link.getAttribute('href').slice(1));
if(!goal||event.ctrlKey||event.metaKey||event.shiftKey)return;
event.preventDefault();
const held=goal.closest('.wave');
if(held&&wave&&!held.open){wave.value=held.dataset.w;showWave();}
spot=goal.id;
keep(1);
goal.scrollIntoView();
(goal.matches('.page')?goal.querySelector('h2'):goal).focus({preventScroll:true});
});

// What is chosen stands in the address, so that a view can be linked and left again.
const keep=push=>{
const state=new URLSearchParams();
if(lang!==texts0)state.set('lang',lang);
if(wave&&wave.selectedIndex!==wave.options.length-1)state.set('wave',wave.value);
if(against!==null)state.set('vs',against);
if(theme&&theme.value)state.set('theme',theme.value);
if(unit&&unit.value)state.set('unit',unit.value);
const now=(spot||String(state)?'#'+spot:'')+(String(state)?'?'+state:'');
if(now!==location.hash)try{history[push?'pushState':'replaceState'](null,'',location.pathname+location.search+now);}catch(e){/* a file may not keep it */}
};
const follow=()=>{
const [at,query]=location.hash.slice(1).split('?'),state=new URLSearchParams(query);
const pick=(list,value,usual)=>{if(list)list.value=all('option',list).some(o=>o.value===value)?value:usual;};
spot=at;
against=state.get('vs');
if(wave)pick(wave,state.get('wave'),wave.options[wave.options.length-1].value);
pick(theme,state.get('theme'),'');
pick(unit,state.get('unit'),'');
showUnit();
showWave();
if(lamp&&(theme.value||!lamp.hidden))showTheme();
speak(state.get('lang')||texts0);
if($(at))$(at).scrollIntoView();
};
if(wave)on(wave,'change',()=>{showWave();keep(1);});
if(theme)on(theme,'change',()=>{showTheme();keep(1);});
follow();
on(window,'popstate',follow);
// Once more when all is laid out above it, unless the reader went elsewhere.
const aim=spot;
settle=()=>{settle=()=>{};if(spot===aim&&$(aim))$(aim).scrollIntoView();};

// Where the reader is.
const links=new Map(all('.nav a').map(a=>[a.getAttribute('href').slice(1),a]));
if('IntersectionObserver' in window&&links.size){
const seen=new Set(),first=links.keys().next().value;
const watch=new IntersectionObserver(list=>{
for(const e of list)seen[e.isIntersecting?'add':'delete'](e.target.id);
const here=[...links.keys()].find(id=>seen.has(id))||scrollY<99&&first;
if(!here)return;
const held=$(spot);
if(!held||!$(here).contains(held)){spot=here===first?'':here;keep();}
for(const [id,a] of links){
if(id===here){if(!a.hasAttribute('aria-current')){a.setAttribute('aria-current','true');
const row=a.closest('ul');row.scrollLeft=a.offsetLeft-row.offsetLeft-row.clientWidth/2+a.offsetWidth/2;}}
else a.removeAttribute('aria-current');
}
},{rootMargin:'-20% 0px -70% 0px'});
for(const p of all('.page'))watch.observe(p);
}
