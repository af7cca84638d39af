// One party, sector or group: its rows stay, the rows of others step back.
const names=[...new Set(all('[data-u],[data-v]').flatMap(e=>[e.dataset.u,e.dataset.v]))].filter(Boolean);
const unit=names.length>1&&$('said')?make('select',{id:'choose-unit',autocomplete:'off'}):null;
if(unit){
unit.append(make('option',{value:''},'every'));
for(const name of names)unit.append(Object.assign(document.createElement('option'),{value:name,textContent:name}));
const label=make('label');
label.append(make('span',{},'unit'),unit);
let row=document.querySelector('.choose');
if(!row)document.querySelector('.top>.in').append(row=make('div',{class:'choose'}));
row.append(label);
on(unit,'change',()=>{showUnit();keep(1);});
}
const showUnit=()=>{
if(!unit)return;
const want=unit.value;
for(const r of all('[data-u],[data-v]')){
const off=want&&![r.dataset.u,r.dataset.v].includes(want),whole=r.closest('.dr');
for(let e=whole||r;e;e=whole?null:e.nextElementSibling){if(e!==r&&!whole&&e.matches('.l,.a'))break;flag(e,'aside',off);}
}
};
