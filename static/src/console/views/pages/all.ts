/** The pages beside the desk. */
export { default as Account } from "./account";
export { default as Guide } from "../guide/guide";
export { default as Site } from "../site/site";
export { default as Team } from "./team";
