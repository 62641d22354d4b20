/** The banner of a page: what happened to its line, what is safe, the one thing to do. */

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
export const BLIP = 800; // ms; a shorter break is not worth a banner
const BANNER =
  '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9"/>' +
  '<path d="M12 7v5l3 2"/></svg><p><strong></strong><br><span></span></p>' +
  '<button type="button" class="button"></button>';

/** Tell the person what happened, what is safe, and the one thing to do. */
export function tell(what: keyof typeof TEXTS.zh, press?: () => void): void {
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

/** The line is back: say so for a moment, if it was told that it was gone. */
export function tellBack(): number {
  if (!document.getElementById("session-banner")) return 0;
  tell("back");
  return window.setTimeout(() => document.getElementById("session-banner")?.remove(), 2500);
}
