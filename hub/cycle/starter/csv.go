package starter

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/hub/chat"
)

// columns of a CSV file. kind says what a line is; a line leaves empty what its
// kind does not have. Lists are parted by ; in one cell. text is a prompt's aim,
// a template's words, an answer's text or a standard; help is a prompt's help or
// the reason for a standard.
var columns = []string{
	"kind", "key", "title", "shortcut", "steps", "text", "help", "evidence", "link", "words", "pages", "quick", "shown",
	"types", "moods", "segments", "loyalty", "journey", "stages", "channels", "languages",
	"files", "team",
}

// CSV is the set as a table with a line of headings.
func (s Set) CSV() string {
	lines := []map[string]string{}
	for _, p := range s.Prompts {
		lines = append(lines, fitted(p.Fit, map[string]string{"kind": "prompt", "key": p.Key, "steps": string(p.Step), "text": p.Text, "help": p.Help, "evidence": p.Evidence}))
	}
	for _, t := range s.Templates {
		lines = append(lines, fitted(t.Fit, map[string]string{"kind": "template", "title": t.Title, "shortcut": t.Shortcut, "steps": joined(t.Steps), "text": t.Body, "files": joined(t.Files), "team": t.Team}))
	}
	for _, a := range s.Answers {
		quick := ""
		if a.Quick {
			quick = "yes"
		}
		lines = append(lines, map[string]string{"kind": "answer", "title": a.Title, "shortcut": a.Shortcut, "text": a.Text, "link": a.Link, "words": joined(a.Words), "pages": joined(a.Pages), "quick": quick})
	}
	for _, v := range s.Standards {
		lines = append(lines, map[string]string{"kind": "standard", "key": v.Key, "steps": joined(v.Steps), "text": v.Text, "help": v.Why, "shown": v.Shown})
	}
	var b strings.Builder
	writeLine(&b, columns)
	for _, line := range lines {
		cells := make([]string, len(columns))
		for i, name := range columns {
			cells[i] = guard(line[name])
		}
		writeLine(&b, cells)
	}
	return b.String()
}

// writeLine quotes every cell: a program that parts cells at another sign than the
// comma would otherwise begin a new one, and perhaps a formula, within a text.
func writeLine(b *strings.Builder, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
	}
	b.WriteByte('\n')
}

// ParseCSV reads and checks a CSV file. The columns may stand in any order and
// those that are not needed may be missing; one that is unknown is refused.
func ParseCSV(text string) (Set, error) {
	s := Set{Format: Format, Version: Version}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return s, chat.FailField("text", "This file cannot be read: %v.", err)
	}
	for i, name := range head {
		head[i] = strings.ToLower(strings.TrimSpace(name))
		if slices.Contains(head[:i], head[i]) {
			return s, chat.FailField("text", "The column %s stands there twice.", head[i])
		}
		if !slices.Contains(columns, head[i]) {
			return s, chat.FailField("text", "%q is not a column. The columns are %s.", name, strings.Join(columns, ", "))
		}
	}
	for n := 2; ; n++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s, s.check()
		}
		if err != nil {
			return s, chat.FailField("text", "This file cannot be read: %v.", err)
		}
		line := map[string]string{}
		for i, cell := range cells {
			switch {
			case i < len(head):
				line[head[i]] = unguard(cell)
			case strings.TrimSpace(cell) != "":
				at, _ := r.FieldPos(i)
				return s, chat.FailField("text", "Line %d has more cells than there are headings. A cell that holds a comma stands in quotation marks.", at)
			}
		}
		if err := s.take(line); err != nil {
			return s, chat.FailField(fmt.Sprintf("text[%d].kind", n), "%v", err)
		}
	}
}

// take adds one line of a CSV file.
func (s *Set) take(line map[string]string) error {
	fit := chat.Fit{
		Types: parted(line["types"]), Moods: parted(line["moods"]), Segments: parted(line["segments"]), Loyalty: parted(line["loyalty"]),
		Journey: parted(line["journey"]), Stages: parted(line["stages"]), Channels: parted(line["channels"]), Languages: parted(line["languages"]),
	}
	var steps []chat.Step
	for _, step := range parted(line["steps"]) {
		steps = append(steps, chat.Step(step))
	}
	switch line["kind"] {
	case "prompt":
		s.Prompts = append(s.Prompts, Prompt{line["key"], chat.Step(line["steps"]), line["evidence"], line["text"], line["help"], fit})
	case "template":
		s.Templates = append(s.Templates, Template{line["title"], line["shortcut"], steps, line["text"], fit, line["team"], parted(line["files"])})
	case "answer":
		s.Answers = append(s.Answers, Answer{line["title"], line["shortcut"], line["text"], line["link"], parted(line["words"]), parted(line["pages"]), line["quick"] != "" && line["quick"] != "no"})
	case "standard":
		s.Standards = append(s.Standards, Standard{line["key"], line["text"], line["help"], line["shown"], steps})
	default:
		return fmt.Errorf("%q is not a kind: write prompt, template, answer or standard", line["kind"])
	}
	return nil
}

func fitted(f chat.Fit, line map[string]string) map[string]string {
	line["types"], line["moods"], line["segments"], line["loyalty"] = joined(f.Types), joined(f.Moods), joined(f.Segments), joined(f.Loyalty)
	line["journey"], line["stages"], line["channels"], line["languages"] = joined(f.Journey), joined(f.Stages), joined(f.Channels), joined(f.Languages)
	return line
}

func joined[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, "; ")
}

func parted(cell string) []string {
	var out []string
	for word := range strings.SplitSeq(cell, ";") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// formula are the beginnings that a spreadsheet would take for one and compute;
// some read the full-width signs of East Asian keyboards as well.
const formula = "=+-@\t\r＝＋－＠"

// guard puts ' before what a spreadsheet would compute, and before a ' that
// would be taken for one of ours.
func guard(cell string) string {
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, "'")); strings.ContainsRune(formula, first) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && guard(rest) == cell {
		return rest
	}
	return cell
}
