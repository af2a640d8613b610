import type { Env, ToVisitorFrame } from "../../wire";
import type { Typing } from "./model";

/** An agent's writing is over when it was not told again for this long, in ms. */
const LASTS = 10_000;

export interface WritersIO {
  env: Pick<Env, "after">;
  typing(): Typing[];
  set(typing: Typing[]): void;
}

/** Who writes to the visitor just now; it ends by itself. */
export class Writers {
  private readonly quietAfter = new Map<string, () => void>();

  constructor(private readonly io: WritersIO) {}

  told({ conversation_id: id, agent, on }: Extract<ToVisitorFrame, { type: "typing" }>): void {
    this.end(id);
    if (!on) return;
    this.io.set([...this.io.typing(), { conversation_id: id, agent }]);
    this.quietAfter.set(id, this.io.env.after(LASTS, () => this.end(id)));
  }

  end(id: string): void {
    this.quietAfter.get(id)?.();
    const typing = this.io.typing();
    if (typing.some((t) => t.conversation_id === id)) this.io.set(typing.filter((t) => t.conversation_id !== id));
  }

  stop(): void {
    for (const cancel of this.quietAfter.values()) cancel();
  }
}
