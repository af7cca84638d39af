// What a figure gives away: files that are made here and go nowhere but to the reader's disk.
const hand=(fig,kind,what)=>{
const link=make('a',{download:`${decodeURI(location.pathname).split('/').pop().replace(/\.\w+$/,'')}-${fig.id}.${kind}`,href:URL.createObjectURL(new Blob([what]))});
link.click();
setTimeout(()=>URL.revokeObjectURL(link.href),9999);
};

// The table as rows: numbers are numbers, both limits have a column, words stay words.
const number=t=>/^[−+]?\d+([.,]\d+)?$/.test(t)?+t.replace('−','-').replace(',','.'):t;
const rowsOf=fig=>{
const mid=our('range'),stamp=all('.stamp').slice(0,1).map(e=>e.textContent);
const rows=all('.t tr',fig).map(tr=>[...tr.cells].filter(c=>!c.hidden).map(c=>c.textContent));
const limits=t=>{const both=t.split(mid).map(number);return+both[1]===both[1]?both:0;};
return rows.map((row,i)=>stamp.concat(row.flatMap((t,c)=>{
const wide=c&&rows.some((r,k)=>k&&limits(r[c]));
if(!i)return wide?[`${t}: ${our('from')}`,`${t}: ${our('to')}`]:t;
return wide?limits(t)||[number(t),number(t)]:c?number(t):t;
})));
};
const table=fig=>{
const point=our('point');
const cell=v=>+v===v?String(v).replace('.',point):`"${v.replace(/^(?=[ \xa0]*[=+\-@\t\r\n|%＝＋－＠])/,"'").replace(/"/g,'""')}"`;
return'\ufeff'+rowsOf(fig).map(row=>row.map(cell).join(point===','?';':',')+'\r\n').join('');
};

// A workbook is a zip with a few pages of XML; nothing in it is packed. Its numbers have two bytes
// or, low half first, four.
const two=n=>[n,n>>>16];
const checksum=data=>{
let c=-1;
for(const b of data){c^=b;for(let k=8;k--;)c=c>>>1^(c&1&&0xedb88320);}
return~c;
};
const zip=files=>{
const parts=[],index=[];
let at=0,size=0;
for(const path in files){
const [name,data]=[path,'<?xml version="1.0" encoding="UTF-8"?>'+files[path]].map(t=>new TextEncoder().encode(t));
const long=two(data.length),same=[20,0,0,0,33,...two(checksum(data)),...long,...long,name.length,0];
index.push(new Uint16Array([0x4b50,0x201,20,...same,0,0,0,0,0,...two(at)]),name);
parts.push(new Uint16Array([0x4b50,0x403,...same]),name,data);
at+=30+name.length+data.length;
size+=46+name.length;
}
const count=parts.length/3;
return new Blob([...parts,...index,new Uint16Array([0x4b50,0x605,0,0,count,count,...two(size),...two(at),0])]);
};
const book=fig=>{
const open='http://schemas.openxmlformats.org/',kind='application/vnd.openxmlformats-',office=open+'officeDocument/2006/relationships',main=`xmlns="${open}spreadsheetml/2006/main"`;
const link=(type,to)=>`<Relationships xmlns="${open}package/2006/relationships"><Relationship Id="a" Type="${office}/${type}" Target="${to}"/></Relationships>`;
const part=(path,type)=>`<Override PartName="/${path}" ContentType="${kind}officedocument.spreadsheetml.${type}+xml"/>`;
const cell=v=>+v===v?`<c><v>${v}</v></c>`:`<c t="inlineStr"><is><t>${xml(v)}</t></is></c>`;
return zip({
'[Content_Types].xml':`<Types xmlns="${open}package/2006/content-types"><Default Extension="rels" ContentType="${kind}package.relationships+xml"/>${part('b.xml','sheet.main')}${part('s.xml','worksheet')}</Types>`,
'_rels/.rels':link('officeDocument','b.xml'),
'b.xml':`<workbook ${main} xmlns:r="${office}"><sheets><sheet name="${our('sheet')}" sheetId="1" r:id="a"/></sheets></workbook>`,
'_rels/b.xml.rels':link('worksheet','s.xml'),
's.xml':`<worksheet ${main}><sheetData>${rowsOf(fig).map(row=>`<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`
});
};
const keeps={
svg:fig=>hand(fig,'svg',picture(fig).code),
png:fig=>{
const {width,height,code}=picture(fig),image=new Image();
image.onload=()=>{
const canvas=set(document.createElement('canvas'),{width:width*2,height:height*2});
canvas.getContext('2d').drawImage(image,0,0,width*2,height*2);
canvas.toBlob(made=>hand(fig,'png',made));
};
image.src='data:image/svg+xml,'+encodeURIComponent(code);
},
csv:fig=>hand(fig,'csv',table(fig)),
xlsx:fig=>hand(fig,'xlsx',book(fig))
};
