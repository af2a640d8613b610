import type { Site } from "../../../wire/protocol";
import { TradeFacts } from "../guide/facts";
import { HouseWords } from "./house-words";

/** What the coach knows of the house: its trade, its facts and its own words. */
export function CoachWords({ now }: { now: Site }) {
  return (
    <>
      <TradeFacts now={now} />
      <HouseWords now={now} />
    </>
  );
}
