import { Tray } from "../../../files/tray";
import { attachedTo } from "../../state/attached";
import { problems, uploadsOf } from "./uploads";
import { words } from "./words";

/** What goes with the next message of this conversation. */
export function FileTray({ id }: { id: string }) {
  const list = attachedTo(id);
  const troubles = problems.value[id] ?? [];
  if (!list.length && !troubles.length) return null;
  return <Tray uploads={uploadsOf(id)} list={list} problems={troubles} words={words} />;
}
