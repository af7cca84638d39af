"""What a reader would notice, asked of a page as the browser laid it out.

Each probe is a function for the browser that returns a list of remarks; an empty list is good.
"""

from __future__ import annotations

_SEEN = """
const seen = e => e.checkVisibility({visibilityProperty: true}) &&
  !e.closest('.vh, dialog, svg.defs, #js-plotly-tester');
const name = e => { const s = e.closest('[id]'); return (s ? '#' + s.id + ' ' : '') +
  e.tagName.toLowerCase() + '.' + (e.getAttribute('class') || ''); };
const lines = () => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || e.closest('script, style, select') || !seen(e)) continue;
    range.selectNodeContents(n);
    for (const r of range.getClientRects())
      if (r.width > 1 && r.height > 1) found.push({n, e, r});
  }
  return found;
};
const scroller = e => { for (let p = e.parentElement; p; p = p.parentElement) {
  const o = getComputedStyle(p).overflowX;
  if ((o === 'auto' || o === 'scroll') && p !== document.body) return p; } return null; };
"""

SIDEWAYS = f"""() => {{ {_SEEN}
  const out = [], wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) out.push('the page scrolls sideways');
  const look = (box, e, what) => {{
    if (!box.width || (box.right <= wide + 1 && box.left >= -1)) return;
    const held = scroller(e);
    if (held && (held.matches('.t') || held.closest('nav'))) return;
    out.push(name(e) + ': ' + what + ' ' + Math.round(box.left) + '..' + Math.round(box.right));
  }};
  for (const e of document.body.querySelectorAll('*'))
    if (seen(e) && !e.closest('.skip, script, defs') && !e.closest('select'))
      look(e.getBoundingClientRect(), e, 'box');
  for (const l of lines()) if (!l.e.closest('.skip')) look(l.r, l.e, l.n.data.slice(0, 40));
  return out.slice(0, 12); }}"""
"""What lies outside the window; tables and the row of links to pages may scroll within it."""

CUT = f"""() => {{ {_SEEN}
  const out = [];
  for (const e of document.body.querySelectorAll('*')) {{
    if (!seen(e) || e.closest('svg, select')) continue;
    const s = getComputedStyle(e), w = e.scrollWidth - e.clientWidth,
      h = e.scrollHeight - e.clientHeight;
    const hides = v => v === 'hidden' || v === 'clip';
    if ((hides(s.overflowX) && w > 1) || (hides(s.overflowY) && h > 1))
      out.push(name(e) + ' is cut: ' + e.textContent.slice(0, 60));
  }}
  const all = lines().filter(l => !l.e.closest('.skip, .pt') && !scroller(l.e)).map(l => (
    {{...l, left: l.r.left + 1, right: l.r.right - 1,
      top: l.r.top + .22 * l.r.height, bottom: l.r.bottom - .22 * l.r.height}}));
  for (const l of all) {{
    const f = l.e.closest('.fig, .callout, td, th'), b = f && f.getBoundingClientRect();
    if (b && (l.left < b.left - 1 || l.right > b.right + 1 || l.top < b.top || l.bottom > b.bottom))
      out.push(name(l.e) + ' leaves its frame: ' + l.n.data.slice(0, 60));
  }}
  all.sort((a, b) => a.top - b.top);
  for (let i = 0; i < all.length; i++)
    for (let j = i + 1; j < all.length && all[j].top < all[i].bottom; j++)
      if (all[j].left < all[i].right && all[i].left < all[j].right)
        out.push(name(all[i].e) + ' "' + all[i].n.data.slice(0, 40) + '" lies over ' +
          name(all[j].e) + ' "' + all[j].n.data.slice(0, 40) + '"');
  return out.slice(0, 12); }}"""
"""Texts that are cut off, leave their frame or lie over each other."""

