import { t } from "../i18n";
import { Popover } from "../ui/popover";
import "./dress";
import { MarkList } from "./list";
import { Underlines } from "./underlines";
import { useMarks } from "./use-marks";

/** Quiet lines under the words of a reply, and their number, which opens the list. Nothing is announced. */
export default function Marks({ id, text }: { id: string; text: string }) {
  const marked = useMarks(id, text);
  const n = marked.marks.length;
  if (n === 0) return null;
  return (
    <>
      <Underlines {...marked} />
      <Popover label={t("n_marks_in_reply", { n })} trigger={t("n_marks", { n })} class="marks-count" placement="top-end">
        {(close) => <MarkList id={id} {...marked} close={close} />}
      </Popover>
    </>
  );
}
