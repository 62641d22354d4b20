/** The Screen's client: shows what the server has drawn, and sends what a person does. */

import { newId } from "../protocol";
import { Actions, type Waiting } from "./actions";
import { countdown } from "./behaviours/countdown";
import { dialog } from "./behaviours/dialog";
import { focus } from "./behaviours/focus";
import { needs } from "./behaviours/needs";
import { order } from "./behaviours/order";
import { say } from "./behaviours/say";
import { scroll } from "./behaviours/scroll";
import { shortcuts } from "./behaviours/shortcuts";
import { table } from "./behaviours/table";
import { tabs } from "./behaviours/tabs";
import { voice } from "./behaviours/voice";
import { Drafts, formKey, type Kept } from "./drafts";
import { ENTERED, type Field, type Fields, fieldsOf, withOf } from "./fields";
import { morph } from "./morph";
import { Stage } from "./stage";
import { keptAs, Store, tabStorage } from "./store";
import { Toast } from "./toast";
import { closeDialogOf, controlKey, showWaiting } from "./waiting";

/** What anywidget hands a widget's code of its model. */
export interface Model {
  get(name: string): any;
  on(name: string, listener: (message: any) => void): void;
  off(name: string, listener: (message: any) => void): void;
  send(content: unknown): void;
}

const BEHAVIOURS = [
  order,
  table,
  tabs,
  dialog,
  shortcuts,
  needs,
  scroll,
  focus,
  countdown,
  say,
  voice,
];
const STILL_SAVING_AFTER = 8000;
const page = document.documentElement;

class Screen {
  private readonly stage: Stage;
  private readonly toast: Toast;
  private readonly drafts: Drafts;
  private readonly actions: Actions;
  private readonly redrawn: ReturnType<(typeof BEHAVIOURS)[number]>[];
  private drawn: { html: string; at: string } | undefined;
  private readonly inPage: string; // what a served page came with; until it changes it isn't sent

  constructor(
    private readonly model: Model,
    private readonly el: HTMLElement,
    signal: AbortSignal,
  ) {
    this.inPage = el.innerHTML;
    const name = keptAs(el);
    const storage = name === undefined ? undefined : tabStorage();
    const keep = (field: HTMLElement) => this.drafts.keep(el, this.at, field as Field);
    this.stage = new Stage(el, signal, () => model.get("language") ?? "", keep);
    this.drafts = new Drafts(new Store<Kept>(`salestrain:drafts ${name}`, storage, {}));
    this.actions = new Actions(
      new Store<Waiting[]>(`salestrain:actions ${name}`, storage, []),
      (action) => {
        if (this.online) model.send(action); // else it goes when the line is back
      },
    );
    el.dataset.lmSuppressShortcuts = "true"; // JupyterLab's own keys leave typing alone
    if (el.hasChildNodes()) this.drafts.keepTouched(el, this.at);
    this.toast = new Toast(el);
    this.redrawn = BEHAVIOURS.map((behaviour) => behaviour(this.stage));
    this.listen(signal);
    this.draw();
    this.actions.resend();
    el.dataset.live = "";
  }

  private get at(): string {
    return this.model.get("at") ?? "";
  }

  private get online(): boolean {
    return (page.dataset.kernel ?? "ok") === "ok"; // a notebook doesn't say
  }

  private listen(signal: AbortSignal): void {
    const { stage, model } = this;
    stage.on("click", "[data-do]:not(form)", (control, event) => {
      event.preventDefault();
      this.act(control, controlKey(control), withOf(control), "");
    });
    stage.on("submit", "form[data-do]", (form, event) => {
      event.preventDefault();
      const { submitter } = event as SubmitEvent;
      const fields = fieldsOf(form as HTMLFormElement, submitter);
      this.act(form, controlKey(form, submitter), fields, formKey(form));
    });
    for (const type of ["input", "change"] as const) {
      stage.on(type, ENTERED, (field) => stage.keep(field));
    }
    const redraw = () => this.draw();
    const answer = (message: any) => this.answer(message);
    const changes = "change:html change:at change:title change:language";
    model.on(changes, redraw);
    model.on("msg:custom", answer);
    signal.addEventListener("abort", () => {
      model.off(changes, redraw);
      model.off("msg:custom", answer);
    });
    addEventListener("salestrain:back", () => this.actions.resend(), { signal });
  }

  private act(control: HTMLElement, key: string, fields: Fields, form: string): void {
    const id = newId();
    const name = control.dataset.do!;
    this.toast.hide();
    if (!this.actions.send({ id, do: name, at: this.at, fields, control: key, form })) return;
    this.showWaiting();
    setTimeout(() => {
      const waits = this.actions.waiting.some((action) => action.id === id);
      if (waits && this.online) this.toast.show(this.stage.texts.saving, true);
    }, STILL_SAVING_AFTER);
  }

  /** The kernel says what became of an action. */
  private answer(message: { done?: string; refused?: string; say?: string }): void {
    const settled = this.actions.settle(message.done ?? message.refused ?? "");
    if (!settled) return;
    if (!this.actions.waiting.length) this.toast.hide(true);
    if (message.done !== undefined) {
      this.drafts.forget(settled.at, settled.form, settled.fields);
      closeDialogOf(this.el, settled.control);
      this.draw(true);
    } else {
      this.showWaiting();
      this.toast.show(String(message.say ?? ""));
    }
  }

  private draw(again = false): void {
    const html: string = this.model.get("html") || this.inPage;
    const { at } = this;
    const last = this.drawn;
    if (page.dataset.kernel) document.title = this.model.get("title") || document.title;
    if (!again && last?.html === html && last.at === at) return;
    this.drawn = { html, at };
    const moved = last !== undefined && last.at !== at;
    if (moved) for (const open of this.stage.all<HTMLDialogElement>("dialog[open]")) open.close();
    morph(this.el, html, (screen) => this.drafts.restore(screen, at), !moved);
    for (const refresh of this.redrawn) refresh?.({ first: !last, moved });
    this.showWaiting();
  }

  private showWaiting(): void {
    const here = this.actions.waiting.filter(({ at }) => at === this.at);
    showWaiting(this.el, new Set(here.map(({ control }) => control)));
  }
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const controller = new AbortController();
  new Screen(model, el, controller.signal);
  return () => controller.abort();
}

export default { render };
