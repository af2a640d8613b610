// Package search reads words: the tokens of what people have said, in any
// script, and the language in which somebody asks for it. It is pure; the
// store's index holds what Line makes of a text, and what a Query wants is
// matched against such lines, here or by the database.
//
// A token is folded: lower case, without accents, full-width letters and foreign
// digits as plain ones, so that "Müller", "MULLER" and "muller" are one word.
// Scripts that put no spaces between words (Han, kana, Hangul, Thai, Lao, Khmer,
// Burmese) become overlapping pairs of characters, the last of a run alone, so
// that every part of such a text is found. An emoji is a word.
//
// A token holds letters, digits, marks and symbols above ASCII and nothing else:
// no quote, no operator, no space. Whatever a person types, a database's query
// language sees only that.
package search
