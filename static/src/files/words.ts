/** What the files' pieces say: each side hands its own language's words in. */
import type { Failure } from "../wire/protocol";

export interface Words {
  /** What goes with the next message. */
  tray: string;
  going: string;
  waiting: string;
  there: string;
  again: string;
  remove(name: string): string;
  /** Spoken when a file has arrived. */
  ready(name: string): string;
  failed(failure: Failure | undefined): string;
  many(count: number): string;
  large(name: string): string;
  empty(name: string): string;
  /** Of what was sent along. */
  sent: string;
  saveIt: string;
  save(name: string, size: string): string;
  picture(name: string): string;
  gone: string;
  unreached: string;
  close: string;
  locale: string | undefined;
}
