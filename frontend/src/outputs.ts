/** The Output widget: what code prints and displays after the page was made. */

import { OutputModel as Model, OutputView as View } from "@jupyter-widgets/output";
import type { Kernel } from "./kernel";
import type { Manager } from "./manager";
import type { Fields, Message } from "./protocol";

const WIDGET = "application/vnd.jupyter.widget-view+json";
const joined = (text: string | string[] = "") => (Array.isArray(text) ? text.join("") : text);
/** Without colours; what a carriage return overwrites is left out. */
const plain = (text: string) =>
  text.replace(/\x1b\[[\d;]*[A-Za-z]/g, "").replace(/[^\n]*\r(?!\n)/g, "");

/** Draw an output in the richest form that a page can show; maths and Markdown stay text. */
function draw({ data = {}, text, traceback = [] }: Fields, manager: Manager): HTMLElement {
  const place = document.createElement("div");
  place.className = "output";
  const image = Object.keys(data).find((type) => type.startsWith("image/"));
  if (data[WIDGET]) {
    queueMicrotask(() => void manager.show(data[WIDGET].model_id, place).catch(console.error));
  } else if (data["text/html"]) {
    place.innerHTML = joined(data["text/html"]); // the notebook's own; scripts in it don't run
  } else if (image) {
    const code = joined(data[image]);
    const svg = image === "image/svg+xml" ? `utf8,${encodeURIComponent(code)}` : "";
    const src = `data:${image};${svg || `base64,${code}`}`;
    place.append(Object.assign(document.createElement("img"), { alt: "", src }));
  } else {
    const said = text ?? data["text/markdown"] ?? data["text/plain"] ?? traceback.join("\n");
    const textContent = plain(joined(said));
    place.append(Object.assign(document.createElement("pre"), { textContent }));
  }
  return place;
}

export class OutputModel extends Model {
  // without initial values: Backbone calls initialize before a class sets its fields
  declare private kernel: Kernel;
  declare private clearing: boolean;
  declare private followed: string;
  declare private take: (message: Message) => void;

  override defaults(): Fields {
    return { ...super.defaults(), msg_id: "", outputs: [] };
  }

  override initialize(attributes: any, options: any): void {
    super.initialize(attributes, options);
    this.kernel = (this.widget_manager as any as Manager).kernel;
    this.receive = this.receive.bind(this);
    this.kernel.displays.add(({ content }) => this.redraw(content));
    this.on("change:msg_id", this.follow, this);
    this.follow();
  }

  /** Take the outputs of the request that the kernel names, until it names another or none. */
  private follow(): void {
    const { outputs } = this.kernel;
    const others = (id: string) => (outputs.get(id) ?? []).filter((one) => one !== this.receive);
    if (this.followed) outputs.set(this.followed, others(this.followed));
    this.followed = this.get("msg_id");
    if (this.followed) outputs.set(this.followed, [...others(this.followed), this.receive]);
  }

  private receive({ header: { msg_type: type }, content }: Message): void {
    const before: Fields[] = this.clearing ? [] : this.get("outputs");
    const last = before.at(-1) ?? {};
    const goesOn = type === "stream" && last.output_type === type && last.name === content.name;
    this.clearing = type === "clear_output" && content.wait;
    if (this.clearing) return;
    if (type === "clear_output") this.put([]);
    else if (goesOn) {
      const text = joined(last.text) + content.text;
      this.put([...before.slice(0, -1), { ...last, text }]);
    } else this.put([...before, { output_type: type, ...content }]);
  }

  private redraw({ transient, data, metadata }: Fields): void {
    const shows = (one: Fields) => one.transient?.display_id === transient.display_id;
    const outputs: Fields[] = this.get("outputs");
    if (!outputs.some(shows)) return;
    this.put(outputs.map((one) => (shows(one) ? { ...one, data, metadata } : one)));
  }

  private put(outputs: Fields[]): void {
    this.set("outputs", outputs);
    this.save_changes();
  }
}

export class OutputView extends View {
  private drawn = new Map<Fields, HTMLElement>();

  override render(): void {
    super.render();
    this.el.classList.add("jupyter-widgets", "widget-output");
    this.listenTo(this.model, "change:outputs", this.draw);
    this.draw();
  }

  /** Draw what is new; what was there stays as it is. */
  private draw(): void {
    const manager = this.model.widget_manager as any as Manager;
    const outputs: Fields[] = this.model.get("outputs");
    this.drawn = new Map(outputs.map((one) => [one, this.drawn.get(one) ?? draw(one, manager)]));
    this.el.replaceChildren(...this.drawn.values());
  }
}
