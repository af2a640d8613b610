import { useWork } from "../../ui/busy";
import type { ScreenProps } from "./screen";

/** The foot of a screen on which nothing is typed that waits to be saved: what went wrong, and the way on. */
export function Onward({ onward, foot }: Pick<ScreenProps, "onward" | "foot">) {
  const work = useWork();
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        work.run(() => onward());
      }}
    >
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      {foot(work.busy)}
    </form>
  );
}
