import { signal } from "@preact/signals";

/** What was asked to be said aloud. */
export const aimSaid = signal("");

export function AimVoice() {
  return (
    <div class="sr" role="status">
      {aimSaid.value}
    </div>
  );
}
