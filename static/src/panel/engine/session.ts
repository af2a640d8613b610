import { backoff, type Env, type Pending, type Session } from "../../wire";
import { Refusal, type Api } from "./api";

/** What the host's storage keeps for the panel, as JSON. */
export interface Kept {
  /** The device secret; absent between the first message and the session it asks for. */
  secret?: string;
  out: readonly Pending[];
  quiet?: boolean;
  /** Names of the customer's last events, the latest last. */
  events?: readonly string[];
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
  env: Pick<Env, "now" | "after" | "random">;
  site: string;
  locale: string;
  /** The secret as storage has it now; another tab may have renewed it. */
  read(): Promise<string | undefined>;
  /** A session was opened: its secret replaces the one before, undefined when the device is unknown. */
  opened(session: Session | null): void;
  /** The signed identity was refused or has run out. */
  identityRefused(refusal: Refusal): void;
  /** The page may give another signed identity; asked at once the first time, then with backoff. */
  askIdentity(): void;
}

/** A token is renewed when it has less than this left, in ms. */
const MARGIN = 30_000;

/**
 * The visitor's session: trades the device secret (and a signed identity) for a token, one call
 * at a time. It is one customer's, until leave().
 */
export class SessionKeeper {
  secret: string | undefined;
  private identity = "";
  /** The last identity that the server refused: the page may well hand it over again. */
  private refused = "";
  private refusals = 0;
  private stopAsking = () => {};
  /** Raised when who we are changes, so that an answer under way for the one before is not used. */
  private epoch = 0;
  private left = false;
  private token = "";
  private expiresAt = 0;
  private flight: Promise<string> | null = null;
  private call: Promise<Session> | null = null;

  constructor(private readonly io: SessionIO) {}

  /** A token that holds for a while; fresh: even if the one at hand seems to. */
  get(fresh = false): Promise<string> {
    if (!fresh && this.held()) return Promise.resolve(this.token);
    if (!this.flight) {
      const flight = this.open().finally(() => {
        if (this.flight === flight) this.flight = null;
      });
      this.flight = flight;
    }
    return this.flight;
  }

  /** Takes a signed identity for the next session; reports whether it is one that was not tried before. */
  identify(identity: string): boolean {
    if (!identity || identity === this.identity || identity === this.refused) return false;
    this.stopAsking();
    this.epoch++;
    this.token = "";
    this.flight = null;
    this.identity = identity;
    return true;
  }

  /** Asks the page for nothing more. */
  stop(): void {
    this.stopAsking();
  }

  /**
   * Ends this device's session here and on the server, which makes this keeper useless. The
   * server is told with a token of this device, if need be one that the secret opens; nobody new
   * is made for it. Rejects when the server cannot be told.
   */
  async leave(): Promise<void> {
    const { call, secret, token } = this;
    const held = this.held();
    this.left = true;
    this.stop();
    if (held) return this.io.api.forget(token);
    // A call under way may renew the secret, so its answer counts before ours.
    const last = (await call?.catch(() => null)) ?? (secret ? await this.ask({ secret }) : null);
    if (last) await this.io.api.forget(last.token);
  }

  private held(): boolean {
    return this.token !== "" && this.expiresAt - this.io.env.now() > MARGIN;
  }

  private async open(): Promise<string> {
    try {
      return await this.take();
    } catch (error) {
      if (!(error instanceof Refusal) || this.left) throw error;
      const again = await this.mend(error);
      if (!again) throw error;
      return this.take();
    }
  }

  private async take(): Promise<string> {
    if (this.left) throw gone();
    const mine = this.epoch;
    const call = (this.call = this.ask({
      ...(this.secret && { secret: this.secret }),
      ...(this.identity && { identity: this.identity }),
    }));
    const session = await call.finally(() => {
      if (this.call === call) this.call = null;
    });
    if (this.left) throw gone();
    if (mine !== this.epoch) return this.get();
    if (this.identity) this.refusals = 0;
    this.token = session.token;
    this.expiresAt = session.expires_at;
    this.secret = session.secret;
    this.io.opened(session);
    return session.token;
  }

  private ask(proof: { secret?: string; identity?: string }): Promise<Session> {
    const { api, site, locale } = this.io;
    return api.session({ site, locale, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...proof });
  }

  /** Removes what the server refused; true when it is worth asking again. */
  private async mend(refusal: Refusal): Promise<boolean> {
    switch (refusal.failure.code) {
      case "identity_refused":
        this.refused = this.identity;
        this.identity = "";
        this.io.identityRefused(refusal);
        this.wantIdentity();
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

  /** A page whose identities are all refused is not asked in a circle. */
  private wantIdentity(): void {
    const { env, askIdentity } = this.io;
    this.stopAsking();
    const wait = this.refusals ? backoff(this.refusals, () => env.random()) : 0;
    this.refusals++;
    this.stopAsking = env.after(wait, askIdentity);
  }

  private dropSecret(): boolean {
    if (!this.secret) return false;
    this.secret = undefined;
    this.io.opened(null);
    return true;
  }
}

function gone(): Refusal {
  return new Refusal({ code: "unauthorized", message: "" });
}
