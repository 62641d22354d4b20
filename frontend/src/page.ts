/** Starts a served page: kernel, widgets, banners; remembers taps that come before they are there. */

import { Kernel, type State } from "./kernel";
import type { Manager } from "./manager";

const root = document.documentElement;
const KEPT = { zh: "你做过的、写下的都在。", en: "What you did and wrote is kept." };
const TEXTS = {
  zh: {
    lost: ["连接断了，正在重新连接。", KEPT.zh, "现在重连"],
    silent: ["服务器没有回应，正在等它。", KEPT.zh],
    back: ["重新连上了。", "接着做就行。"],
    dead: ["这次会话已经结束。", `${KEPT.zh}点一下接着做。`, "继续"],
    failed: ["这一页没能打开。", KEPT.zh, "重新打开"],
  },
  en: {
    lost: ["The connection dropped; reconnecting.", KEPT.en, "Reconnect now"],
    silent: ["The server isn’t answering; waiting for it.", KEPT.en],
    back: ["Connected again.", "You can go on."],
    dead: ["This session has ended.", `${KEPT.en} One tap and you go on.`, "Continue"],
    failed: ["This page didn’t open.", KEPT.en, "Open again"],
  },
};
const BLIP = 800; // ms; a shorter break is not worth a banner
const LEFT = 4001; // how a socket closes whose page is left
const BANNER =
  '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9"/>' +
  '<path d="M12 7v5l3 2"/></svg><p><strong></strong><br><span></span></p>' +
  '<button type="button" class="button"></button>';

/** Tell the person what happened, what is safe, and the one thing to do. */
function tell(what: keyof typeof TEXTS.zh, press?: () => void): void {
  document.getElementById("session-banner")?.remove();
  const texts = TEXTS[root.lang.startsWith("zh") ? "zh" : "en"][what];
  const className = `session-banner session-banner--${what}`;
  const given = { id: "session-banner", className, role: "alert", innerHTML: BANNER };
  const banner = Object.assign(document.createElement("div"), given);
  const button = banner.querySelector("button")!;
  for (const [index, part] of ["strong", "span", "button"].entries()) {
    banner.querySelector(part)!.textContent = texts[index] ?? "";
  }
  if (press) button.onclick = press;
  else button.remove();
  const dialog = document.querySelector("dialog:modal"); // what lies outside can't be reached
  const header = document.querySelector("body > header");
  if (header && !dialog) header.after(banner);
  else (dialog ?? document.body).prepend(banner);
}

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
    } else if (document.getElementById("session-banner")) {
      tell("back");
      timer = window.setTimeout(() => document.getElementById("session-banner")?.remove(), 2500);
    }
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
