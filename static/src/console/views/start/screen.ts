import type { Site } from "../../../wire/protocol";

/** What every screen of the first run is given: the site as it is, and the way on. */
export interface ScreenProps {
  now: Site;
  /** Saves what the screen has set, and goes on; throws the server's ApiError. */
  onward: (patch?: Partial<Site>) => Promise<void>;
  /** The foot of the screen, with its buttons. */
  foot: (busy: boolean) => preact.JSX.Element;
}
