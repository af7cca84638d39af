// What the script makes and says by itself.
const words=JSON.parse(($('said')||{textContent:'{}'}).textContent);
const our=name=>typeof words[name]==='number'?say(words[name]):words[name];
const make=(name,text,more,role)=>{
const e=Object.assign(document.createElement(name),more);
if(role)e.setAttribute('role',role);
if(text){e.textContent=our(text);if(typeof words[text]==='number')e.dataset.i=words[text];}
return e;
};
const fill=(name,some,all)=>our(name).replace('#',some).replace('%',all);

// A button for what can be kept of a figure; the menu itself is made when it is first asked for.
for(const foot of all('.foot')){
const fig=foot.closest('.fig'),b=make('button','save',{type:'button',id:fig.id+'-s',className:'sv'});
let bar=foot.querySelector('.tools');
if(!bar)foot.append(bar=make('div','',{className:'tools'}));
b.setAttribute('aria-haspopup','menu');
b.setAttribute('aria-expanded','false');
b.setAttribute('aria-labelledby',`${b.id} ${fig.id}-t`);
bar.insertBefore(b,bar.querySelector('a'));
if(bar.children.length>1){bar.setAttribute('role','toolbar');bar.setAttribute('aria-label',our('tools'));bar.dataset.l=words.tools;}
}
