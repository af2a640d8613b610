/** What the console shows of complaints comes in one piece, with the first complaint. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const Track = partOf(parts, "Track", true);
export const Cause = partOf(parts, "Cause", true);
export const Complaints = partOf(parts, "Complaints");

/** By hand, from the palette or its key. */
export function openComplaint(id: string): void {
  void parts().then((m) => m.open(id));
}
