package chat_test

import (
	"strings"
	"testing"
	"unsafe"

	"rapport/hub/chat"
)

func TestNamesCannotPose(t *testing.T) {
	for in, want := range map[string]string{
		"  Ana \t Ruiz\n": "Ana Ruiz", "An\u200ba": "Ana", "\u202eanA": "anA", "\u3164": "", "\u115f\u1160": "", "\u2800": "",
		"Adm\u034fin": "Admin", "a\u0301\u0301\u0301\u0301\u0301": "a\u0301\u0301\u0301", "x\x00y\x1b[31m": "xy[31m", "نور": "نور", "\xffok": "ok",
	} {
		if got := chat.CleanLine(in, chat.MaxName); got != want {
			t.Errorf("%q became %q, not %q", in, got, want)
		}
	}
	if got := chat.CleanLine(strings.Repeat("é", 200), 80); got != strings.Repeat("é", 80) {
		t.Errorf("cut to %d bytes", len(got))
	}
}

// TestALineHoldsItselfAlone: what was left out of it does not stay in memory.
func TestALineHoldsItselfAlone(t *testing.T) {
	for name, in := range map[string]string{"cut": strings.Repeat("a", 15_000), "short": "a" + strings.Repeat(" ", 15_000)} {
		got := chat.CleanLine(in, chat.MaxTitle)
		if unsafe.StringData(got) == unsafe.StringData(in) {
			t.Errorf("%s: %d bytes keep %d alive", name, len(got), len(in))
		}
	}
}

func TestTextsHaveSomethingToSee(t *testing.T) {
	for _, in := range []string{"", "  \n ", "\u200b\u200b\u2060", "\u3164 \u2800", "\x00\x07"} {
		if _, err := chat.CleanText("text", in, 10); !chat.Is(err, chat.Invalid) {
			t.Errorf("%q: %v", in, err)
		}
	}
	for in, want := range map[string]string{"a\r\nb\rc": "a\nb\nc", " 👩‍👩‍👧 ": "👩‍👩‍👧", "a\x00b": "ab", "0123456789": "0123456789"} {
		if got, err := chat.CleanText("text", in, 10); err != nil || got != want {
			t.Errorf("%q became %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"01234567890", "\xff\xfe"} {
		if _, err := chat.CleanText("text", in, 10); !chat.Is(err, chat.Invalid) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, in := range []string{"", "a", "a@", "Ana <a@example.com>", "a@b.example\r\nBcc: x@y.example", "\u202emoc@b.example", "a\u200bb@x.example", "x@exa\u3164mple.com", "a b@x.example", strings.Repeat("a", 250) + "@x.example"} {
		if got, err := chat.CleanEmail("email", in); err == nil {
			t.Errorf("%q passed as %q", in, got)
		}
	}
	if got, err := chat.CleanEmail("email", " Ana.Ruiz@Example.COM "); err != nil || got != "ana.ruiz@example.com" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestOrigins(t *testing.T) {
	for in, want := range map[string]string{
		"https://Shop.Example/": "https://shop.example", "https://shop.example:443": "https://shop.example", "http://a.example:8080": "http://a.example:8080", "https://[::1]:443": "https://[::1]", "http://[::1]:8080": "http://[::1]:8080", "https://*.shop.example": "https://*.shop.example",
	} {
		if got, err := chat.CleanOrigin(in); err != nil || got != want {
			t.Errorf("%q became %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"shop.example", "https://", "https://a.example/path", "javascript:alert(1)", "https://*", "https://a.*.example", "https://u:p@a.example", "https://a.example; script-src *", "null", "*"} {
		if got, err := chat.CleanOrigin(in); err == nil {
			t.Errorf("%q passed as %q", in, got)
		}
	}
	allowed := []string{"https://shop.example", "https://*.wide.example"}
	for origin, want := range map[string]bool{
		"https://shop.example": true, "http://shop.example": false, "https://shop.example.evil": false, "https://evilshop.example": false,
		"https://a.wide.example": true, "https://a.b.wide.example": true, "https://wide.example": false, "https://evilwide.example": false, "null": false, "": false,
	} {
		if got := chat.OriginAllowed(allowed, origin); got != want {
			t.Errorf("%q: %v", origin, got)
		}
	}
}
