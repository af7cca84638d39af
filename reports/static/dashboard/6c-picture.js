// A figure as a drawing that stands alone: every box, mark and line of text where the browser lays
// it out in a sheet of fixed width and light colours, with every place and colour written out.
let sheet=null;
const xml=t=>String(t).replace(/[\x00-\x1f]/g,' ').replace(/[&<>"]/g,c=>`&#${c.charCodeAt()};`);
const written=(name,found,inner)=>`<${name}${Object.keys(found).map(k=>{const v=found[k];return v===''?'':` ${k}="${xml(+v===v?Math.round(v*100)/100:v)}"`;}).join('')}>${inner||''}</${name}>`;
const looks=(cs,names)=>Object.fromEntries(names.split(' ').map(k=>[k,(cs[k]||'').replace(/"/g,'')]).filter(([k,v])=>k==='fill'||!/^(|0px|auto|none|1|400|normal|start)$/.test(v)));
const fonts='font-size font-weight font-style text-anchor';
const shape=(e,width,height)=>{
const cs=getComputedStyle(e),name=e.localName,found=looks(cs,/^(g|use)$/.test(name)?'opacity transform':'x y width height rx ry cx cy r fill stroke stroke-width stroke-dasharray opacity transform'+(name==='text'?' '+fonts:''));
if(cs.display==='none')return'';
for(const {name:k,value} of e.attributes)if(/^([dr]?[xy][12]?|c[xy]|r|d|points|width|height)$/.test(k)&&!(k in found))found[k]=value;
for(const k in found)if(/^-?[\d.]+(px|%)$/.test(found[k]))found[k]=parseFloat(found[k])*(/%$/.test(found[k])?(/y|he/.test(k)?height:width)/100:1);
const inner=[...e.childNodes].map(n=>n.localName?shape(n,width,height):xml(n.data)).join('');
if(name==='use')return written('g',looks(cs,'opacity transform'),written('g',{transform:`translate(${found.x||0} ${found.y||0})`},shape(sheet.querySelector(e.getAttribute('href')),width,height)));
if(cs.paintOrder!=='stroke')return written(name,found,inner);
// Not every program knows that a halo comes first.
return written(name,found,inner)+written(name,{...found,stroke:'none'},inner);
};
const lines=(node,cs,left,top)=>{
const range=document.createRange(),found=[];
for(const word of node.data.matchAll(/\S+/g)){
range.setStart(node,word.index);
range.setEnd(node,word.index+word[0].length);
const r=range.getBoundingClientRect(),line=found[found.length-1];
if(line&&Math.abs(line.y-r.y)<3){line.text+=' '+word[0];line.to=r.right;}
else if(r.width)found.push({text:word[0],x:r.x,to:r.right,y:r.y,height:r.height});
}
const end=/right|end/.test(cs.textAlign);
return found.map(l=>written('text',{...looks(cs,fonts),x:(end?l.to:l.x)-left,y:l.y+l.height*.8-top,fill:cs.color,'text-anchor':end?'end':''},xml(l.text))).join('');
};
const laid=(e,left,top)=>{
const cs=getComputedStyle(e),r=e.getBoundingClientRect(),edge=parseFloat(cs.borderLeftWidth)&&parseFloat(cs.borderTopWidth);
if(e.localName==='svg'){
const m=e.getScreenCTM(),own=e.viewBox.baseVal||r;
return written('g',{transform:`matrix(${[m.a,m.b,m.c,m.d,m.e-left,m.f-top]})`},[...e.children].map(c=>shape(c,own.width||r.width,own.height||r.height)).join(''));
}
const box=fill=>written('rect',{x:r.x-left+edge/2,y:r.y-top+edge/2,width:r.width-edge,height:r.height-edge,rx:parseFloat(cs.borderTopLeftRadius),fill,stroke:edge?cs.borderTopColor:'none','stroke-width':edge});
return(r.width&&(edge||!/, 0\)$/.test(cs.backgroundColor))?box(cs.backgroundColor):'')+(cs.backgroundImage==='none'?'':box('url(#hb)'))
+[...e.childNodes].map(n=>n.localName?laid(n,left,top):lines(n,cs,left,top)).join('');
};
const picture=fig=>{
sheet=fig.cloneNode(true);
const stamp=document.querySelector('.stamp'),from=make('p',{class:'from'}),part=fig.closest('.wave');
for(const e of all('.h .vh',sheet))e.classList.remove('vh');
for(const e of all('.foot,.vh,.ask,.xi',sheet))e.remove();
for(const e of all('*',sheet))e.classList.remove('off','dim','aside');
all('.pk li',sheet).forEach((e,i)=>e.prepend(`${i+1}. `));
const when=all('.kicker [data-when]').find(e=>part?e.dataset.when===part.dataset.w:!e.hidden)||document.querySelector('.kicker');
from.textContent=`${our('source')} ${document.title} · ${when.textContent}`;
sheet.append(from);
if(stamp)sheet.prepend(stamp.cloneNode(true));
sheet.append(document.querySelector('.defs').cloneNode(true));
set(sheet,{class:'fig sheet'});
document.body.append(sheet);
const {x,y,width,height:tall}=sheet.getBoundingClientRect(),cs=getComputedStyle(sheet),height=Math.ceil(tall);
const body=[...sheet.children].slice(0,-1).map(e=>laid(e,x,y)).join('');
const patterns=[...new Set(body.match(/url\(#\w+/g))].map(u=>{const p=sheet.querySelector(u.slice(4));return written('pattern',Object.fromEntries([...p.attributes].map(a=>[a.name,a.value])),[...p.children].map(c=>shape(c,0,0)).join(''));}).join('');
const code=written('svg',{xmlns:'http://www.w3.org/2000/svg',width,height,viewBox:`0 0 ${width} ${height}`,'font-family':cs.fontFamily,lang},
written('title',{},xml(fig.querySelector('h3').textContent))+written('desc',{},xml($(fig.id+'-d').textContent))+written('defs',{},patterns)+written('rect',{width,height,fill:cs.backgroundColor})+body);
sheet.remove();
return{width,height,code};
};
