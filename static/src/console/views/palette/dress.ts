/** The names of what keys can do: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/commands.json";

learn(words);
