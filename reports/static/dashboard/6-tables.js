// A table that is wider than its frame can be reached and scrolled by keyboard.
const reach=box=>{
if(box.scrollWidth<=box.clientWidth||box.tabIndex===0)return;
box.tabIndex=0;
const caption=box.querySelector('caption');
caption.id=caption.id||'cap-'+all('caption').indexOf(caption);
box.setAttribute('role','group');
box.setAttribute('aria-labelledby',caption.id);
};
document.addEventListener('toggle',event=>{if(event.target.open)all('.t',event.target).forEach(reach);},true);
for(const when of ['load','resize'])addEventListener(when,()=>all('.facts').forEach(reach));
