package intake

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"rapport/hub/chat"
)

func read(t *testing.T, kind chat.ImportKind, as, text string, headings map[string]string) File {
	t.Helper()
	f, err := Read(kind, as, text, headings)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// field is what Read refuses a file for.
func field(kind chat.ImportKind, as, text string, headings map[string]string) string {
	_, err := Read(kind, as, text, headings)
	var f *chat.Failure
	if errors.As(err, &f) {
		return f.Field
	}
	return fmt.Sprint(err)
}

func TestExamplesAreRead(t *testing.T) {
	for kind, want := range map[chat.ImportKind]int{chat.ImportPeople: 2, chat.ImportOrders: 2, chat.ImportTalks: 1} {
		name, text := Example(kind)
		f := read(t, kind, "csv", text, nil)
		if len(f.Items) != want || len(f.Problems) > 0 || !strings.HasSuffix(name, ".csv") {
			t.Errorf("%s: %+v", kind, f)
		}
		for _, i := range f.Items {
			if err := i.Clean(kind, 1795600000000); err != nil {
				t.Errorf("%s line %d: %v", kind, i.Line, err)
			}
		}
	}
	people := read(t, chat.ImportPeople, "csv", examples[chat.ImportPeople], nil)
	if a := people.Items[0].Person.Attributes; len(a) != 1 || a[0].Key != "plan" || a[0].Value != "Club" || people.Items[1].Person.Attributes != nil || people.Items[1].Line != 3 {
		t.Errorf("people %+v", people.Items)
	}
}

// Whoever exports from elsewhere has other headings, semicolons, commas in amounts and
// a mark at the beginning.
func TestOtherPeoplesTables(t *testing.T) {
	text := "\ufeffBestellnr;Kunde;Datum;Summe;Waehrung\n\"'=7\";c-1;2026-03-14 08:30;\"1250,5\";eur\n8;c-1;1773477000000;-3;EUR\n"
	headings := map[string]string{"reference": "Bestellnr", "customer": "Kunde", "at": "Datum", "amount": "Summe", "currency": "Waehrung"}
	f := read(t, chat.ImportOrders, "csv", text, headings)
	if p := f.Items[0].Purchase; len(f.Items) != 2 || f.Items[0].Reference != "=7" || p.Amount != 125050 || p.Currency != "EUR" || p.At != 1773477000000 {
		t.Errorf("orders %+v, %+v", f.Items, f.Items[0].Purchase)
	}
	if p := f.Items[1].Purchase; p.Amount != -300 || p.At != 1773477000000 {
		t.Errorf("order %+v", p)
	}
	headings["at"] = "Tag"
	if got := field(chat.ImportOrders, "csv", text, headings); got != "headings" {
		t.Errorf("a heading that is not there: %s", got)
	}
	if got := field(chat.ImportOrders, "csv", text, nil); got != "headings" {
		t.Errorf("nothing is named: %s", got)
	}
}

// A conversation comes whole or not at all, wherever its messages stand.
func TestConversationsAreWhole(t *testing.T) {
	f := read(t, chat.ImportTalks, "csv", "reference,customer,at,by,text\n1,c,2026-01-01,customer,Hi\n2,c,2026-01-01,customer,Ho\n1,c,2026-01-02,agent,Hello\n2,c,2026-01-02,robot,Beep\n", nil)
	if len(f.Items) != 1 || len(f.Items[0].Talk) != 2 || !f.Items[0].Talk[0].ByCustomer || len(f.Problems) != 1 || f.Problems[0].Line != 5 || f.Problems[0].Field != "by" {
		t.Errorf("read %+v", f)
	}
	f = read(t, chat.ImportTalks, "json", `[{"reference":"1","customer":"c","messages":[{"at":1773477000000,"by":"customer","text":"Hi"},{"at":"2026-03-15","by":"agent","name":"Ben","text":"Hello"}]},
		{"reference":"2","customer":"c","messages":[{"at":0,"by":"","text":"?"}]}]`, nil)
	if len(f.Items) != 1 || f.Items[0].Talk[1].Name != "Ben" || len(f.Problems) != 1 || f.Problems[0].Line != 2 {
		t.Errorf("read %+v", f)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	f := read(t, chat.ImportOrders, "json", `[{"reference":"1","customer":"c","at":"2026-01-01","amount":12.5,"currency":"EUR"},{"reference":"1","customer":"c","at":"2026-01-01","amount":"x"},
		{"reference":"1","customer":"c","at":"2026-01-01","amount":"7","currency":"EUR"}]`, nil)
	if len(f.Items) != 1 || f.Items[0].Purchase.Amount != 1250 || len(f.Problems) != 2 || f.Problems[0].Field != "amount" || f.Problems[1].Field != "reference" {
		t.Errorf("read %+v", f)
	}
	many := "reference\n" + strings.Repeat("x\n", chat.MaxImportLines+2)
	for what, v := range map[string][3]string{
		"nothing": {"people", "csv", ""}, "no lines": {"people", "csv", "reference\n"}, "too long": {"people", "csv", strings.Repeat("x", chat.MaxImportBytes+1)}, "too many": {"people", "csv", many},
		"no list": {"people", "json", `{"reference":"1"}`}, "an unknown field": {"people", "json", `[{"reference":"1","admin":true}]`}, "half a quote": {"people", "csv", "reference\n\"x"},
	} {
		if got := field(chat.ImportKind(v[0]), v[1], v[2], nil); got != "text" {
			t.Errorf("%s: %s", what, got)
		}
	}
	if field("agents", "csv", "reference\n1", nil) != "kind" || field(chat.ImportPeople, "xls", "reference\n1", nil) != "as" {
		t.Error("another kind or form is read")
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range examples {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range chat.ImportKinds {
			for _, as := range []string{"csv", "json"} {
				got, err := Read(kind, as, text, map[string]string{"name": "email"})
				for i := range got.Items {
					if err == nil && got.Items[i].Clean(kind, 1795600000000) == nil && got.Items[i].Reference == "" {
						t.Errorf("something without a reference is fit to keep: %+v", got.Items[i])
					}
				}
			}
		}
	})
}

// A file that lost letters on its way says so, and one that would swell is not read on.
func TestFilesThatAreRefused(t *testing.T) {
	people := "reference,name\nc-1,M%sller\n"
	for name, text := range map[string]string{
		"Windows-1252": fmt.Sprintf(people, "\xfc"),
		"lost letters": fmt.Sprintf(people, "\ufffd"),
		"UTF-16":       "r\x00e\x00f\x00",
		"columns":      "reference" + manyColumns(chat.MaxAttributes+8) + "\nc-1\n",
	} {
		if got := field(chat.ImportPeople, "csv", text, nil); got != "text" && got != "attributes" {
			t.Errorf("%s: refused for %q", name, got)
		}
	}
	swelling := "[" + strings.Repeat("{},", chat.MaxImportItems) + "{}]"
	if got := field(chat.ImportPeople, "json", swelling, nil); got != "text" {
		t.Errorf("too many things: %q", got)
	}
	talk := `[{"reference":"t","customer":"c","messages":[` + strings.Repeat("{},", chat.MaxImportLines) + "{}]}]"
	if got := field(chat.ImportTalks, "json", talk, nil); got != "text" {
		t.Errorf("too many messages: %q", got)
	}
	if _, err := Read(chat.ImportPeople, "csv", fmt.Sprintf(people, "ü"), nil); err != nil {
		t.Errorf("UTF-8: %v", err)
	}
}

func manyColumns(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ",attribute:x%d", i)
	}
	return b.String()
}
