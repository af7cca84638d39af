// Toolbars: one tab stop each, arrow keys inside.
const bars=()=>all('[role=toolbar]');
const tools=bar=>all('button,a',bar).filter(e=>!e.hidden);
const rove=()=>{for(const bar of bars()){const list=tools(bar),on=list.find(e=>e.tabIndex===0&&e.dataset.on)||list[0];for(const e of list)e.tabIndex=e===on?0:-1;}};
document.addEventListener('keydown',event=>{
const bar=event.target.closest&&event.target.closest('[role=toolbar]');
if(!bar)return;
const list=tools(bar),at=list.indexOf(document.activeElement);
const to={ArrowRight:at+1,ArrowLeft:at-1,Home:0,End:list.length-1}[event.key];
if(to===undefined||at<0)return;
event.preventDefault();
const next=list[(to+list.length)%list.length];
for(const e of list)e.tabIndex=e===next?0:-1;
next.focus();
});
rove();
