/** The words and styles of setting a site up: imported for that alone. */
import { learn } from "../../i18n";
import pages from "../../i18n/pages.json";
import site from "../../i18n/site.json";
import words from "../../i18n/start.json";
import css from "../../styles/start.css?sheet";
import { wear } from "../../ui/sheet";

// Parts of the settings stand on these screens, too.
learn(pages);
learn(site);
learn(words);
wear(css);
