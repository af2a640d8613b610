import { part } from "./part";

export const CardItem = part(async () => (await import("./card")).CardItem);
