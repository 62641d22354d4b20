/** A live session's page: one screen over a line of its own, without a kernel behind it. */

import { BLIP, tell, tellBack } from "./banner";

const root = document.documentElement;
const QUIET = 10_000; // ms without a word until the line is tried
const GIVE_UP = 6000; // and until it is taken for dead
const FASTEST = 500;
const SLOWEST = 8000;

type Listener = (message: any) => void;

/** What the screen reads and writes: its state comes down the line, actions go up. */
class Line {
  private readonly state: Record<string, string> = {};
  private readonly listeners = new Map<string, Set<Listener>>();
  private socket?: WebSocket;
  private heard = 0;
  private tries = 0;
  private retry = 0;
  private timer = 0;
  readonly first: Promise<void>;
  private began!: () => void;

  constructor(private readonly address: string) {
    this.first = new Promise((resolve) => (this.began = resolve));
    for (const type of ["online", "pageshow"]) addEventListener(type, () => this.wake());
    document.addEventListener("visibilitychange", () => this.wake());
    setInterval(() => this.watch(), 1000);
    this.connect();
  }

  readonly get = (name: string) => this.state[name];

  on(names: string, listener: Listener): void {
    for (const name of names.split(" ")) {
      if (!this.listeners.has(name)) this.listeners.set(name, new Set());
      this.listeners.get(name)!.add(listener);
    }
  }

  off(names: string, listener: Listener): void {
    for (const name of names.split(" ")) this.listeners.get(name)?.delete(listener);
  }

  send(content: unknown): void {
    if (this.open) this.socket!.send(JSON.stringify(content)); // else it is sent again later
  }

  private get open(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  private emit(name: string, message?: unknown): void {
    for (const listener of this.listeners.get(name) ?? []) listener(message);
  }

  private connect(): void {
    clearTimeout(this.retry);
    if (this.socket) this.socket.onclose = this.socket.onmessage = null;
    this.socket?.close();
    const socket = new WebSocket(this.address.replace(/^http/, "ws"));
    this.socket = socket;
    this.heard = performance.now();
    socket.onmessage = ({ data }) => this.receive(JSON.parse(data));
    socket.onclose = ({ code }) => this.lose(code);
  }

  private receive(said: Record<string, string>): void {
    this.heard = performance.now();
    if (!("at" in said)) return this.emit("msg:custom", said);
    Object.assign(this.state, said);
    if (root.dataset.kernel !== "ok") this.back();
    this.began();
    this.emit("change:html");
  }

  private back(): void {
    clearTimeout(this.timer);
    this.tries = 0;
    root.dataset.kernel = "ok";
    this.timer = tellBack();
    setTimeout(() => dispatchEvent(new Event("salestrain:back"))); // after the screen is drawn
  }

  private lose(code: number): void {
    if (code === 4004 || code === 4003) return location.reload(); // the page says what it is
    root.dataset.kernel = "lost";
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => tell("lost", () => this.connect()), BLIP);
    const wait = Math.min(SLOWEST, FASTEST * 2 ** this.tries++);
    // a whole class must not come back in the same instant
    this.retry = window.setTimeout(() => this.connect(), wait * (0.5 + Math.random()));
  }

  /** Look at once: the phone was locked, or the network changed. */
  private wake(): void {
    if (document.hidden || this.socket?.readyState === WebSocket.CONNECTING) return;
    if (this.open) this.send({ ping: 1 });
    else this.connect();
  }

  private watch(): void {
    const silent = performance.now() - this.heard;
    if (!this.open || document.hidden) return;
    if (silent > QUIET + GIVE_UP) {
      this.connect();
      this.lose(0);
    } else if (silent > QUIET) this.send({ ping: 1 });
  }
}

async function start(): Promise<void> {
  const el = document.querySelector<HTMLElement>(".widget-host")!;
  const asset = new URL(`screen.js${new URL(import.meta.url).search}`, import.meta.url).href;
  const line = new Line(new URL(root.dataset.line!, location.href).href);
  const [{ default: screen }] = await Promise.all([import(asset), line.first]);
  el.replaceChildren();
  screen.render({ model: line, el });
  root.dataset.ready = String(Math.round(performance.now()));
}

start().catch((error) => {
  console.error(error);
  tell("failed", () => location.reload());
});