ORDER = f"""() => {{ {_SEEN}
  const out = [];
  for (const page of document.querySelectorAll('.page')) {{
    const parts = [...page.querySelectorAll('h2, h3, h4, p, li, dt, dd, figure, caption, tr, i')]
      .filter(e => seen(e) && !e.parentElement.closest('[role=img], tr, li') &&
        !(e.tagName === 'I' && !e.closest('.lines')))
      .map(e => ({{e, r: e.getBoundingClientRect()}})).filter(p => p.r.width && p.r.height);
    for (let i = 0; i < parts.length; i++) for (let j = i + 1; j < parts.length; j++) {{
      const a = parts[i], b = parts[j];
      if (a.e.contains(b.e)) continue;
      const wide = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left);
      const tall = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top);
      if ((wide > 2 && b.r.top < a.r.bottom - 2 && b.r.top < a.r.top - 2) ||
          (wide <= 2 && tall > 2 && b.r.left < a.r.left))
        out.push(page.id + ': ' + name(b.e) + ' stands before ' + name(a.e));
    }}
  }}
  return out.slice(0, 12); }}"""
"""What is read out later but stands higher in the same column, or further left."""

_COLOR = """
const parse = c => { const p = (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  return {r: p[0], g: p[1], b: p[2], a: p.length > 3 ? p[3] : 1}; };
const over = (f, b) => ({r: f.r * f.a + b.r * (1 - f.a), g: f.g * f.a + b.g * (1 - f.a),
  b: f.b * f.a + b.b * (1 - f.a), a: 1});
const lum = c => { const l = v => { v /= 255; return v <= .04045 ? v / 12.92
  : ((v + .055) / 1.055) ** 2.4; }; return .2126 * l(c.r) + .7152 * l(c.g) + .0722 * l(c.b); };
const ratio = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p);
  return (x + .05) / (y + .05); };
const paper = e => { const up = []; let under = {r: 255, g: 255, b: 255, a: 1};
  for (let p = e; p; p = p.parentElement) up.push(parse(getComputedStyle(p).backgroundColor));
  for (const c of up.reverse()) if (c.a) under = over(c, under);
  return under; };
const paint = (e, which) => { const s = getComputedStyle(e), v = s[which];
  if (v === 'none' || v.startsWith('url')) return null;
  if (which === 'stroke' && parseFloat(s.strokeWidth) === 0) return null;
  const c = parse(v); return {...c, a: c.a * parseFloat(s.opacity)}; };
const shapes = svg => [...svg.querySelectorAll('rect, circle, ellipse, path, polygon, use')];
const beneath = (e, x, y) => { const svg = e.ownerSVGElement; let under = paper(svg);
  for (const s of shapes(svg)) { if (s === e) break;
    const b = s.getBoundingClientRect(), fill = s.tagName === 'use' ? null : paint(s, 'fill');
    if (fill && b.left <= x && x <= b.right && b.top <= y && y <= b.bottom)
      under = over(fill, under); }
  return under; };
"""

TEXT_CONTRAST = f"""() => {{ {_SEEN} {_COLOR}
  const out = new Set();
  for (const l of lines()) {{
    const s = getComputedStyle(l.e), svg = l.e.ownerSVGElement;
    const x = (l.r.left + l.r.right) / 2, y = (l.r.top + l.r.bottom) / 2;
    const ground = svg ? beneath(l.e, x, y) : paper(l.e);
    const ink = over(parse(svg ? s.fill : s.color), ground);
    const size = parseFloat(s.fontSize), bold = Number(s.fontWeight) >= 700;
    const want = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5, got = ratio(ink, ground);
    if (got < want) out.add(l.e.tagName + '.' + l.e.getAttribute('class') + ' ' + got.toFixed(2));
  }}
  return [...out].slice(0, 12); }}"""
"""Texts, also those in drawings, with less than 4.5:1 against what is under them."""

