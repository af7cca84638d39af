// Figures that stand in plotly from the start: each is drawn when it comes near. The drawing lies
// beneath, one button away; the table stays where it is.
if('open' in root.dataset&&'IntersectionObserver' in window){
const live=(fig,yes)=>{
flag(fig,'live',yes);
set($(fig.id+'-f'),{'aria-pressed':!yes});
};
const paint=async fig=>{
const under=fig.querySelector('[role=img]');
if(fig.querySelector('.xi')||!under.clientWidth)return;
const over=make('div',{class:'xi',role:'img','aria-labelledby':fig.id+'-t','aria-describedby':fig.id+'-d'});
const inner=make('div');
over.append(inner);
under.before(over);
try{
await load();
await draw(inner,fig.id,over.clientWidth<640,false);
live(fig,true);
}catch(e){over.remove();}
};
// One after another, so that the page stays quick to the touch.
let queue=Promise.resolve();
const near=new IntersectionObserver(list=>{
for(const e of list)if(e.isIntersecting){
near.unobserve(e.target);
queue=queue.then(()=>new Promise(go=>later(go))).then(()=>paint(e.target));
}
},{rootMargin:'300px 0px'});
for(const fig of all('.fig')){
const b=make('button',{type:'button',class:'fx',id:fig.id+'-f','aria-pressed':true,'aria-labelledby':`${fig.id}-f ${fig.id}-t`},'still');
fig.querySelector('.xp').after(b);
on(b,'click',()=>fig.querySelector('.xi')?live(fig,!fig.matches('.live')):paint(fig));
}
rove();
const watch=()=>{for(const fig of all('.fig'))near.observe(fig);};
addEventListener('load',()=>later(watch));
// Plotly writes its own texts: in another language a figure is drawn again.
new MutationObserver(()=>{
for(const over of all('.xi')){window.Plotly&&window.Plotly.purge(over.firstChild);flag(over.closest('.fig'),'live');over.remove();}
watch();
}).observe(root,{attributeFilter:['lang']});
}
