import { useEffect, useState } from "preact/hooks";
import { commitment } from "../state/chips";
import { viewOf } from "../state/conversation";
import { rows } from "../state/lists";
import { personTypes } from "../state/team";
import { around } from "./around";
import { chosen, wants } from "./chosen";
import type { Mark } from "./mark";
import { read } from "./read";

/** Without a key for so long, the last sentence counts as finished, ms. */
const PAUSE_MS = 1_200;

/** Marks and the text they belong to: places of one never meet the words of the other. */
export interface Marked {
  text: string;
  marks: readonly Mark[];
}

/** The marks of a draft, read anew at most once a frame. */
export function useMarks(id: string, text: string): Marked {
  const [marked, setMarked] = useState<Marked>({ text: "", marks: [] });
  const [rested, rest] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => rest(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const look = () => setMarked({ text, marks: read(text, { ...around(id), paused: rested === text }, wants) });
    const frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [id, text, rested, viewOf(id), rows.value, personTypes(id), chosen.value, commitment.value]);
  return marked;
}
