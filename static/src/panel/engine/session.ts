import type { Pending, Session } from "../../wire";
import { Refusal, type Api } from "./api";

/** What the host's storage keeps for the panel, as JSON. */
export interface Kept {
  /** The device secret; absent between the first message and the session it asks for. */
  secret?: string;
  out: readonly Pending[];
  quiet?: boolean;
  /** What stands in the composer. */
  draft?: string;
  /** The panel stands open; the next page shows it so. */
  open?: boolean;
}

export function parseKept(text: string | null): Kept | null {
  try {
    const kept = JSON.parse(text ?? "null") as Kept | null;
    return kept && Array.isArray(kept.out) ? kept : null;
  } catch {
    return null;
  }
}

export interface SessionIO {
  api: Api;
  site: string;
  locale: string;
  now(): number;
  /** The secret as storage has it now; another tab may have renewed it. */
  read(): Promise<string | undefined>;
  /** A session was opened: its secret replaces the one before, undefined when the device is unknown. */
  opened(session: Session | null): void;
  /** The signed identity was refused or has run out; the page may give another. */
  identityRefused(refusal: Refusal): void;
}

/** A token is renewed when it has less than this left, in ms. */
const MARGIN = 30_000;

/** The visitor's session: trades the device secret (and a signed identity) for a token, one call at a time. */
export class SessionKeeper {
  secret: string | undefined;
  private identity = "";
  /** Raised when who we are changes, so that an answer under way for the one before is not used. */
  private epoch = 0;
  private token = "";
  private expiresAt = 0;
  private flight: Promise<string> | null = null;

  constructor(private readonly io: SessionIO) {}

  /** A token that holds for a while; fresh: even if the one at hand seems to. */
  get(fresh = false): Promise<string> {
    if (!fresh && this.token && this.expiresAt - this.io.now() > MARGIN) return Promise.resolve(this.token);
    if (!this.flight) {
      const flight = this.open().finally(() => {
        if (this.flight === flight) this.flight = null;
      });
      this.flight = flight;
    }
    return this.flight;
  }

  /** Takes a signed identity for the next session; reports whether it is another than before. */
  identify(identity: string): boolean {
    if (!identity || identity === this.identity) return false;
    this.startOver();
    this.identity = identity;
    return true;
  }

  /** The next token is for whoever asks then. */
  forget(): void {
    this.startOver();
    this.secret = undefined;
    this.identity = "";
  }

  private startOver(): void {
    this.epoch++;
    this.token = "";
    this.flight = null;
  }

  private async open(): Promise<string> {
    try {
      return await this.ask();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const again = await this.mend(error);
      if (!again) throw error;
      return this.ask();
    }
  }

  private async ask(): Promise<string> {
    const { site, locale, api, opened } = this.io;
    const mine = this.epoch;
    const session = await api.session({
      site, locale,
      ...(this.secret && { secret: this.secret }),
      ...(this.identity && { identity: this.identity }),
    });
    if (mine !== this.epoch) return this.get();
    this.token = session.token;
    this.expiresAt = session.expires_at;
    this.secret = session.secret;
    opened(session);
    return session.token;
  }

  /** Removes what the server refused; true when it is worth asking again. */
  private async mend(refusal: Refusal): Promise<boolean> {
    switch (refusal.failure.code) {
      case "identity_refused":
        this.identity = "";
        this.io.identityRefused(refusal);
        return true;
      case "secret_stale": {
        const stored = await this.io.read();
        if (stored === this.secret) return this.dropSecret();
        this.secret = stored;
        return true;
      }
      case "unauthorized":
        return this.dropSecret();
      default:
        return false;
    }
  }

  private dropSecret(): boolean {
    if (!this.secret) return false;
    this.secret = undefined;
    this.io.opened(null);
    return true;
  }
}
