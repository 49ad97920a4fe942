// What is wrong with a page as it is shown now, a sentence each. Evaluated from outside: pages have no script.
(() => {
  const findings = [];
  const say = (what, element) => {
    const place = element ? ' at ' + element.tagName.toLowerCase() + (element.id ? '#' + element.id : '')
      + ' "' + (element.textContent || '').trim().slice(0, 60) + '"' : '';
    if (findings.length < 40) findings.push(what + place);
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true});
  const root = document.documentElement;

  // Layout: nothing beyond the page's edge, and what scrolls sideways can be reached by keyboard.
  if (root.scrollWidth > root.clientWidth) say(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  for (const element of all('body *')) {
    if (!shown(element) || element.closest('svg svg, svg *, .skip')) continue;
    let inside = false;
    for (let e = element.parentElement; e; e = e.parentElement) if (scrolls(e)) inside = true;
    const box = element.getBoundingClientRect();
    if (!inside && box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1)) say('leaves the page', element);
    if (scrolls(element) && element.scrollWidth > element.clientWidth + 1 && element.tabIndex < 0) {
      say('scrolls, but not by keyboard', element);
    }
  }

  // References.
  const ids = all('[id]').map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) say(`the id ${id} stands twice`);
  for (const link of all('a[href^="#"]')) {
    if (!document.getElementById(decodeURIComponent(link.getAttribute('href').slice(1)))) say('leads nowhere', link);
  }
  for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls']) {
    for (const element of all(`[${name}]`)) {
      for (const id of element.getAttribute(name).split(/\s+/)) if (!ids.includes(id)) say(`${name} ${id} is not there`, element);
    }
  }

  // Contrast of every word with what is behind it.
  const parse = (color) => {
    const numbers = (color.match(/[\d.]+/g) || []).map(Number);
    const scale = color.startsWith('color(srgb') ? 255 : 1;
    return {rgb: numbers.slice(0, 3).map((c) => c * scale), alpha: numbers.length > 3 ? numbers[3] : 1};
  };
  const over = (top, below) => top.rgb.map((c, i) => c * top.alpha + below[i] * (1 - top.alpha));
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const color = parse(getComputedStyle(e).backgroundColor);
      if (color.alpha > 0) layers.push(color);
      if (color.alpha === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !shown(element) || element.closest('title, desc, style, .skip')) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || size >= 18.66 && parseInt(style.fontWeight) >= 700;
    const drawn = element.closest('svg');
    const ink = parse(drawn ? style.fill : style.color);
    // Words on shaded cells stand on the four strongest shades.
    const grounds = drawn && element.closest('.k')
      ? [5, 6, 7, 8].map((q) => getComputedStyle(drawn).getPropertyValue(`--q${q}`).trim()).map((hex) =>
        [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)))
      : [behind(drawn || element)];
    for (const ground of grounds) {
      const found = ratio(over(ink, ground), ground);
      if (found < (isLarge ? 3 : 4.5)) say(`contrast ${found.toFixed(2)}`, element);
    }
  }

  // Names and roles.
  const name = (element) => (element.getAttribute('aria-label') || element.textContent || '').trim();
  for (const link of all('a[href], summary')) if (!name(link) && !link.closest('[aria-hidden=true]')) say('has no name', link);
  for (const hidden of all('[aria-hidden=true]')) {
    if (hidden.tabIndex >= 0 || hidden.querySelector('a[href]:not([tabindex="-1"])')) say('is hidden but takes the focus', hidden);
  }
  for (const image of all('img')) if (!image.alt || !image.naturalWidth) say('is a picture without words or without picture', image);
  for (const svg of all('svg[role=img]')) {
    const box = svg.getBoundingClientRect();
    if (!svg.querySelector('title')) say('is a picture without title', svg);
    if (shown(svg) && (box.width < 100 || box.height < 40)) say(`is a picture of ${box.width} by ${box.height}`, svg);
  }
  for (const table of all('table')) {
    if (!table.querySelector('th')) say('is a table without headings', table);
    if (!table.caption && !(table.closest('[aria-label]'))) say('is a table without name', table);
  }
  for (const head of all('th')) if (!['col', 'row'].includes(head.scope)) say('is a heading without scope', head);
  for (const group of all('[role=group], nav, section[aria-label], section[aria-labelledby]')) {
    const label = group.getAttribute('aria-labelledby');
    if (!(group.getAttribute('aria-label') || label && document.getElementById(label)?.textContent.trim())) say('has no name', group);
  }
  let level = 1;
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) say('skips a level', heading);
    level = own;
  }
  for (const [selector, wanted] of [['main', 1], ['h1', 1], ['body > .page > header', 1], ['html[lang]', 1], ['title', 1]]) {
    const scope = selector === 'title' ? all('head > title') : all(selector);
    if (scope.length !== wanted) say(`has ${scope.length} of ${selector}`);
  }
  for (const list of all('ul, ol')) if ([...list.children].some((child) => child.tagName !== 'LI')) say('is a list of other things', list);
  for (const element of all('[tabindex]')) if (element.tabIndex > 0) say('jumps the order of focus', element);
  if (all('a a, a button, button a').length) say('links nest');
  const first = document.querySelector('a[href], summary, [tabindex="0"]');
  if (!first || !first.classList.contains('skip')) say('the first stop is not the way to the content', first);
  for (const link of all('nav a')) {
    if (shown(link) && link.getBoundingClientRect().height < 24) say('is too small to hit', link);
  }

  // Nothing from outside, nothing that runs.
  if (all('script, iframe, object, embed, form').length) say('holds what a page of ours never holds');
  for (const element of all('*')) for (const {name} of element.attributes) if (/^on/.test(name)) say(`listens to ${name}`, element);
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
  if (!policy || !policy.content.startsWith("default-src 'none'")) say('has no policy');
  for (const entry of performance.getEntriesByType('resource')) if (!entry.name.startsWith('data:')) say(`loads ${entry.name}`);
  return findings;
})()
