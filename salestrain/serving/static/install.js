// Registers the worker that shows the offline page; over plain http on a network there is none.
const language = document.documentElement.lang.slice(0, 2);
const worker = new URL(`../sw.js?language=${language}`, import.meta.url);
addEventListener("load", () => navigator.serviceWorker?.register(worker).catch(console.info));
