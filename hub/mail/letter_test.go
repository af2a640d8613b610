package mail

import (
	"context"
	"net"
	netmail "net/mail"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
)

func netmailAddress(s string) (*netmail.Address, error) { return netmail.ParseAddress(s) }

func contextOf(t *testing.T) (context.Context, context.CancelFunc) {
	return context.WithCancel(t.Context())
}

// closedPort is a port at which nobody listens.
func closedPort(t *testing.T) int {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port
}

func lastCard(t *testing.T, w *world) string {
	t.Helper()
	list, err := w.store.Cards(t.Context(), w.talk)
	w.must(err)
	return list[len(list)-1].ID
}

// Nothing that anybody writes becomes a header, markup or a line of its own in
// the greeting.
func TestHostileWords(t *testing.T) {
	w := newWorld(t)
	w.site.Name = "Kiln \"&\" <b>Wick</b>, Ltd."
	w.must(w.store.SaveSite(t.Context(), &w.site))
	w.known("evil.example http://evil.example now", "ada@example.org")
	w.replies("<script>alert(1)</script>\nBcc: victim@example.org\r\n\r\n.\r\n<a href=\"javascript:x\">here</a>\u202e")
	w.away()
	m := w.box.one(t)
	if m.Get("Bcc") != "" || m.To != "ada@example.org" || len(m.Header["Subject"]) != 1 {
		t.Errorf("header %v", m.Header)
	}
	if s := m.subject(); strings.ContainsAny(s, "\r\n\u202e") || !strings.HasPrefix(s, "Ben: <script>alert(1)</script> Bcc:") {
		t.Errorf("subject %q", s)
	}
	for _, bad := range []string{"<script", "<a href=\"javascript", "<b>Wick"} {
		if strings.Contains(m.HTML, bad) {
			t.Errorf("%q stands in\n%s", bad, m.HTML)
		}
	}
	if !strings.Contains(m.HTML, "&lt;script&gt;") || !strings.Contains(m.Text, "Hello,\n") || strings.Contains(m.Text, "evil") {
		t.Errorf("it says\n%s", m.Text)
	}
	from, err := netmail.ParseAddress(m.Get("From"))
	if err != nil || from.Name != w.site.Name || from.Address != "hello@shop.example" {
		t.Errorf("from %v, %v", from, err)
	}
}

func TestGreeting(t *testing.T) {
	l := &letter{words: languages().in("en")}
	for name, want := range map[string]string{
		"Ada Lovelace": "Hello Ada,", "": "Hello,", "Jean-Luc": "Hello Jean-Luc,", "O'Neil": "Hello O'Neil,", "مريم": "Hello مريم,",
		"evil.example": "Hello,", "http://x": "Hello,", "{name}": "Hello,", strings.Repeat("a", 80): "Hello,",
	} {
		if got := l.hello(&chat.Person{Name: name}); got != want {
			t.Errorf("%q is greeted %q, want %q", name, got, want)
		}
	}
}

func TestSubjectsAreShort(t *testing.T) {
	for text, want := range map[string]string{
		"Short": "Short", "Two\nlines": "Two lines",
		"We have found your parcel at the depot and it will be with you tomorrow at noon.": "We have found your parcel at the depot and it will be with…",
		strings.Repeat("ä", 100): strings.Repeat("ä", 60) + "…",
	} {
		if got := start(text); got != want {
			t.Errorf("%q begins %q, want %q", text, got, want)
		}
	}
}

var sayKey = regexp.MustCompile(`[sS]ay\(?\s?"([a-z_]+)"`)

