/** The languages that the chat speaks: one for each catalogue in src/i18n. */
export const LANGUAGES: readonly string[] = ["ar", "en"];
