package search

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"rapport/hub/chat"
)

var (
	zone = time.FixedZone("here", 2*60*60)
	noon = time.Date(2026, 11, 22, 12, 0, 0, 0, zone) // a Sunday
)

func TestWordsAreFolded(t *testing.T) {
	for text, want := range map[string]string{
		"Where is my Parcel?":                     "where is my parcel",
		"Müller, Straße, ŒUVRE, Łódź, smørrebrød": "muller strasse oeuvre lodz smorrebrod",
		"Mu\u0308ller":                            "muller",
		"order A-4411/B":                          "order a 4411 b",
		"maria.lopez@shop.example":                "maria lopez shop example",
		"طَلَبي لم يصل إلى الآن":                  "طلبي لم يصل الي الان",
		"رقم ٤٤١١":                                "رقم 4411",
		"ΣΊΣΥΦΟΣ":                                 "σισυφοσ",
		"ёлка Й":                                  "елка и",
		"ＡＢＣ１２３":                                  "abc123",
		"退款":                                      "退款 款",
		"我要退款":                                    "我要 要退 退款 款",
		"サービス":                                    "サー ーヒ ヒス ス",
		"ｻｰﾋﾞｽ":                                   "サー ーヒ ヒス ス",
		"สวัสดี":                                  "สว วั ัส สด ดี ี",
		"iPhone手机":                                "iphone 手机 机",
		"Thanks 👍🏽❤️!":                            "thanks 👍 ❤",
		"हिन्दी भाषा":                             "हिन्दी भाषा",
		"soft\u00ADhyphen":                        "softhyphen",
		"\xff\xfebad":                             "bad",
		"":                                        "",
	} {
		if got := Line(text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestALongWordIsKnownByItsBeginning(t *testing.T) {
	line := Line(strings.Repeat("x", 5000))
	if len(line) != maxToken {
		t.Errorf("%d letters are kept", len(line))
	}
	q, err := Parse(strings.Repeat("x", 200), noon, zone)
	if err != nil || !q.In(line) {
		t.Errorf("it is not found: %v", err)
	}
}

func TestWhatIsAskedIsFound(t *testing.T) {
	for _, c := range []struct {
		ask, text string
		want      bool
	}{
		{"parcel", "My PARCEL is late", true},
		{"parcel late", "late, says the parcel", true},
		{`"late parcel"`, "late, says the parcel", false},
		{`"late parcel"`, "a late parcel", true},
		{"“late parcel”", "a late parcel", true},
		{"„späte Pakete“", "spate pakete", true},
		{"parcel -late", "a late parcel", false},
		{"parcel -late", "a parcel", true},
		{"-late", "a parcel", true},
		{`-"late parcel"`, "a parcel, late", true},
		{"deliv*", "Delivery tomorrow", true},
		{"deliv", "Delivery tomorrow", false},
		{"maria@shop.example", "write to Maria@Shop.example", true},
		{"shop.example", "write to maria@shop.example", true},
		{"A-4411", "order a 4411", true},
		{"退", "我要退款", true},
		{"款", "我要退款", true},
		{"退款", "我要退款，谢谢", true},
		{"退货", "我要退款", false},
		{"要退款", "我要退款", true},
		{"サービス", "カスタマーサービスです", true},
		{"배송", "배송이 늦어요", true},
		{"ขอบคุณ", "ขอบคุณมากครับ", true},
		{"الطلب", "أين الطَّلَب؟", true},
		{"strasse", "Hauptstraße 5, Straße", true},
		{"👍", "great 👍🏽", true},
		{"https://shop.example/cart", "see https://shop.example/cart please", true},
		{"4411", "٤٤١١", true},
	} {
		q, err := Parse(c.ask, noon, zone)
		if err != nil {
			t.Errorf("%s: %v", c.ask, err)
			continue
		}
		if got := q.In(Line(c.text)); got != c.want {
			t.Errorf("%s in %q: %v, want %v (%+v)", c.ask, c.text, got, c.want, q.Terms)
		}
	}
}

func TestFiltersAreRead(t *testing.T) {
	q, err := Parse(`refund from:"Maria Lopez" -tag:vip,late step:Agreeing,closing in:note -has:file`, noon, zone)
	if err != nil {
		t.Fatal(err)
	}
	want := []Filter{{"from", []string{"Maria Lopez"}, false}, {"tag", []string{"vip", "late"}, true}, {"step", []string{"agreeing", "closing"}, false}}
	if len(q.Filters) != len(want) {
		t.Fatalf("got %+v", q.Filters)
	}
	for i, f := range q.Filters {
		if f.Name != want[i].Name || strings.Join(f.Values, "|") != strings.Join(want[i].Values, "|") || f.Not != want[i].Not {
			t.Errorf("got %+v, want %+v", f, want[i])
		}
	}
	if q.InNote != Must || q.HasFile != MustNot || !q.Words() || !q.Has("tag") || q.Has("mood") {
		t.Errorf("got %+v", q)
	}
	if q, err := Parse("-late mood:upset", noon, zone); err != nil || q.Words() {
		t.Errorf("what must not be there is taken for a word: %+v, %v", q, err)
	}
}

func TestTimesAreRead(t *testing.T) {
	day := func(y, m, d int) chat.Time { return chat.At(time.Date(y, time.Month(m), d, 0, 0, 0, 0, zone)) }
	for ask, want := range map[string][2]chat.Time{
		"on:2026-11-20":                {day(2026, 11, 20), day(2026, 11, 21)},
		"on:2026-02":                   {day(2026, 2, 1), day(2026, 3, 1)},
		"on:2025":                      {day(2025, 1, 1), day(2026, 1, 1)},
		"before:today":                 {0, day(2026, 11, 22)},
		"after:yesterday":              {day(2026, 11, 21), 0},
		"on:sunday":                    {day(2026, 11, 22), day(2026, 11, 23)},
		"on:Mon":                       {day(2026, 11, 16), day(2026, 11, 17)},
		"after:7d":                     {day(2026, 11, 15), 0},
		"after:2w before:2026-11-20":   {day(2026, 11, 8), day(2026, 11, 20)},
		"after:2026-1-5 after:2026-02": {day(2026, 2, 1), 0},
	} {
		q, err := Parse(ask, noon, zone)
		if err != nil || q.From != want[0] || q.Until != want[1] {
			t.Errorf("%s: %+v, %v", ask, q, err)
		}
	}
}

func TestWhatCannotBeUnderstoodIsSaid(t *testing.T) {
	for ask, part := range map[string]string{
		"form:maria":                      "There is no filter form:. There are from:, to:",
		"mood:happy":                      `one of fine, unsure, upset, and not "happy"`,
		"from:":                           "without a space",
		"before:soon":                     "2026-11-22",
		"-on:today":                       "before: or after:",
		"has:love":                        "has:file",
		"in:box":                          "in:note",
		"after:today before:yesterday":    "No time lies between",
		strings.Repeat("word ", 20):       "a lot",
		strings.Repeat("x", MaxQuery+1):   "at most",
		"tag:" + strings.Repeat("a,", 20): "1 to 8 values",
		"  ":                              "Write something",
		"tag:,":                           "1 to 8 values",
	} {
		_, err := Parse(ask, noon, zone)
		if !chat.Is(err, chat.Invalid) || !strings.Contains(err.Error(), part) {
			t.Errorf("%.40q: %v", ask, err)
		}
	}
}

func TestSnippets(t *testing.T) {
	long := strings.Repeat("words before it ", 30) + "the Parcel\nis late" + strings.Repeat(" and words behind it", 30)
	q, _ := Parse("parcel late", noon, zone)
	parts, start, end := q.Snippet(long, 90)
	var hits []string
	all := ""
	for _, p := range parts {
		all += p.Text
		if p.Hit {
			hits = append(hits, p.Text)
		}
	}
	if !start || !end || strings.Join(hits, "|") != "Parcel|late" || utf8.RuneCountInString(all) > 95 || strings.Contains(all, "\n") {
		t.Errorf("%q %v %v %v", all, hits, start, end)
	}
	q, _ = Parse("要退款", noon, zone)
	parts, start, end = q.Snippet("我要退款。", 90)
	if start || end || len(parts) != 3 || parts[1] != (Part{"要退款", true}) {
		t.Errorf("%+v", parts)
	}
	if parts, _, _ := q.Snippet("nothing of it", 90); len(parts) != 1 || parts[0].Hit {
		t.Errorf("%+v", parts)
	}
}

// Whatever is typed, tokens hold nothing that a query language knows, and what a
// text says is found in it.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{`"a b" -c from:x`, `a" OR 1=1 --`, "NEAR/5 * ^ :", "退款 สวัสดี", "tag:'; DROP TABLE person;--", "a*b*", "\x00\xff", "ｱﾞ ı İ ǆ", "-\"", "é́́"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := Tokens(text)
		end := 0
		for _, token := range tokens {
			if token.Text == "" || !utf8.ValidString(token.Text) || strings.ContainsFunc(token.Text, spoils) {
				t.Fatalf("token %q of %q", token.Text, text)
			}
			if token.Start >= token.End || token.End > len(text) || token.Start < end && kindOf(first(token.Text)) != unspaced {
				t.Fatalf("token %+v of %q", token, text)
			}
			end = token.End
		}
		q, err := Parse(text, noon, zone)
		if err != nil {
			return
		}
		for _, term := range q.Terms {
			if len(term.Words) == 0 || strings.ContainsFunc(strings.Join(term.Words, ""), spoils) {
				t.Fatalf("term %q of %q", term.Words, text)
			}
		}
		said, err := chat.CleanText("text", text, MaxQuery) // as a message is stored
		if err == nil && len(q.Filters) == 0 && len(q.Terms) == 1 && !q.Terms[0].Not && !q.In(Line(said)) {
			t.Fatalf("%q is not found in itself: %+v in %q", text, q.Terms, Line(said))
		}
		parts, _, _ := q.Snippet(text, 60)
		for _, p := range parts {
			if utf8.ValidString(text) && !utf8.ValidString(p.Text) {
				t.Fatalf("snippet %q of %q", p.Text, text)
			}
		}
	})
}

// spoils reports what no token may hold.
func spoils(r rune) bool {
	return r < 0x80 && !unicode.IsLetter(r) && !unicode.IsDigit(r) || unicode.IsSpace(r) || unicode.IsUpper(r) && unicode.ToLower(r) != r
}

// Each name in a filter is looked up, so that there are so many; the same filter
// twice is one.
func TestFiltersAreBounded(t *testing.T) {
	many := func(n int) string {
		text := ""
		for i := range n {
			text += fmt.Sprintf("tag:a%d,b ", i)
		}
		return text
	}
	if _, err := Parse(many(8), time.Now(), time.UTC); err != nil {
		t.Errorf("sixteen names: %v", err)
	}
	if _, err := Parse(many(9), time.Now(), time.UTC); !chat.Is(err, chat.Invalid) {
		t.Errorf("eighteen names: %v", err)
	}
	q, err := Parse(strings.Repeat("from:ada ", 20)+"-from:ada", time.Now(), time.UTC)
	if err != nil || len(q.Filters) != 2 {
		t.Errorf("twenty times the same: %+v, %v", q, err)
	}
}
