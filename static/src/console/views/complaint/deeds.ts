/** What an agent does with a complaint, with a way back. */
import type { ComplaintStage } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { dropTrack, openTrack, record, setStage, type Recorded } from "../../state/complaint";
import { contextOpen, room } from "../../state/room";
import { done } from "../../state/toasts";

/** Opens the track and shows it, also where the coach has no pane of its own. */
export async function open(id: string): Promise<void> {
  try {
    await openTrack(id);
    if (room.value !== "wide") contextOpen.value = true;
    done(t("track_opened"), () => void drop(id));
  } catch (err) {
    explain(err);
  }
}

export async function drop(id: string): Promise<void> {
  try {
    await dropTrack(id);
    done(t("track_dropped"), () => void open(id));
  } catch (err) {
    explain(err);
  }
}

/** The same again takes it back, whoever said so first. */
export async function toggle(id: string, { stage, state }: ComplaintStage): Promise<void> {
  await setStage(id, stage, state === "open" ? "done" : "open").catch(explain);
}

export async function write(id: string, what: Recorded): Promise<void> {
  await record(id, what).catch(explain);
}
