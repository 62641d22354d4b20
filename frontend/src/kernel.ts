/** A kernel as a page needs it: comms and outputs over one websocket that mends itself. */

import { decode, encode, newId, SUBPROTOCOL } from "./protocol";
import type { Buffers, Channel, Fields, Message } from "./protocol";

/** `silent`: connected, but no answer comes. `lost`: being mended. `dead`: gone for good. */
export type State = "connecting" | "ok" | "silent" | "lost" | "dead";
export type Listener = (message: any) => unknown;
type More = [callbacks?: { iopub?: { status?: Listener } }, metadata?: Fields, buffers?: Buffers];

const TELL_AFTER = 2500; // ms without an answer; a person must be told within 3 s
const GIVE_UP_AFTER = 6000; // a half-open socket never closes by itself
const PATIENCE = 8000; // for a connection, and for a handler that holds back later messages
const WIDGETS = "jupyter.widget";
const OUTPUTS = ["stream", "display_data", "execute_result", "error", "clear_output"];
const GONE = ["restarting", "autorestarting", "dead"];
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One end of a comm; the official widgets speak to it. */
export class Comm {
  private listeners: Record<string, Listener | undefined> = {};

  constructor(
    private readonly kernel: Kernel,
    readonly target_name: string,
    readonly comm_id: string,
  ) {
    kernel.comms.set(comm_id, this);
  }

  open(data: unknown, ...more: More): string {
    return this.post("comm_open", { target_name: this.target_name, data }, more);
  }

  send(data: unknown, ...more: More): string {
    return this.post("comm_msg", { data }, more);
  }

  close(data: unknown = {}, ...more: More): string {
    this.kernel.comms.delete(this.comm_id);
    return this.post("comm_close", { data }, more);
  }

  readonly on_msg = (listener: Listener) => void (this.listeners.comm_msg = listener);
  readonly on_close = (listener: Listener) => void (this.listeners.comm_close = listener);

  async handle(message: Message): Promise<void> {
    const type: string = message.header.msg_type;
    if (type === "comm_close") this.kernel.comms.delete(this.comm_id);
    await this.listeners[type]?.(message);
  }

  private post(type: string, content: Fields, more: More): string {
    return this.kernel.send("shell", type, { comm_id: this.comm_id, ...content }, ...more);
  }
}

export class Kernel {
  readonly comms = new Map<string, Comm>();
  readonly comm = (target: string, id: string) => new Comm(this, target, id);
  /** Takes the widgets that the kernel makes while the page is open. */
  onOpen?: (comm: Comm, message: any) => unknown;
  /** Who takes the outputs of a request, by its id; of several the last. */
  readonly outputs = new Map<string, Listener[]>();
  /** Who may hold a display that is drawn anew. */
  readonly displays = new Set<Listener>();

  private state: State = "connecting";
  private readonly session = newId();
  private readonly statuses = new Map<string, Listener>();
  private readonly queue: ArrayBuffer[] = [];
  private socket?: WebSocket;
  private handled: Promise<void> = Promise.resolve();
  private heard = 0;
  private asked = 0;
  private tries = 0;
  private retry = 0;

  constructor(
    private readonly address: string,
    private readonly onState: (state: State) => void,
    private readonly quietMs: number,
  ) {
    for (const type of ["online", "offline"]) addEventListener(type, () => this.wake());
    document.addEventListener("visibilitychange", () => this.wake());
    setInterval(() => this.watch(), 500);
    this.connect();
  }

  /** Send a request and return its id; while the line is down it waits for the next socket. */
  send(channel: Channel, msg_type: string, content: Fields, ...more: More): string {
    const [callbacks, metadata, buffers] = more;
    const msg_id = newId();
    const date = new Date().toISOString();
    const header = { msg_id, msg_type, session: this.session, username: "", date, version: "5.3" };
    const message = encode(channel, { header, metadata, content }, buffers);
    if (callbacks?.iopub?.status) this.statuses.set(msg_id, callbacks.iopub.status);
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(message);
    else if (this.state !== "dead") this.queue.push(message);
    return msg_id;
  }

