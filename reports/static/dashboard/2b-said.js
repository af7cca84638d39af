// What the script makes and says by itself.
const words=JSON.parse(($('said')||{textContent:'{}'}).textContent);
const our=name=>typeof words[name]==='number'?say(words[name]):words[name];
const fill=(name,some,all)=>our(name).replace('#',some).replace('%',all);
const on=(e,type,what)=>e.addEventListener(type,what);
const flag=(e,name,yes)=>e.classList.toggle(name,!!yes);
const set=(e,found)=>{for(const k in found)e.setAttribute(k,found[k]);return e;};
const make=(name,found,text)=>{
const e=set(document.createElement(name),found);
if(text){e.textContent=our(text);if(+words[text]>=0)e.dataset.i=words[text];}
return e;
};

// What can be kept of a figure: a button; the menu itself is made when it is first asked for.
for(const foot of all('.foot')){
const id=foot.closest('.fig').id;
let bar=foot.querySelector('.tools');
if(!bar)foot.append(bar=make('div',{class:'tools'}));
bar.insertBefore(make('button',{type:'button',id:id+'-s',class:'sv','aria-haspopup':'menu','aria-expanded':false,'aria-labelledby':`${id}-s ${id}-t`},'save'),bar.querySelector('a'));
if(bar.children[1])set(bar,{role:'toolbar','aria-label':our('tools'),'data-l':words.tools});
}
