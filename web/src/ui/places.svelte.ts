/** Where programs run: how the server is, Python in the browser, and which of them is used. */

import type { EnvironmentInfo, Health } from "../core/wire.gen";
import type { BrowserPython } from "../browser/browser_python";
import { bearer, ENVIRONMENT } from "../net/api";
import { ServerTransport } from "../net/server_transport";
import { ServerWatch, type ServerState } from "../net/server_watch";
import { recallInTab, rememberInTab } from "./memory";
import type { Page } from "./page.svelte";

export type Place = "server" | "browser";

/** Why a server that is not ready runs no programs. */
function reasonOf(state: Exclude<ServerState, { kind: "ready" }>): string {
  if (state.kind === "unavailable") return state.message;
  return state.kind === "locked" ? "The server wants its token." : "The server cannot be reached.";
}

/** Why programs run in the browser: the person chose it, or the server could not. */
export interface Fallback {
  readonly reason: string | null;
}

export class Places {
  server: ServerState = $state.raw({ kind: "unknown" });
  place: Place = $state("server");
  fallback: Fallback | null = $state.raw(null);
  browser: BrowserPython | null = $state.raw(null);
  /** Whether a program there can be asked while it runs; with the service worker it comes about that it can. */
  canAsk = $state(true);

  /** It was away since the browser took over: a busy server is there all the time. */
  #wasAway = $state(false);
  readonly serverIsBack = $derived(
    this.place === "browser" && this.fallback !== null && this.#wasAway && this.server.kind === "ready",
  );
  /** Nobody chose the browser, and the server answers. */
  readonly canGoBack = $derived(
    this.place === "browser" &&
      this.fallback !== null &&
      (this.server.kind === "ready" || this.server.kind === "locked"),
  );

  readonly #page: Page;
  #loading: Promise<BrowserPython | null> | null = null;
  readonly token = (): string | null => recallInTab("token");
  readonly onServer = new ServerTransport(this.token);
  readonly #watch = new ServerWatch(this.token, (state) => this.#serverBecame(state));

  constructor(page: Page) {
    this.#page = page;
  }

  begin(): void {
    this.#watch.start();
  }

  get health(): Health | null {
    return this.server.kind === "ready" ? this.server.health : null;
  }

  /** The version that programs run on now, as far as it is known. */
  get python(): string | null {
    return (this.place === "browser" ? this.browser?.python : this.health?.python) ?? null;
  }

  useServer(): void {
    this.place = "server";
    this.fallback = null;
    this.browser?.release();
    this.#page.running.forgetUnrun();
    this.askServer();
    this.#page.editor?.focus();
  }

  useBrowser(reason: string | null = null): void {
    this.place = "browser";
    this.fallback = reason === null ? null : { reason };
    this.#wasAway = this.server.kind !== "ready";
    void this.loadBrowser().then((python) => {
      // Of itself only before somebody who looks.
      const isWanted = reason === null || (document.visibilityState === "visible" && python?.isShipped === true);
      if (isWanted && this.place === "browser") python?.prepare();
    });
  }

  unlock(token: string): void {
    rememberInTab("token", token);
    this.askServer();
  }

  /** Now, because something has failed or somebody waits. */
  askServer(): void {
    void this.#watch.ask();
  }

  loadBrowser(): Promise<BrowserPython | null> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<BrowserPython | null> {
    try {
      const { openBrowserPython } = await import("../browser/open");
      const python = await openBrowserPython();
      const look = (): boolean => (this.canAsk = python.canAsk);
      look();
      (navigator.serviceWorker as ServiceWorkerContainer | undefined)?.addEventListener("controllerchange", look);
      this.browser = python;
    } catch {
      this.#loading = null; // it may be there the next time
    }
    return this.browser;
  }

  /** While nobody waits, for the first who will want to run something there. */
  async keepBrowser(): Promise<void> {
    try {
      const { hasOperators } = await import("../browser/open");
      if (!hasOperators()) await (await this.loadBrowser())?.keep();
    } catch {
      // The first run there takes longer.
    }
  }

  #serverBecame(state: ServerState): void {
    const before = this.server;
    this.server = state;
    if (state.kind === "ready") {
      if (before.kind !== "ready") {
        this.#page.running.explanation = []; // it can be run now
        void this.#loadPackages();
        void this.#page.models.begin();
      }
      if (this.place === "server") this.fallback = null;
      return;
    }
    this.#wasAway = true;
    const reason = reasonOf(state);
    if (this.place === "browser" && this.fallback !== null) {
      if (this.fallback.reason !== reason) this.fallback = { reason };
    } else if (this.place === "server" && state.kind !== "locked" && !this.#page.running.isBusy)
      this.useBrowser(reason);
  }

  async #loadPackages(): Promise<void> {
    try {
      const response = await fetch(ENVIRONMENT, { headers: bearer(this.token()) });
      if (!response.ok) return;
      const { packages } = (await response.json()) as EnvironmentInfo;
      this.#page.editor?.setPackages(packages.map((one) => one.name));
    } catch {
      // Completion then offers the standard library alone.
    }
  }
}
