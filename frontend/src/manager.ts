/** The widgets of a page: the official models and views over our kernel client. */

import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import anywidget from "anywidget";
import type { Kernel } from "./kernel";
import type { Fields } from "./protocol";

const { AnyModel, AnyView } = anywidget(base);
const ASSET = /^salestrain:/;

/** Takes code by its address from the server, which caches it, rather than over the websocket. */
class ServedModel extends AnyModel {
  static override async _deserialize_state(state: Fields, manager: any): Promise<Fields> {
    for (const name of ["_esm", "_css"]) {
      const told = String(state[name] ?? "");
      if (ASSET.test(told)) state[name] = (manager as Manager).asset(told.replace(ASSET, ""));
    }
    // anywidget gives up on code that takes over 2 s to load, which on a slow line it does
    if (/^https?:/.test(state._esm)) await import(state._esm);
    return super._deserialize_state(state, manager);
  }
}

/** Draws into its place in the page, so that what the server has drawn there stays. */
class HostedView extends AnyView {
  constructor(parameters: any) {
    super({ ...parameters, el: parameters.options.host });
  }
}

const MODULES: Record<string, () => any> = {
  "@jupyter-widgets/base": () => base,
  "@jupyter-widgets/controls": () => import("./controls"),
  "@jupyter-widgets/output": () => import("./outputs"),
  anywidget: () => ({ AnyModel: ServedModel, AnyView: HostedView }),
};

export class Manager extends ManagerBase {
  /** The first module that is asked for and isn't here. */
  missing = "";

  constructor(
    readonly kernel: Kernel,
    readonly asset: (name: string) => string,
  ) {
    super();
    kernel.onOpen = (comm, message) => this.handle_comm_open(comm as any, message);
  }

  /** Make or renew all models from the kernel's state. */
  readonly load = () => this._loadFromKernel();

  /** Show a model in its place; an own app's place may already hold what it draws. */
  async show(id: string, place: HTMLElement): Promise<void> {
    const model = await this.get_model(id);
    const host = model.get("_view_module") === "anywidget" ? place : undefined;
    const view = (await this.create_view(model, { host })) as base.DOMWidgetView;
    if (host) view.trigger("displayed");
    else Widget.attach(view.luminoWidget, place);
    // anywidget draws a moment later; a Screen says when it has
    for (let wait = 0; model.has("html") && !("live" in place.dataset) && wait < 200; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  protected override async loadClass(name: string, module: string): Promise<any> {
    const found = (await MODULES[module]?.())?.[name];
    if (!found) this.missing ||= module;
    return found ?? Promise.reject(new Error(`${module} ${name} is not in this front end`));
  }

  protected override async _create_comm(target: string, id: string, ...data: any[]): Promise<any> {
    const comm = this.kernel.comm(target, id);
    const [state, metadata, buffers] = data;
    if (data.length) comm.open(state, undefined, metadata, buffers); // else it is the kernel's own
    return comm;
  }

  /** Asked when the kernel took over 4 s to tell its state: it is slow, so ask once more. */
  protected override _get_comm_info(): Promise<any> {
    return this.load().then(() => ({}));
  }
}
