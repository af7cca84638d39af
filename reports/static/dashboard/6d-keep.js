// What a figure gives away: files that are made here and leave for nowhere but the reader's disk.
const hand=(fig,kind,what)=>{
const a=document.createElement('a'),name=decodeURIComponent(location.pathname).split('/').pop().replace(/\.\w+$/,'');
a.download=`${name}-${fig.id}.${kind}`;
a.href=URL.createObjectURL(what instanceof Blob?what:new Blob([what]));
a.click();
setTimeout(()=>URL.revokeObjectURL(a.href),9999);
};

// The table as rows; numbers are numbers, limits have a column each, words stay words.
const number=t=>/^[−+]?\d+([.,]\d+)?$/.test(t)?+t.replace('−','-').replace(',','.'):t;
const rowsOf=fig=>{
const mid=our('range'),stamp=document.querySelector('.stamp');
const rows=all('.t tr',fig).map(tr=>[...tr.cells].filter(c=>!c.hidden).map(c=>c.textContent));
const wide=rows[0].map((_,c)=>rows.some((row,i)=>i&&c&&row[c].split(mid).length===2));
return rows.map((row,i)=>(stamp?[stamp.textContent]:[]).concat(row.flatMap((t,c)=>{
const two=t.split(mid);
if(!i)return wide[c]?[`${t}: ${our('from')}`,`${t}: ${our('to')}`]:[t];
if(wide[c])return two.length===2?two.map(number):[number(t),number(t)];
return[c?number(t):t];
})));
};
const table=fig=>{
const point=our('point'),mark=point===','?';':',';
const cell=v=>{
if(typeof v==='number')return String(v).replace('.',point);
const t=/^[ \xa0]*[=+\-@\t\r\n|%＝＋－＠]/.test(v)?`'${v}`:v;
return/[";,\r\n]/.test(t)?`"${t.replace(/"/g,'""')}"`:t;
};
return'\ufeff'+rowsOf(fig).map(row=>row.map(cell).join(mark)+'\r\n').join('');
};

// A workbook is a zip with a few pages of XML; nothing in it is packed.
const bytes=list=>new Uint8Array(list.flatMap(([v,n])=>Array.from({length:n},(_,i)=>v>>>8*i&255)));
const checksum=data=>{
let c=-1;
for(const b of data){c^=b;for(let k=0;k<8;k++)c=c>>>1^(c&1?0xedb88320:0);}
return~c;
};
const zip=files=>{
const parts=[],index=[];
let at=0,long=0;
for(const [path,text] of files){
const name=new TextEncoder().encode(path),data=new TextEncoder().encode(text);
const same=[[20,2],[0,6],[33,2],[checksum(data),4],[data.length,4],[data.length,4],[name.length,2],[0,2]];
const head=bytes([[0x04034b50,4],...same]),entry=bytes([[0x02014b50,4],[20,2],...same,[0,10],[at,4]]);
parts.push(head,name,data);
index.push(entry,name);
at+=head.length+name.length+data.length;
long+=entry.length+name.length;
}
return new Blob([...parts,...index,bytes([[0x06054b50,4],[0,4],[files.length,2],[files.length,2],[long,4],[at,4],[0,2]])]);
};
const book=fig=>{
const start='<?xml version="1.0" encoding="UTF-8"?>',open='http://schemas.openxmlformats.org/',kind='application/vnd.openxmlformats-';
const main=`${open}spreadsheetml/2006/main`,office=`${open}officeDocument/2006/relationships`,of=`${kind}officedocument.spreadsheetml.`;
const link=(type,to)=>`${start}<Relationships xmlns="${open}package/2006/relationships"><Relationship Id="a" Type="${office}/${type}" Target="${to}"/></Relationships>`;
const rows=rowsOf(fig).map(row=>`<row>${row.map(v=>typeof v==='number'?`<c><v>${v}</v></c>`:`<c t="inlineStr"><is><t xml:space="preserve">${xml(v)}</t></is></c>`).join('')}</row>`).join('');
return zip([
['[Content_Types].xml',`${start}<Types xmlns="${open}package/2006/content-types"><Default Extension="rels" ContentType="${kind}package.relationships+xml"/><Override PartName="/b.xml" ContentType="${of}sheet.main+xml"/><Override PartName="/s.xml" ContentType="${of}worksheet+xml"/></Types>`],
['_rels/.rels',link('officeDocument','b.xml')],
['b.xml',`${start}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${xml(our('sheet'))}" sheetId="1" r:id="a"/></sheets></workbook>`],
['_rels/b.xml.rels',link('worksheet','s.xml')],
['s.xml',`${start}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`]
]);
};
const keeps={
svg:fig=>hand(fig,'svg',picture(fig).code),
png:fig=>{
const {width,height,code}=picture(fig),image=new Image();
image.onload=()=>{
const canvas=Object.assign(document.createElement('canvas'),{width:width*2,height:height*2});
canvas.getContext('2d').drawImage(image,0,0,width*2,height*2);
canvas.toBlob(made=>hand(fig,'png',made));
};
image.src='data:image/svg+xml,'+encodeURIComponent(code);
},
csv:fig=>hand(fig,'csv',table(fig)),
xlsx:fig=>hand(fig,'xlsx',book(fig))
};