  /** Look at once: the page is seen again, the network changed, or the person asks for it. */
  wake(): void {
    if (document.hidden) return;
    if (this.state !== "lost") this.ask();
    else if (this.socket?.readyState !== WebSocket.CONNECTING) {
      this.tries = 0;
      this.connect();
    }
  }

  private set(state: State): void {
    if (state === this.state || this.state === "dead") return;
    this.state = state;
    if (state === "dead") this.part();
    this.onState(state);
  }

  /** Let go of the socket; a half-open one wouldn't say for minutes that it is closed. */
  part(code?: number): void {
    clearTimeout(this.retry);
    if (this.socket) this.socket.onclose = this.socket.onmessage = this.socket.onopen = null;
    this.socket?.close(code);
  }

  private connect(): void {
    this.part();
    const url = `${this.address.replace(/^http/, "ws")}/channels?session_id=${this.session}`;
    const socket = new WebSocket(url, [SUBPROTOCOL]);
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    const patience = setTimeout(() => socket.close(), PATIENCE);
    socket.onopen = () => {
      clearTimeout(patience);
      this.tries = this.asked = 0;
      this.heard = performance.now();
      for (const message of this.queue.splice(0)) socket.send(message);
      this.set("ok");
    };
    socket.onmessage = ({ data }) => this.receive(data);
    socket.onclose = () => {
      clearTimeout(patience);
      void this.lose();
    };
  }

  /** Strictly in order: each message waits for the one before. */
  private receive(data: ArrayBuffer): void {
    this.heard = performance.now();
    if (this.state === "silent") this.set("ok");
    const handle = () => Promise.race([this.handle(decode(data)), pause(PATIENCE)]);
    this.handled = this.handled.then(handle).catch(console.error);
  }

  /** The line is down: ask the server whether the kernel still lives, then connect again. */
  private async lose(): Promise<void> {
    if (this.state === "dead") return;
    this.set("lost");
    const given = { cache: "no-store" as const, signal: AbortSignal.timeout(GIVE_UP_AFTER) };
    const answer = await fetch(this.address, given).catch(() => undefined);
    const status = answer?.status ?? 0;
    if (status >= 400 && status < 500) return this.set("dead"); // kernel or login unknown
    if (this.socket?.readyState === WebSocket.CONNECTING) return; // by someone's tap
    const wait = status === 200 && !this.tries ? 50 : 500 * 2 ** Math.min(4, this.tries);
    this.tries += 1;
    this.retry = window.setTimeout(() => this.connect(), wait);
  }

  /** Ask for a sign of life; the control channel answers even while the kernel works. */
  private ask(): void {
    if (this.state !== "ok") return;
    this.asked = performance.now();
    this.send("control", "kernel_info_request", {});
  }

  private watch(): void {
    const now = performance.now();
    const waited = this.heard < this.asked ? now - this.asked : 0;
    if (document.hidden || (this.state !== "ok" && this.state !== "silent")) return;
    if (waited > GIVE_UP_AFTER) {
      this.part();
      void this.lose();
    } else if (waited > TELL_AFTER) this.set("silent");
    else if (!waited && now - this.heard > this.quietMs) this.ask();
  }

  private async handle(message: Message): Promise<void> {
    if (message.channel !== "iopub") return; // replies say only that the kernel lives
    const { content } = message;
    const type: string = message.header.msg_type;
    const parent: string = message.parent_header.msg_id;
    if (type === "status") {
      this.statuses.get(parent)?.(message);
      if (content.execution_state === "idle") this.statuses.delete(parent);
      if (GONE.includes(content.execution_state)) this.set("dead");
    } else if (type === "comm_open" && content.target_name === WIDGETS) {
      await this.onOpen?.(this.comm(WIDGETS, content.comm_id), message);
    } else if (type === "comm_msg" || type === "comm_close") {
      await this.comms.get(content.comm_id)?.handle(message);
    } else if (type === "update_display_data") {
      for (const redraw of this.displays) redraw(message);
    } else if (OUTPUTS.includes(type)) {
      await this.outputs.get(parent)?.at(-1)?.(message);
    }
  }
}
