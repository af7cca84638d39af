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
