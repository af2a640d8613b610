// Package intake reads files of people, orders and past conversations, as CSV or JSON.
// It checks nothing but their form: what can be kept of them, the desk says.
package intake

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rapport/hub/chat"
)

// columns are what a line of each kind may hold, those that it needs first. A person's
// other columns are named "attribute:" and what it is.
var columns = map[chat.ImportKind][]string{
	chat.ImportPeople: {"reference", "name", "email", "segment", "locale"},
	chat.ImportOrders: {"reference", "customer", "at", "amount", "currency", "state", "text"},
	chat.ImportTalks:  {"reference", "customer", "at", "by", "text", "name"},
}

// needed is how many of them a line cannot be without.
var needed = map[chat.ImportKind]int{chat.ImportPeople: 1, chat.ImportOrders: 5, chat.ImportTalks: 5}

const attribute = "attribute:"

// File is what stands in a file: the things that could be read, and what is wrong with
// the others.
type File struct {
	Items    []chat.Item
	Problems []chat.ImportProblem
}

// Read reads a file that is written as csv or json. headings says what a column is
// called there, by our name for it; one that is not named has ours. A file that is not
// what it says, or too long, is Invalid.
func Read(kind chat.ImportKind, as, text string, headings map[string]string) (f File, err error) {
	if !slices.Contains(chat.ImportKinds, kind) {
		return f, chat.FailField("kind", "A file holds people, orders or conversations.")
	}
	if len(text) > chat.MaxImportBytes {
		return f, chat.FailField("text", "A file has at most %d MB. Please part it.", chat.MaxImportBytes>>20)
	}
	if n := mutilated(text); n > 0 {
		return f, chat.FailField("text", "Line %d is not written in UTF-8. Save the file as CSV UTF-8 and try again.", n)
	}
	switch as {
	case "csv":
		err = f.readCSV(kind, text, headings)
	case "json":
		err = f.readJSON(kind, text)
	default:
		err = chat.FailField("as", "A file comes as csv or json.")
	}
	if err != nil {
		return f, err
	}
	f.once()
	return f, f.bounds()
}

// mutilated is the first line that is not UTF-8, or that lost letters when it was read
// as if it were; 0 for none.
func mutilated(text string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		if n++; !utf8.ValidString(line) || strings.ContainsRune(line, utf8.RuneError) || strings.ContainsRune(line, 0) {
			return n
		}
	}
	return 0
}

func (f *File) bounds() error {
	lines := 0
	for i := range f.Items {
		lines += len(f.Items[i].Talk)
	}
	switch {
	case len(f.Items)+len(f.Problems) == 0:
		return chat.FailField("text", "There is nothing in this file.")
	case len(f.Items) > chat.MaxImportItems || lines > chat.MaxImportLines:
		return tooLong()
	}
	return nil
}

func tooLong() error {
	return chat.FailField("text", "A file holds at most %d things and %d messages. Please part it.", chat.MaxImportItems, chat.MaxImportLines)
}

// once leaves the first of those that have one reference.
func (f *File) once() {
	seen := map[string]int{}
	f.Items = slices.DeleteFunc(f.Items, func(i chat.Item) bool {
		first, again := seen[i.Reference]
		if again && i.Reference != "" {
			f.wrong(i.Line, chat.FailField("reference", "Line %d has this reference too.", first))
			return true
		}
		seen[i.Reference] = i.Line
		return false
	})
}

func (f *File) wrong(line int, err *chat.Failure) {
	f.Problems = append(f.Problems, chat.ImportProblem{Line: line, Field: err.Field, Message: err.Message})
}

// Words of a time, from the most exact on.
var layouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"}

// when reads a time: as RFC 3339 or a part of it, in UTC where it names no zone, or as
// milliseconds since 1970. 0 for anything else.
func when(s string) chat.Time {
	s = strings.TrimSpace(s)
	if ms, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) > 9 {
		return chat.Time(ms)
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, s); err == nil {
			return chat.Time(at.UnixMilli())
		}
	}
	return 0
}

// hundredths reads an amount such as 12, 12.5 or -12,50.
func hundredths(s string) (int64, *chat.Failure) {
	bad := chat.FailField("amount", "An amount is written like 1250.00.")
	whole, part, _ := strings.Cut(strings.Replace(strings.TrimSpace(s), ",", ".", 1), ".")
	if len(part) > 2 || len(whole) > 14 || strings.Contains(part, "-") || strings.Contains(part, "+") {
		return 0, bad
	}
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil {
		return 0, bad
	}
	return n, nil
}

// item makes a thing of the cells of a line.
func item(kind chat.ImportKind, line int, cell func(string) string) (chat.Item, *chat.Failure) {
	i := chat.Item{Line: line, Reference: strings.TrimSpace(cell("reference")), Customer: cell("customer")}
	switch kind {
	case chat.ImportPeople:
		i.Person = &chat.Person{Name: cell("name"), Email: strings.TrimSpace(cell("email")), Segment: strings.ToLower(strings.TrimSpace(cell("segment"))), Locale: cell("locale")}
	case chat.ImportOrders:
		amount, err := hundredths(cell("amount"))
		i.Purchase = &chat.Purchase{At: when(cell("at")), Amount: amount, Currency: strings.ToUpper(strings.TrimSpace(cell("currency"))), State: cell("state"), Text: cell("text")}
		return i, err
	case chat.ImportTalks:
		l, err := talkLine(cell)
		i.Talk = []chat.TalkLine{l}
		return i, err
	}
	return i, nil
}

func talkLine(cell func(string) string) (chat.TalkLine, *chat.Failure) {
	l := chat.TalkLine{Name: cell("name"), At: when(cell("at")), Text: cell("text")}
	switch strings.ToLower(strings.TrimSpace(cell("by"))) {
	case "customer":
		l.ByCustomer = true
	case "agent":
	default:
		return l, chat.FailField("by", "A message is by the customer or by an agent.")
	}
	return l, nil
}
