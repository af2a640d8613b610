import { signal, type Signal } from "@preact/signals";
import type { App } from "../app";

export type ScreenName = "thread" | "earlier" | "promises" | "answers" | "known" | "copy";

/** Which of the panel's screens is shown, and which conversation. */
export class Screen {
  readonly name: Signal<ScreenName> = signal("thread");

  constructor(private readonly app: App) {}

  show(name: ScreenName): void {
    this.name.value = name;
    if (name === "promises") this.app.run({ do: "promises" });
  }

  /** A conversation that is not begun yet. */
  begin(): void {
    this.app.chosen.value = "";
    this.name.value = "thread";
    this.app.focusAsked.value++;
  }

  open(id: string): void {
    this.name.value = "thread";
    this.app.turnTo(id);
  }
}
