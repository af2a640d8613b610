// Package when finds commitments in an agent's English reply ("I'll get back to
// you tomorrow at three"), and works out the instant that words mean.
//
// # Rather nothing than wrong
//
// A promise with the wrong time is worse than one whose time is asked for. So
// words that can be read in two ways give no instant: 12/5, "next Friday" said
// on a Monday, "on Friday" said on a Friday, "at seven" where both sevens are
// open, a minute that the clock shows twice on the last Sunday of October.
// Words that bound the wrong end ("after lunch", "until Friday", "not before
// Monday") give none either. Likewise a question, an offer, something that hangs
// on a condition, a guess ("we'll probably") or what is done at once ("I'll
// check that now") is no commitment.
//
// # What words mean
//
// The instant is the latest that the words allow. A day ends when the site
// closes, or at its last minute where it is closed or always open; a morning
// ends at noon, an afternoon at six or at closing, an evening at ten; a week on
// its last open day; a stretch ("in 10 to 15 minutes") at its longer end. Hours
// and minutes are counted, days are the calendar's, and working days are Monday
// to Friday. "At three" is the one of both that is still to come and within the
// opening hours, or between eight and seven where a site names none. "First
// thing" is opening time, else nine; "close of business" closing time, else
// five.
//
// # How it reads
//
// A text is cut into sentences and words (words.go); what is quoted is somebody
// else's and left out. A sentence is searched for subjects that say what they
// will do (claim.go), each is judged (commitments.go), and the times in it are
// read piece by piece (find.go, span.go, day.go, clock.go), joined, and worked
// out (resolve.go). All words stand in phrases/en.json. There is no I/O here, no
// clock, and no regular expression; every look ahead is bounded, so reading is
// linear in the text.
//
// Kept date libraries were tried on testdata/due.txt before this was written:
// olebedev/when got 95 and go-dateparser 98 of 375 right, with 204 and 125 wrong
// guesses, for want of opening hours, due times and doubt.
package when
