// What a finger would miss: the targets shown that are under 44 px in either direction.
// A link inside a running sentence is excepted, and an invisible edge (::after) counts, unless strict.
(strict) => {
  const targets =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=tab], [tabindex="0"]';
  const shown = (one) =>
    one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], dialog:not([open])');
  const inSentence = (one) =>
    !strict && one.matches('p a, li a, dd a') && getComputedStyle(one).display === 'inline';
  const grown = (one) => {
    const edge = getComputedStyle(one, '::after');
    if (strict || edge.content === 'none' || edge.position !== 'absolute') return [0, 0];
    const out = (side) => Math.max(0, -parseFloat(edge[side]) || 0);
    return [out('left') + out('right'), out('top') + out('bottom')];
  };
  return [...document.querySelectorAll(targets)]
    .filter((one) => shown(one) && !inSentence(one))
    .map((one) => {
      const box = ((one.matches('input') && one.closest('label')) || one).getBoundingClientRect();
      const [wide, high] = grown(one);
      return [one.outerHTML.slice(0, 120), box.width + wide, box.height + high];
    })
    .filter(([, width, height]) => width > 1 && (width < 43.9 || height < 43.9));
};