MARK_CONTRAST = f"""() => {{ {_SEEN} {_COLOR}
  const out = new Map();
  const note = (e, got) => {{ const key = e.tagName + '.' + e.getAttribute('class');
    if (got < 3) out.set(key, Math.min(got, out.get(key) || 99)); }};
  const drawn = '[role=img] svg :is(rect, circle, line, ellipse, polygon)';
  for (const e of document.querySelectorAll(drawn)) {{
    if (!seen(e) || e.closest('.gl') || e.matches('line.n')) continue;
    const b = e.getBoundingClientRect();
    const tones = ['fill', 'stroke']
      .filter(w => w === 'stroke' || e.tagName !== 'line').map(w => paint(e, w)).filter(Boolean);
    if (!tones.length) continue;
    // marks touch each other: the side on which one stands free counts; a ring in the colour of
    // the paper sets a mark off, so it may stand out from its own ring
    const x = b.left + b.width / 2, y = b.top + b.height / 2;
    const sides = [[b.left - 1.5, y], [b.right + 1.5, y], [x, b.top - 1.5], [x, b.bottom + 1.5]];
    // a thin line crosses other marks; it stands on the paper
    const places = e.tagName === 'line' ? [paper(e.ownerSVGElement)]
      : sides.map(at => beneath(e, ...at));
    note(e, Math.max(...places.flatMap(g => [...tones.map(c => ratio(over(c, g), g)),
      tones.length > 1 ? ratio(over(tones[0], g), over(tones[1], g)) : 0])));
  }}
  for (const e of document.querySelectorAll('[role=img] :is(i, .h, .hs, .hs2)')) {{
    if (!seen(e)) continue;
    const s = getComputedStyle(e), ground = paper(e.parentElement);
    note(e, Math.max(ratio(over(parse(s.backgroundColor), ground), ground),
      parseFloat(s.borderTopWidth) ? ratio(over(parse(s.borderTopColor), ground), ground) : 0));
  }}
  return [...out].map(([k, v]) => k + ' ' + v.toFixed(2)); }}"""
"""Marks with less than 3:1 between their fill or border and what is under them."""

HOVER = """() => {
  const out = [], quiet = new RegExp('^(color|border-color|border-(top|right|bottom|left)-color|' +
    'background-color|text-decoration.*|cursor|outline.*)$');
  for (const e of document.querySelectorAll('[title]'))
    out.push('title: ' + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll('svg title')) out.push('svg title');
  const walk = rules => { for (const rule of rules) {
    if (rule.cssRules && rule.cssRules.length) walk(rule.cssRules);
    if (!rule.selectorText || !rule.selectorText.includes(':hover')) continue;
    for (const what of rule.style) if (!quiet.test(what)) out.push(rule.cssText);
  } };
  for (const sheet of document.styleSheets) walk(sheet.cssRules);
  return [...new Set(out)]; }"""
"""Content that would show only under a pointer."""

UNNAMED = """() => {
  const out = [], said = id => { const e = document.getElementById(id);
    return e ? e.textContent.trim() : ''; };
  for (const f of document.querySelectorAll('figure.fig')) {
    const art = f.querySelector('[role=img]'), rows = f.querySelectorAll('tbody tr');
    if (!said(f.getAttribute('aria-labelledby'))) out.push(f.id + ' has no name');
    if (!art || !said(art.getAttribute('aria-labelledby')) ||
        !said(art.getAttribute('aria-describedby'))) out.push(f.id + ' has no alternative');
    if (!(f.querySelector('figcaption') || {textContent: ''}).textContent.trim())
      out.push(f.id + ' has no caption');
    if (!rows.length || [...rows].some(r => !r.querySelector('th[scope=row]')) ||
        [...f.querySelectorAll('th, td')].some(c => !c.textContent.trim()))
      out.push(f.id + ' has no whole table');
  }
  return out; }"""
"""Figures without a name, a text alternative, a caption or a whole table."""

STOPS = """() => {
  const could = 'a[href], button, select, input, textarea, summary, [tabindex]';
  return [...document.querySelectorAll(could)]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}))
    .map(e => { const f = e.closest('figure.fig'); return f ? f.id : ''; }); }"""
"""Every tab stop: the figure it stands in, or ""."""

SPOKEN = f"""names => {{ {_SEEN}
  const out = [], foreign = {{
    nl: /\\b(the|and|of|with|which|between|their)\\b/gi,
    en: /\\b(de|het|een|van|en|met|voor|niet)\\b/gi}};
  const own = {{nl: foreign.en, en: foreign.nl}};
  for (const l of new Map(lines().map(l => [l.n, l])).values()) {{
    const lang = l.e.closest('[lang]').lang;
    const text = names.reduce((t, one) => t.replaceAll(one, ''), l.n.data);
    const count = words => (text.match(words) || []).length;
    if (!foreign[lang]) {{ out.push('lang ' + lang); continue; }}
    const other = count(foreign[lang]), mine = count(own[lang]);
    if (other >= 2 && other > mine) out.push(lang + '? ' + text.slice(0, 90));
  }}
  return out.slice(0, 12); }}"""
"""Texts that read as the other language than the one they are marked with, names left out."""

TEXT_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
"""What readers may set: WCAG 1.4.12."""

LARGE_TEXT = ":root { font-size: 200% !important; }"
