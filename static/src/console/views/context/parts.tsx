/** Everything of the coach's column. */
export { Coach } from "../coach/coach";
export { Customer } from "../customer/customer";
