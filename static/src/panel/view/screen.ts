import { signal, type Signal } from "@preact/signals";
import type { App } from "../app";

/** Which of the panel's two screens is shown, and which conversation. */
export class Screen {
  readonly name: Signal<"thread" | "earlier"> = signal("thread");

  constructor(private readonly app: App) {}

  show(name: "thread" | "earlier"): void {
    this.name.value = name;
  }

  /** A conversation that is not begun yet. */
  begin(): void {
    this.app.chosen.value = "";
    this.name.value = "thread";
    this.app.focusAsked.value++;
  }

  open(id: string): void {
    this.app.chosen.value = id;
    this.name.value = "thread";
    if (!this.app.shown()?.loaded) this.app.run({ do: "load", conversation: id });
  }
}
