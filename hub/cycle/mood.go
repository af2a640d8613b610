package cycle

import (
	"strings"
	"unicode"

	"rapport/hub/chat"
)

// readMood is the customer's mood after a message. One that shows nothing leaves
// it as it was; the first one that shows nothing is fine. In a complaint, doubled
// marks are anger, as is what happens again or lasts. While nothing has been
// offered (helpless) or solved, kind words of somebody upset are not meant kindly.
func readMood(was chat.Mood, kind chat.InteractionType, helpless bool, w words) chat.Mood {
	now := chat.Mood("")
	bitter := helpless && was == chat.Upset && !w.has("solved")
	for i := range w.sentences {
		switch {
		case w.at(i, "upset") || shouts(w.sentences[i].raw) || kind == chat.Complaint && (w.at(i, "grievance") || insists(w.sentences[i].raw)):
			now = chat.Upset
		case w.at(i, "unsure"):
			if now != chat.Upset {
				now = chat.Unsure
			}
		case bitter:
		case w.at(i, "glad"):
			now = chat.Fine
		case w.at(i, "thanks") && now == "":
			now = chat.Fine
		}
	}
	switch {
	case now != "":
		return now
	case was == "":
		return chat.Fine
	}
	return was
}

// insists reports whether a sentence ends in more than one mark.
func insists(raw string) bool {
	return strings.Contains(raw, "!!") || strings.Contains(raw, "??") || strings.Contains(raw, "?!")
}

// shouts reports whether most of a sentence is in capitals.
func shouts(raw string) bool {
	words, loud := 0, 0
	for _, w := range strings.Fields(raw) {
		letters, upper := 0, 0
		for _, c := range w {
			if unicode.IsLetter(c) {
				letters++
				if unicode.IsUpper(c) {
					upper++
				}
			}
		}
		if letters >= 3 {
			words++
			if upper == letters {
				loud++
			}
		}
	}
	return loud >= 2 && loud*2 > words
}

var moodHeight = map[chat.Mood]int{chat.Upset: -1, chat.Unsure: 0, chat.Fine: 1}

// cmpMood is 1 where now is better than before, -1 where it is worse.
func cmpMood(now, before chat.Mood) int {
	switch d := moodHeight[now] - moodHeight[before]; {
	case d > 0:
		return 1
	case d < 0:
		return -1
	}
	return 0
}