// Every sentence is said somewhere, and what is said is there: a key that is put
// together counts by its end.
func TestEveryWordIsUsed(t *testing.T) {
	all, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	source := ""
	for _, f := range files {
		if raw, err := os.ReadFile(f.Name()); err == nil && !strings.HasSuffix(f.Name(), "_test.go") {
			source += string(raw)
		}
	}
	for _, found := range sayKey.FindAllStringSubmatch(source, -1) {
		if _, ok := all[english].say[found[1]]; !ok && !strings.HasSuffix(found[1], "_") {
			t.Errorf("%q is said and is no word", found[1])
		}
	}
	built := regexp.MustCompile(`^(thanks|subject)_|^copy_(sent|confirmed|corrected|accepted|asked|declined|replaced|withdrawn)$|_(title|ask|answer|due)$`)
	for key := range all[english].say {
		if !strings.Contains(source, `"`+key+`"`) && !built.MatchString(key) {
			t.Errorf("%q is never said", key)
		}
	}
	for _, p := range []chat.Promise{
		{Whose: chat.Ours, State: chat.PromiseIsOpen}, {Whose: chat.Ours, State: chat.PromiseIsOpen, Moved: true}, {Whose: chat.Ours, State: chat.PromiseKept},
		{Whose: chat.Ours, State: chat.PromiseBroken}, {Whose: chat.Theirs, State: chat.PromiseIsOpen}, {Whose: chat.Theirs, State: chat.PromiseKept},
		{Whose: chat.Theirs, State: chat.PromiseDropped},
	} {
		all.in("xx-YY").Say(promiseSubjects[standing(&p)])
		all.in("").Say(standing(&p) + "_title")
		all.in("en-GB").Say(standing(&p) + "_due")
	}
}

var filledIn = regexp.MustCompile(`\{\w+\}`)

// Every language says everything, with the same values filled in.
func TestLanguagesAgree(t *testing.T) {
	all, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	for tag, w := range all {
		raw, err := wordFiles.ReadFile("words/" + tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		for key, text := range all[english].say {
			if !strings.Contains(string(raw), `"`+key+`"`) {
				t.Errorf("%s does not say %q", tag, key)
			}
			values, want := filledIn.FindAllString(w.say[key], -1), filledIn.FindAllString(text, -1)
			slices.Sort(values)
			slices.Sort(want)
			if !slices.Equal(values, want) {
				t.Errorf("%s: %q has the values %v, want %v", tag, key, values, want)
			}
		}
	}
	if w := all.in("ar-EG"); w.Lang != "ar" || w.Dir != "rtl" || Locale("xx, ar-EG;q=0.8, en;q=0.5") != "ar" {
		t.Errorf("Arabic is %s %s", w.Lang, w.Dir)
	}
}

// A letter and its page are in the customer's language and direction.
func TestLetterInArabic(t *testing.T) {
	w := newWorld(t)
	w.must(w.store.Write(t.Context(), func(tx chat.Tx) error {
		p, err := tx.Person(w.ada.ID)
		if err != nil {
			return err
		}
		p.Locale = "ar"
		return tx.SavePerson(p)
	}))
	w.replies("أهلًا، أنا بن.")
	w.away()
	m := w.box.one(t)
	if !strings.Contains(m.HTML, `<html lang="ar" dir="rtl">`) || m.subject() != "Ben: أهلًا، أنا بن." || !strings.Contains(m.Text, "مرحبًا Ada،") || m.Get("Content-Language") != "ar" {
		t.Errorf("subject %q, and it says\n%s", m.subject(), m.Text)
	}
}

func TestReadServer(t *testing.T) {
	got, err := ReadServer("smtp://shop%40example.com@mail.example.com", "hello@example.com", "secret")
	want := Server{Host: "mail.example.com", Port: 587, User: "shop@example.com", Password: "secret", From: "hello@example.com"}
	if err != nil || *got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, err := ReadServer("smtps://mail.example.com:2465/", "hello@example.com", ""); err != nil || !got.TLS || got.Port != 2465 {
		t.Errorf("got %+v, %v", got, err)
	}
	for _, bad := range [][3]string{
		{"mail.example.com:25", "a@example.com", ""}, {"http://mail.example.com", "a@example.com", ""}, {"smtp://", "a@example.com", ""},
		{"smtp://u:secret@mail.example.com", "a@example.com", ""}, {"smtp://u@mail.example.com", "a@example.com", ""},
		{"smtp://mail.example.com", "a@example.com", "secret"}, {"smtp://mail.example.com:99999", "a@example.com", ""},
		{"smtp://mail.example.com", "", ""}, {"smtp://mail.example.com", "Shop <a@example.com>", ""}, {"smtp://mail.example.com", "a@example.com\r\nBcc: b@example.com", ""},
		{"smtp://mail.example.com/path", "a@example.com", ""},
	} {
		got, err := ReadServer(bad[0], bad[1], bad[2])
		if err == nil {
			t.Errorf("%q: %+v", bad, got)
		} else if strings.ContainsAny(err.Error(), "\r\n") || strings.Contains(err.Error(), ":secret") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
