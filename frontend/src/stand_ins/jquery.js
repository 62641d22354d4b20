// The widgets use jQuery only to hold an element; anywidget empties it before it draws, but a
// host holds what the server has drawn already.
export default function $(element) {
  if (!(this instanceof $)) return new $(element);
  this[0] = element;
}
$.prototype.empty = function () {
  if (!this[0].classList.contains("widget-host")) this[0].replaceChildren();
};
