package mail

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
)

// The policy allows the page's own style, byte for byte, and nothing else.
func TestPolicyFitsThePages(t *testing.T) {
	site := chat.Site{SiteSettings: chat.DefaultSettings("Kiln & Wick")}
	talk, err := Talk{Site: &site, Zone: time.UTC, Lines: []Line{{Text: "</style><script>x</script>", At: 1}}}.HTML()
	if err != nil {
		t.Fatal(err)
	}
	thanks, err := Thanks("en", chat.Accept, "https://shop.example/")
	if err != nil {
		t.Fatal(err)
	}
	later, err := TryLater("en", "/l/x")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{talk, thanks, later} {
		_, rest, _ := strings.Cut(page, "<style>")
		style, _, ok := strings.Cut(rest, "</style>")
		sum := sha256.Sum256([]byte(style))
		if !ok || !strings.Contains(Policy(), "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			t.Errorf("%s does not allow the style of\n%s", Policy(), page)
		}
		if strings.Contains(page, "style=") || strings.Contains(page, "<script") {
			t.Errorf("the page has what its policy forbids:\n%s", page)
		}
	}
	if !strings.Contains(talk, "Your conversation with Kiln &amp; Wick") || !strings.Contains(thanks, `href="https://shop.example/"`) {
		t.Error("names and links are lost")
	}
}

func TestLocaleOfTheHeader(t *testing.T) {
	for header, want := range map[string]string{"": "en", "en-GB,en;q=0.9": "en", "xx, *;q=0.1": "en", strings.Repeat(",", 5000): "en"} {
		if got := Locale(header); got != want {
			t.Errorf("%.20q: %s", header, got)
		}
	}
}

// Ink is read on its ground: at least 4.5 to 1 at the ends of the scale.
func TestInk(t *testing.T) {
	for ground, want := range map[string]string{"#ffffff": "#1d1b19", "#000000": "#ffffff", "#2f6f5e": "#ffffff", "#ffd54a": "#1d1b19", "nonsense": "#ffffff"} {
		if got := ink(ground); got != want {
			t.Errorf("on %s: %s, want %s", ground, got, want)
		}
	}
}

// A link leads to the web or into this server, whatever it was told.
func TestLinksLeadSomewhere(t *testing.T) {
	for to, want := range map[string]string{
		"https://shop.example/a?b=1&c=2": "https://shop.example/a?b=1&amp;c=2", "http://shop.example": "http://shop.example", "/l/x": "/l/x",
		"javascript:alert(1)": "#", " javascript:alert(1)": "#", "JavaScript://shop.example/%0aalert(1)": "#", "data:text/html,x": "#",
		"mailto:a@example.org": "#", "//evil.example/": "#", "////evil.example": "#", "/\\evil.example": "/%5Cevil.example", "https:evil": "#", "": "#",
		"https://shop.example/\" onclick=\"x": "https://shop.example/%22%20onclick=%22x",
	} {
		got, err := render(href(to))
		if err != nil || got != ` href="`+want+`"` {
			t.Errorf("%q: %s, %v", to, got, err)
		}
	}
}

// A colour that is none cannot bring a style of its own.
func TestGround(t *testing.T) {
	for color, want := range map[string]string{"#ffd54a": "#ffd54a", "": "#2f6f5e", "red": "#2f6f5e", "#fff": "#2f6f5e", "#ffd54a;x:y": "#2f6f5e", "ffd54a0": "#2f6f5e"} {
		if got := ground(color); got != want {
			t.Errorf("%q: %s, want %s", color, got, want)
		}
	}
}
