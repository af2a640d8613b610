/** How an agent is reached while no console is open. Part of protocol.ts, which hands it on. */

/** GET /v1/console/me/reach. */
export interface Reach {
  /** What browsers are set up with (applicationServerKey), in base64url; "" where none can be. */
  key: string;
  /** This server sends e-mail. */
  mail_sent: boolean;
  /** By e-mail, too. */
  mail: boolean;
  /** Not at all between begins and ends, minutes of the day; ends may be on the next. */
  quiet: boolean;
  begins: number;
  ends: number;
  zone: string;
  /** What they are not called for; open consoles follow it, too. */
  mutes: Mute[];
  /** The one that was set up first comes first. */
  devices: PushDevice[];
}

/** A browser that is told of who waits, as long as it is signed in. */
export interface PushDevice {
  id: string;
  /** It is the one that asks. */
  current: boolean;
  user_agent: string;
  created_at: number;
  /** When its service last took something for it; 0 for never. */
  reached_at: number;
}

/**
 * What calls an agent: somebody waits whom nobody has, a customer of theirs has written, a
 * conversation is offered or handed to them, a colleague names them, a promise of theirs is due,
 * a colleague asks for their decision.
 */
export type CallKind = "waiting" | "mine" | "offer" | "mention" | "promise" | "decision";

/** How: at a console that is open and out of sight, or on devices and by e-mail while none is. */
export type CallWay = "sound" | "desktop" | "phone";

/** A kind of call that an agent does not want in one way. Phones are called for waiting and mine only. */
export type Mute = `${CallKind}.${"sound" | "desktop"}` | "waiting.phone" | "mine.phone";
