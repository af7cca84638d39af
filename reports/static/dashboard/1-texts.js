const root=document.documentElement,$=id=>document.getElementById(id);
const all=(css,within)=>[...(within||document).querySelectorAll(css)];
const texts=JSON.parse($('texts').textContent);
let lang=root.lang;
const say=i=>texts[lang][i];
