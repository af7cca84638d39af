// A figure as a drawing that stands alone: every box, mark and line of text where the browser laid
// it out in a sheet of fixed width, with its colours written out.
const xml=t=>String(t).replace(/[\x00-\x1f]/g,' ').replace(/[&<>"]/g,c=>`&#${c.charCodeAt()};`);
const tidy=n=>Math.round(n*100)/100;
const usual={fill:'rgb(0, 0, 0)',stroke:'none','stroke-width':'1px','stroke-dasharray':'none','stroke-linecap':'butt','fill-opacity':'1','stroke-opacity':'1','text-anchor':'start','font-style':'normal','font-weight':'400'};
const clear='rgba(0, 0, 0, 0)';
const pen=document.createElement('canvas').getContext('2d');
const element=(name,found,inner)=>`<${name}${Object.entries(found).filter(([,v])=>v!==''&&v!=null).map(([k,v])=>` ${k}="${xml(typeof v==='number'?tidy(v):v)}"`).join('')}>${inner||''}</${name}>`;
const shape=(e,width,height)=>{
const cs=getComputedStyle(e),found={},name=e.localName;
if(cs.display==='none'||name==='title')return'';
const px=(v,of)=>String(v).endsWith('%')?parseFloat(v)*of/100:v==='auto'?'':parseFloat(v);
for(const a of e.attributes)if(!/^(class|id|style|href|role|tabindex|transform|focusable|data-.*|aria-.*)$/.test(a.name))found[a.name]=a.value;
for(const k of ['x','x1','x2','y','y1','y2'])if(k in found)found[k]=px(found[k],k[0]==='x'?width:height);
const css={rect:['x','y','width','height','rx','ry'],circle:['cx','cy','r'],ellipse:['cx','cy','rx','ry']}[name]||[];
for(const k of css)found[k]=px(cs[k],/y|h/.test(k)&&k!=='width'?height:width);
const word=name==='text'||name==='tspan',group=name==='g'||name==='use';
if(!group)for(const [k,v] of Object.entries(usual))if(cs.getPropertyValue(k)!==v&&(word||!/^(text|font)/.test(k)))found[k]=cs.getPropertyValue(k).replace(/"/g,'');
if(word)found['font-size']=cs.fontSize;
if(cs.opacity!=='1')found.opacity=cs.opacity;
if(cs.transform!=='none')found.transform=cs.transform;
if(name==='use'){
const of=document.querySelector(e.getAttribute('href'));
found.transform=`${found.transform||''} translate(${tidy(found.x||0)} ${tidy(found.y||0)})`;
delete found.x;delete found.y;
return of?element('g',found,shape(of,width,height)):'';
}
const inner=[...e.childNodes].map(n=>n.nodeType===1?shape(n,width,height):n.nodeType===3?xml(n.data.trim()&&n.data):'').join('');
return element(name,found,inner);
};
const texts1=(node,cs,left,top)=>{
const range=document.createRange(),lines=[];
for(const word of node.data.matchAll(/\S+/g)){
range.setStart(node,word.index);
range.setEnd(node,word.index+word[0].length);
const r=range.getBoundingClientRect(),line=lines[lines.length-1];
if(!r.width)continue;
if(line&&Math.abs(line.r.top-r.top)<3){line.t+=' '+word[0];line.to=r.right;}
else lines.push({t:word[0],r,to:r.right});
}
pen.font=cs.font;
const size=pen.measureText('x'),up=size.fontBoundingBoxAscent,down=size.fontBoundingBoxDescent;
const end=/right|end/.test(cs.textAlign),middle=cs.textAlign==='center';
return lines.map(({t,r,to})=>element('text',{
x:(end?to:middle?(r.left+to)/2:r.left)-left,y:r.top+(r.height-up-down)/2+up-top,
'text-anchor':end?'end':middle?'middle':'','font-size':cs.fontSize,'font-weight':cs.fontWeight==='400'?'':cs.fontWeight,
'font-style':cs.fontStyle==='normal'?'':cs.fontStyle,fill:cs.color},xml(t))).join('');
};
const laid=(e,left,top)=>{
const cs=getComputedStyle(e),r=e.getBoundingClientRect();
if(cs.display==='none')return'';
if(e.localName==='svg'){
const m=e.getScreenCTM(),b=e.viewBox.baseVal,own=b&&b.width?b:{width:r.width,height:r.height};
return element('g',{transform:`matrix(${[m.a,m.b,m.c,m.d,m.e-left,m.f-top].map(tidy).join(' ')})`},[...e.children].map(c=>shape(c,own.width,own.height)).join(''));
}
let out='';
const edge=parseFloat(cs.borderLeftWidth)&&parseFloat(cs.borderTopWidth),hatch=cs.backgroundImage!=='none';
const at={x:r.left-left+edge/2,y:r.top-top+edge/2,width:r.width-edge,height:r.height-edge,rx:parseFloat(cs.borderTopLeftRadius)};
if(r.width&&(cs.backgroundColor!==clear||edge))out+=element('rect',{...at,fill:cs.backgroundColor===clear?'none':cs.backgroundColor,stroke:edge?cs.borderTopColor:'','stroke-width':edge||''});
if(hatch)out+=element('rect',{...at,fill:'url(#hb)'});
for(const n of e.childNodes)out+=n.nodeType===1?laid(n,left,top):n.nodeType===3?texts1(n,cs,left,top):'';
return out;
};
const picture=fig=>{
const sheet=fig.cloneNode(true),alt=fig.querySelector('.vh');
for(const e of all('.foot,.vh,.ask',sheet))e.remove();
for(const e of all('.off,.dim,.lit',sheet))e.classList.remove('off','dim','lit');
const when=all('.kicker [data-when]').find(e=>e.dataset.when===(fig.closest('.wave')||{dataset:{}}).dataset.w);
const from=when||all('.kicker>*').find(e=>!e.hidden)||document.querySelector('.kicker');
sheet.append(make('p','',{className:'from',textContent:`${our('source')} ${document.title} · ${from.textContent}`}));
const stamp=document.querySelector('.stamp');
if(stamp)sheet.prepend(stamp.cloneNode(true));
sheet.className='fig sheet';
document.body.append(sheet);
const r=sheet.getBoundingClientRect(),cs=getComputedStyle(sheet),width=Math.ceil(r.width),height=Math.ceil(r.height);
let body=[...sheet.children].map(e=>laid(e,r.left,r.top)).join('');
const used=new Set([...body.matchAll(/url\(#(\w+)\)/g)].map(m=>m[1]));
const defs=[...used].map(id=>{const p=$(id);return element(p.localName,Object.fromEntries([...p.attributes].map(a=>[a.name,a.value])),[...p.children].map(c=>shape(c,0,0)).join(''));}).join('');
body=`<title>${xml(fig.querySelector('h3').textContent)}</title><desc>${xml(alt?alt.textContent:'')}</desc>${defs?`<defs>${defs}</defs>`:''}`+element('rect',{width:'100%',height:'100%',fill:cs.backgroundColor})+body;
const code=element('svg',{xmlns:'http://www.w3.org/2000/svg',width,height,viewBox:`0 0 ${width} ${height}`,'font-family':cs.fontFamily.replace(/"/g,"'"),lang},body);
sheet.remove();
return{width,height,code};
};
