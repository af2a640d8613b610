package intake

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"rapport/hub/chat"
)

// readCSV reads a table with a line of headings; cells are parted by commas or
// semicolons. Each line is a thing, and of conversations each is a message: those under
// one reference are one conversation, which comes whole or not at all.
func (f *File) readCSV(kind chat.ImportKind, text string, headings map[string]string) error {
	r := reader(text)
	head, err := r.Read()
	if err != nil {
		return unreadable(err)
	}
	at, err := placed(kind, head, headings)
	if err != nil {
		return err
	}
	torn, talks := map[string]bool{}, map[string]int{}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			f.Items = slices.DeleteFunc(f.Items, func(i chat.Item) bool { return torn[i.Reference] })
			return nil
		}
		if err != nil {
			return unreadable(err)
		}
		line, _ := r.FieldPos(0)
		cell := func(name string) string {
			if i, ok := at[name]; ok && i < len(cells) {
				return unguard(cells[i])
			}
			return ""
		}
		i, wrong := item(kind, line, cell)
		if wrong != nil {
			f.wrong(line, wrong)
			torn[i.Reference] = kind == chat.ImportTalks
			continue
		}
		for name := range at {
			if key, ok := strings.CutPrefix(name, attribute); ok && cell(name) != "" {
				i.Person.Attributes = append(i.Person.Attributes, chat.Attribute{Key: key, Value: cell(name)})
			}
		}
		if f.add(kind, i, talks); len(f.Items)+len(f.Problems) > chat.MaxImportLines {
			return f.bounds()
		}
	}
}

// add takes a thing on, or a message to its conversation. talks says where those stand.
func (f *File) add(kind chat.ImportKind, i chat.Item, talks map[string]int) {
	if n, begun := talks[i.Reference]; kind == chat.ImportTalks && begun {
		f.Items[n].Talk = append(f.Items[n].Talk, i.Talk...)
		return
	}
	talks[i.Reference] = len(f.Items)
	f.Items = append(f.Items, i)
}

// Headings are those of a CSV file, as they stand there.
func Headings(text string) ([]string, error) {
	head, err := reader(text).Read()
	if err != nil {
		return nil, unreadable(err)
	}
	return head, nil
}

func reader(text string) *csv.Reader {
	text = strings.TrimPrefix(text, "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	if head, _, _ := strings.Cut(text, "\n"); strings.Count(head, ";") > strings.Count(head, ",") {
		r.Comma = ';'
	}
	return r
}

func unreadable(err error) error {
	if errors.Is(err, io.EOF) {
		return chat.FailField("text", "There is nothing in this file.")
	}
	return chat.FailField("text", "This file cannot be read: %v.", err)
}

// placed is where each of our columns stands. A column that is needed and missing is
// Invalid; those that nobody named are left out.
func placed(kind chat.ImportKind, head []string, headings map[string]string) (map[string]int, error) {
	at := map[string]int{}
	for i, heading := range head {
		name := strings.ToLower(strings.TrimSpace(heading))
		_, given := headings[name]
		own := slices.Contains(columns[kind], name) || kind == chat.ImportPeople && strings.HasPrefix(name, attribute) && name != attribute
		if own && !given {
			at[name] = i
		}
	}
	if own := len(at); own > len(columns[kind])+chat.MaxAttributes {
		return nil, chat.TooManyAttributes()
	}
	for name, heading := range headings {
		i := slices.IndexFunc(head, func(h string) bool { return strings.TrimSpace(h) == strings.TrimSpace(heading) })
		if heading != "" && i < 0 {
			return nil, chat.FailField("headings", "No column is called %q.", heading)
		}
		if heading != "" && slices.Contains(columns[kind], name) {
			at[name] = i
		}
	}
	for _, name := range columns[kind][:needed[kind]] {
		if _, ok := at[name]; !ok {
			return nil, chat.FailField("headings", "The column %s is missing. Say which of yours it is.", name)
		}
	}
	return at, nil
}

// unguard takes off the sign that keeps a table program from reading a formula.
func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@\t\r", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}
