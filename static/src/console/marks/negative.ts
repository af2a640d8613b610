/** Something said by what is not, where it could be said by what is. */
import { replace, rewrite, type Rule } from "./mark";
import { alike } from "./text";

/** What has a positive form that fits wherever it stands. */
const TURNED: readonly (readonly [RegExp, string])[] = [
  [/\b(?:please )?(?:don't|do not) hesitate to\b/gi, "please"],
  [/\b(?:please )?(?:don't|do not) forget to\b/gi, "please remember to"],
  [/\b(?:please )?(?:don't|do not) forget (?=the|your|that|a\b|about)/gi, "please remember "],
  [/\bnot uncommon\b/gi, "common"],
  [/\bnot unusual\b/gi, "usual"],
  [/(?<=^|[.!?]\s)no problem(?: at all)?(?=[,.!])/gi, "with pleasure"],
];
/** A condition told as a prohibition: "you can't … until …". */
const BARRED = /\b(?:can't|cannot|can not|won't|will not|isn't|is not|aren't|are not|don't|doesn't|not able to|not available)\b(?! (?:wait|lose|worry|be charged|have to|need to|pay|decide|go anywhere))[^,;:.!?]{0,70}?\b(?:until|till|unless|before|without (?!asking|telling|you\b|notice|charge|any|saying))\b/gi;

export const negative: Rule = ({ plain, sentences }) => {
  const turned = TURNED.flatMap(([pattern, better]) =>
    [...plain.matchAll(pattern)].map((m) => replace("negative", m.index, m.index + m[0].length, alike(m[0], better), better.trim())),
  );
  const barred = sentences.flatMap((s) =>
    /\b(?:should|must) not\b|^(?:please )?(?:do not|don't)\b/i.test(s.text)
      ? []
      : [...s.text.matchAll(BARRED)].map((m) => rewrite("negative", s.from + m.index, s.from + m.index + m[0].length)),
  );
  return [...turned, ...barred];
};
