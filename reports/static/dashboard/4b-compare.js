// The hollow dot can show any earlier wave, or none: its place and number stand in that wave's figure.
let against=null;
const versus=$('choose-versus');
if(versus)on(versus,'change',()=>{against=versus.value;compare();keep(1);});
const retext=(e,from)=>{
e.textContent=from?from.textContent:our('missing');
const i=from?from.dataset.i:words.missing;
if(i===undefined)delete e.dataset.i;else e.dataset.i=i;
};
let touched=false;
const compare=()=>{
if(!versus)return;
const before=all('option',wave).filter(o=>+o.value<+wave.value);
versus.replaceChildren(versus.options[0],...before.map(o=>o.cloneNode(true)));
const last=before.length?before[before.length-1].value:'0';
versus.value=against==='0'||before.some(o=>o.value===against)?against:last;
versus.parentElement.hidden=!before.length;
if(against===null&&!touched)return;
touched=true;
const none=versus.value==='0',named=versus.selectedOptions[0];
for(const chart of all('.wave[open] .pv')){
const fig=chart.closest('.fig'),part=chart.closest('.wave');
const other=+versus.value<+part.dataset.w?$(fig.id.replace(/-w\d+$/,'-w'+versus.value)):null;
const rows=other?all('.gr>.l',other):[],trs=all('tr',fig);
all('.gr>.l',chart).forEach((label,i)=>{
const at=rows.findIndex(o=>o.textContent===label.textContent),plot=label.nextElementSibling.firstChild;
const dot=at<0?null:rows[at].nextElementSibling.querySelector('.m');
let ring=plot.querySelector('.o');
if(!dot||plot.localName!=='svg'){if(ring)ring.remove();}
else{if(!ring)plot.append(ring=set(document.createElementNS(plot.namespaceURI,'circle'),{class:'o'}));
const cx=dot.getAttribute('cx'),now=plot.querySelector('.m');
set(ring,{cx,class:now&&Math.abs(parseFloat(cx)-parseFloat(now.getAttribute('cx')))<3?'o eq':'o'});}
retext(trs[i+1].lastChild,at<0?null:all('tbody tr',other)[at].cells[1]);
});
for(const tr of trs)tr.lastChild.hidden=none;
retext(trs[0].lastChild,named);
const key=chart.querySelector('.key .o').closest('.k');
key.hidden=none;
if(!key.lastChild.dataset)key.lastChild.replaceWith(make('span'));
retext(key.lastChild,named);
}
spots=null;
later(gather);
};
