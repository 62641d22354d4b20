// In place of sanitize-html, which ships its own HTML parser: the browser has one.
const DROPPED = ["script", "style", "textarea", "option", "noscript", "iframe", "template"];
const ADDRESSES = ["href", "src"];
const SCHEMES = ["http:", "https:", "mailto:", "tel:"];

/** Whether an address, read as the browser reads it, leads to a page and runs nothing. */
function isSafe(address) {
  const base = location.href;
  return URL.canParse(address, base) && SCHEMES.includes(new URL(address, base).protocol);
}

export default function sanitize(source, { allowedTags, allowedAttributes }) {
  const body = new DOMParser().parseFromString(source, "text/html").body;
  const allowed = (tag, { name, value }) => {
    const names = [...(allowedAttributes["*"] ?? []), ...(allowedAttributes[tag] ?? [])];
    const known = names.some((one) =>
      one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one,
    );
    return known && (!ADDRESSES.includes(name) || isSafe(value));
  };
  const comments = document.createNodeIterator(body, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) comments.referenceNode.remove();
  for (const element of [...body.querySelectorAll("*")]) {
    const tag = element.localName;
    if (DROPPED.includes(tag)) element.remove();
    else if (!allowedTags.includes(tag)) element.replaceWith(...element.childNodes);
    for (const attribute of [...element.attributes]) {
      if (!allowed(tag, attribute)) element.removeAttribute(attribute.name);
    }
  }
  return body.innerHTML;
}
