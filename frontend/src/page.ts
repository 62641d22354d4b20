/** Starts a served page: kernel, widgets, banners; remembers taps that come before they are there. */

import { BLIP, tell, tellBack } from "./banner";
import { Kernel, type State } from "./kernel";
import type { Manager } from "./manager";

const root = document.documentElement;
const LEFT = 4001; // how a socket closes whose page is left

/** Only the banner can be used from now on; what was typed can still be read. */
function end(what: "dead" | "failed"): void {
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog:modal")) {
    dialog.close();
    dialog.show();
  }
  tell(what, () => location.reload());
  for (const part of document.querySelectorAll("body > :not(#session-banner)")) {
    part.toggleAttribute("inert", true);
  }
}

/** Hold back taps and forms until the widgets are there, then let them happen. */
function holdTaps(): () => void {
  const taps = new Map<HTMLElement, () => void>();
  const hold = (event: Event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-do], [data-opens]");
    const form = pressed instanceof HTMLFormElement ? pressed : undefined;
    if (!pressed?.closest(".widget-host") || (form && event.type === "click")) return;
    const { submitter = null } = event as SubmitEvent;
    taps.set(pressed, () => (form ? form.requestSubmit(submitter) : pressed.click()));
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed.ariaBusy = "true";
  };
  const kinds = ["click", "submit"];
  for (const kind of kinds) document.addEventListener(kind, hold, true);
  return () => {
    for (const kind of kinds) document.removeEventListener(kind, hold, true);
    for (const [pressed, press] of taps) {
      pressed.ariaBusy = null;
      if (pressed.isConnected) press();
    }
  };
}

/** Look again and again: the page comes in pieces, while the notebook runs. */
async function until<T>(find: () => T): Promise<T> {
  while (!find()) await new Promise((resolve) => setTimeout(resolve, 20));
  return find();
}

const parsed = () => document.readyState !== "loading";
/** The address of another of our files, under the same version as this one. */
const asset = (name: string) =>
  new URL(name + new URL(import.meta.url).search, import.meta.url).href;

async function start(): Promise<void> {
  let manager: Manager | undefined;
  let timer = 0;
  const follow = (state: State) => {
    clearTimeout(timer);
    root.dataset.kernel = state === "silent" ? "lost" : state;
    if (state === "dead") end("dead");
    else if (state === "silent") tell("silent");
    else if (state === "lost") {
      timer = window.setTimeout(() => tell("lost", () => kernel.wake()), BLIP);
    } else timer = tellBack();
    // what was said meanwhile is lost: ask for it, then let screens send again
    const again = state === "ok" && root.dataset.ready ? manager?.load() : undefined;
    again?.then(() => dispatchEvent(new Event("salestrain:back"))).catch(console.error);
  };
  const release = holdTaps();
  const loading = import("./manager"); // while the notebook still runs
  import(asset("screen.js")).catch(() => undefined); // nearly always needed, and soon
  const settings = () => document.getElementById("page-config");
  const element = await until(() => (settings()?.nextSibling || parsed() ? settings() : null));
  const { baseUrl, kernelId, stockUrl, probeSeconds = 4 } = JSON.parse(element!.textContent!);
  const address = new URL(`${baseUrl}api/kernels/${kernelId}`, location.href).href;
  const kernel = new Kernel(address, follow, 1000 * probeSeconds);
  addEventListener("pagehide", () => {
    kernel.part(LEFT); // said twice: a browser may drop one of the two as it ends
    navigator.sendBeacon(`${baseUrl}leave/${kernelId}`);
  });
  manager = new (await loading).Manager(kernel, asset);
  await until(parsed);
  await manager.load();
  if (manager.missing && stockUrl && !location.href.endsWith(stockUrl)) {
    return location.replace(stockUrl);
  }
  const hosts = Array.from(document.querySelectorAll<HTMLElement>(".widget-host"));
  await Promise.all(hosts.map((host) => manager.show(host.dataset.modelId!, host)));
  release();
  root.dataset.ready = String(Math.round(performance.now()));
  dispatchEvent(new Event("salestrain:ready"));
}

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // back from the cache: that kernel is gone
});
start().catch((error) => {
  console.error(error);
  end("failed");
});
