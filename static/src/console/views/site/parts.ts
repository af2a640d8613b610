/** The sections that every site has had from the first, in one piece. */
import "./dress";

export { AfterClosing } from "./after";
export { CoachWords } from "./coach";
export { FirstQuestions } from "./form";
export { Identity } from "./identity";
export { Look } from "./look";
export { MailToCustomers } from "./mail";
export { More } from "./more";
export { Place } from "./place";
export { Words } from "./words";
