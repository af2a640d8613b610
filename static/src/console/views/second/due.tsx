import { t } from "../../i18n";
import { refreshMe, signOut } from "../../state/session";
import { Button } from "../../ui/button";
import { Frame } from "../enter/frame";
import "./dress";
import { SetUpSecondStep } from "./setup";

/** What stands before the console for somebody whose role takes a second step that they have not set up. */
export default function SecondStepDue() {
  return (
    <Frame title={t("second_step")} lead={t("second_unset_lead")}>
      <SetUpSecondStep onDone={() => void refreshMe()} />
      <Button kind="quiet" onClick={() => void signOut()}>
        {t("sign_out")}
      </Button>
    </Frame>
  );
}
