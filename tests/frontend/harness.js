// A model as anywidget hands it to a widget's code, driven by the test instead of a kernel.
import screen from "/screen.js";

const listeners = new Map();
const host = document.querySelector(".widget-host");
const state = JSON.parse(sessionStorage.getItem("harness") ?? "{}");
let end = () => {};

const model = {
  get: (name) => state[name],
  on: (names, listener) => {
    for (const name of names.split(" ")) listeners.set(name, listener);
  },
  off: () => listeners.clear(),
  send: (content) => window.sent.push(content),
};

window.sent = [];
window.harness = {
  /** What the kernel holds, also after a reload. */
  keep: (now) => sessionStorage.setItem("harness", JSON.stringify(Object.assign(state, now))),
  draw: (html) => (host.innerHTML = html),
  render: () => (end = screen.render({ model, el: host })),
  end: () => end(),
  change: (now) => {
    window.harness.keep(now);
    listeners.get("change:html")?.();
  },
  say: (message) => listeners.get("msg:custom")?.(message),
};
if (state.html) {
  window.harness.draw(state.html);
  window.harness.render();
}
