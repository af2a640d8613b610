/** The ways in. */
export { default as Join } from "./join";
export { default as SetUp } from "./setup";
export { default as SignIn } from "./signin";
