package chat

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Letters of other scripts that are drawn like Latin ones in ordinary typefaces,
// each followed by its Latin twin (from Unicode's confusables).
const twins = "АAВBЕEЅSІIЈJКKМMНHОOРPСCТTХXҮYԌGаaеeоoрpсcуyхxѕsіiјjһhԁdԛqԝwӏlАAΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXαaοoνvρpυuγyιiκkօoհhսuոn" +
	"ıiłlŁLøoØOđdĐD"

// strokes are Latin letters, digits and signs that are drawn alike.
var strokes = strings.NewReplacer("I", "l", "1", "l", "|", "l", "0", "O")

var twinOf = func() map[rune]rune {
	table, all := map[rune]rune{}, []rune(twins)
	for i := 0; i+1 < len(all); i += 2 {
		table[all[i]] = all[i+1]
	}
	return table
}()

// SameName reports whether two names would be taken for one: equal but for case,
// accents, spaces and punctuation, or made of letters that look alike. It errs on
// the side of "same".
func SameName(a, b string) bool {
	x, y := skeletons(a), skeletons(b)
	return x[0] == y[0] || x[1] == y[1] || x[2] == y[2]
}

// skeletons are what is left of a name as its own script spells it, as Latin
// letters spell what is seen, and as its strokes are seen. The last keeps case:
// Ian and lan look alike, Ian and Lan do not.
func skeletons(name string) [3]string {
	bare := letters(name)
	latin := strings.Map(func(r rune) rune {
		if twin, ok := twinOf[r]; ok {
			return twin
		}
		return r
	}, bare)
	return [3]string{strings.ToLower(bare), strings.ToLower(latin), strokes.Replace(latin)}
}

// letters keeps letters and digits in their plain form, and vowel signs of
// scripts that write vowels as marks; a name without any letter keeps everything.
func letters(name string) string {
	plain := norm.NFKD.String(name)
	kept := strings.Map(func(r rune) rune {
		accent := unicode.Is(unicode.Mn, r) && norm.NFKD.PropertiesString(string(r)).CCC() != 0
		if r == '|' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && !accent && !unicode.Is(unicode.Me, r) {
			return r
		}
		return -1
	}, plain)
	if kept == "" {
		return plain
	}
	return kept
}
