/** Voice, where the browser offers it: answers read aloud, and speech taken down. Off by default. */

import type { Behaviour } from "../stage";

const KEPT = "salestrain:voice";
type Side = "in" | "out";

/** A list that has only its length and its places. */
interface Results {
  length: number;
  [place: number]: { 0: { transcript: string } };
}

/** What of the speech recognition interface is used; no browser's types have it. */
interface Recognition {
  lang: string;
  onresult: (event: { results: Results }) => void;
  onend: () => void;
  start(): void;
  stop(): void;
}

const Recogniser: (new () => Recognition) | undefined =
  (window as any).SpeechRecognition ?? (window as any).webkitSpeechRecognition;
const OFFERED: Record<Side, boolean> = {
  in: Recogniser !== undefined,
  out: "speechSynthesis" in window,
};

function wanted(): Record<Side, boolean> {
  try {
    return { in: false, out: false, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
  } catch {
    return { in: false, out: false }; // no storage, or not ours
  }
}

function want(side: Side, on: boolean): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...wanted(), [side]: on }));
  } catch {
    // it holds for this page only
  }
}

export const voice: Behaviour = (stage) => {
  let listening: Recognition | undefined;
  let spoken = "";
  const language = () => stage.root.lang || document.documentElement.lang || "zh-CN";

  const apart = (before: string) => /\S$/.test(before) && !language().startsWith("zh");

  function show(): void {
    const on = wanted();
    for (const place of stage.all<HTMLElement>("[data-behaviour=voice]")) {
      place.hidden = !OFFERED.in && !OFFERED.out;
    }
    for (const side of ["in", "out"] as const) {
      for (const toggle of stage.all<HTMLElement>(`[data-voice=${side}]`)) {
        toggle.hidden = !OFFERED[side];
        toggle.setAttribute("aria-pressed", String(on[side]));
      }
    }
    for (const button of stage.all<HTMLElement>("[data-voice=speak]")) {
      button.hidden = !(OFFERED.in && on.in);
      button.setAttribute("aria-pressed", String(listening !== undefined));
    }
  }

  function readAloud(first: boolean): void {
    const last = stage.all<HTMLElement>("[data-spoken]").at(-1)?.textContent ?? "";
    const fresh = last !== spoken;
    spoken = last;
    if (first || !fresh || !last || !OFFERED.out || !wanted().out) return;
    const said = new SpeechSynthesisUtterance(last);
    said.lang = language();
    speechSynthesis.cancel();
    speechSynthesis.speak(said);
  }

  function takeDown(): void {
    if (listening || !Recogniser) return listening?.stop();
    const field = stage.root.querySelector<HTMLTextAreaElement>("[data-behaviour=say]");
    listening = new Recogniser();
    listening.lang = language();
    listening.onresult = (event) => {
      const { results } = event;
      if (!field) return;
      const heard = results[results.length - 1]?.[0].transcript.trim() ?? "";
      field.value += `${apart(field.value) ? " " : ""}${heard}`;
      stage.keep(field);
    };
    listening.onend = () => {
      listening = undefined;
      show();
    };
    listening.start();
    show();
  }

  stage.on("click", "[data-voice]", (control) => {
    const side = control.dataset.voice;
    if (side === "speak") return takeDown();
    const on = control.getAttribute("aria-pressed") !== "true";
    want(side as Side, on);
    if (side === "out" && !on && OFFERED.out) speechSynthesis.cancel();
    show();
  });
  stage.signal.addEventListener("abort", () => {
    listening?.stop();
    if (OFFERED.out) speechSynthesis.cancel();
  });
  return ({ first }) => {
    show();
    readAloud(first);
  };
};
