export { Unite } from "./window";
export { United } from "./line";
