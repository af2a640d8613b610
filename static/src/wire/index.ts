/** The wire client, shared by the panel and the console. */
export * from "./protocol";
export * from "./agreement";
export { backoff, FIRST_WAIT, LONGEST_WAIT } from "./backoff";
export { browserEnv, type Env, type SocketLike } from "./env";
export { newId } from "./ids";
export { Line, type LineOptions, type LineState, type LineStatus } from "./line";
export { Outbox, type OutboxOptions, type Pending } from "./outbox";
export { Sequence } from "./sequence";
export { wordsOf } from "./words";
