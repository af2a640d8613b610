package chat

import (
	"strings"
	"testing"
)

func TestTheFirstLink(t *testing.T) {
	for text, want := range map[string]string{
		"Look: https://shop.example/lamps, please.":           "https://shop.example/lamps",
		"(see https://Shop.Example./lamps)":                   "https://shop.example/lamps",
		"https://shop.example:443#top and https://b.example/": "https://shop.example/",
		"https://wiki.example/Lamp_(light)":                   "https://wiki.example/Lamp_(light)",
		"[our lamps](https://shop.example/lamps)":             "https://shop.example/lamps",
		"[https://a.example](https://b.example)":              "",
		"http://shop.example/ or https://b.example/":          "", // the first one is not opened, and no other speaks for it
		"shop.example": "",
		"":             "",
	} {
		if got := (&Message{Kind: Reply, Text: text}).FirstLink(); got != want {
			t.Errorf("%q leads to %q, want %q", text, got, want)
		}
	}
	for _, kind := range []MessageKind{Note, Auto} {
		if got := (&Message{Kind: kind, Text: "https://shop.example/"}).FirstLink(); got != "" {
			t.Errorf("a %s leads to %q", kind, got)
		}
	}
}

func TestLinksThatAreOpened(t *testing.T) {
	for _, link := range []string{
		"https://shop.example", "https://shop.example/lamps/aurora-2?color=red&size=xl", "https://video.example/watch?v=dQw4w9WgXcQ",
		"https://news.example/2026/11/22/how-to-return-a-lamp-within-30-days", "https://shop.example/dp/B08N5WRWNW", "https://help.example/reset-password",
		"https://de.wiki.example/wiki/Donaudampfschifffahrt", "https://xn--bcher-kva.example/", "https://bücher.example/über", "https://shop.example/login",
		"https://social.example/@ana", "https://متجر.example/مصباح?utm_source=chat&utm_campaign=autumn_sale", "https://shop.example/articles/12345678",
	} {
		if _, ok := SafeLink(link); !ok {
			t.Errorf("%s is not opened", link)
		}
	}
}

func TestLinksThatAreNot(t *testing.T) {
	for _, link := range []string{
		"http://shop.example/", "ftp://shop.example/", "https:shop.example", "https://", "javascript:alert(1)", "https://shop.example:8443/", "https://shop.example:0443/",
		"https://ana@shop.example/", "https://ana:secret@shop.example/", "https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/",
		"https://127.0.0.1./", "https://localhost/", "https://a.localhost/", "https://printer.local/", "https://wiki.corp/", "https://intranet/", "https://metadata.google.internal/",
		"https://host%00.example/", "https://a_b.example/", "https://[fe80::1%25eth0]/",
		// One person's.
		"https://shop.example/reset-password/aB3dE5", "https://shop.example/verify/482913", "https://shop.example/login?next=orders", "https://shop.example/magic?x=1",
		"https://shop.example/resetPassword?u=8812&k=493021", "https://shop.example/account?resetToken=483920", "https://shop.example/a?authToken=abc12345", "https://shop.example/a?activationCode=482913",
		"https://shop.example/verifyEmail/48213", "https://shop.example/passwordreset/48213", "https://shop.example/order/cancelOrder?id=9", "https://shop.example/opt-out/48213", "https://shop.example/unsub/48213",
		"https://shop.example/sign-in/Ab12cd", "https://shop.example/log-in?x=Ab1", "https://shop.example/delete?id=12", "https://shop.example/r/Xk92jLq8", "https://once.example/xK3Jd9",
		"https://shop.example/?token=abc", "https://shop.example/a?access_token=1", "https://shop.example/a?X-Amz-Signature=1", "https://shop.example/a?email=ana", "https://shop.example/a?to=ana@shop.example",
		"https://shop.example/u/ana@mail.example", "https://shop.example/o/01977a10-0000-7000-8000-0000000000f3", "https://shop.example/s/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x",
		"https://docs.example/document/d/1A2b3C4d5E6f7G8h9I0jKlMnOpQrStUv/edit", "https://shop.example/d41d8cd98f00b204e9800998ecf8427e", "https://shop.example/a?q=d41d8cd98f00b204e9800998ecf8427e",
		"https://shop.example/x/aB-cD_eF-gH_iJ-kL_mN-1", "https://shop.example/" + strings.Repeat("a", 40), "https://shop.example/%2561", "https://shop.example/a;jsessionid=1",
		"https://shop.example/?a=%zz", "https://shop.example/?1=2;3", "https://shop.example/" + strings.Repeat("a/", 1_000),
	} {
		if u, ok := SafeLink(link); ok {
			t.Errorf("%s is opened as %s", link, u)
		}
	}
}

// What a page says of itself cannot pose as anything else.
func TestAPagesWordsAreCleaned(t *testing.T) {
	l := LinkPreview{Host: "shop.example", Name: "Shop\u202e\n", Title: " A\x00 lamp\u200b ", Text: strings.Repeat("ö", 900)}
	l.Clean()
	if l.Name != "Shop" || l.Title != "A lamp" || l.Text != strings.Repeat("ö", maxLinkText) {
		t.Errorf("%+v", l)
	}
	same := LinkPreview{Host: "shop.example", Name: "shop.example", Title: "Lamp", Text: "Lamp"}
	if same.Clean(); same.Name != "" || same.Text != "" {
		t.Errorf("says it twice: %+v", same)
	}
}

func FuzzFirstLink(f *testing.F) {
	f.Add("https://shop.example/a?b=c#d")
	f.Add("(https://[::1]:443/%2e%2e)")
	f.Fuzz(func(t *testing.T, text string) {
		link := (&Message{Kind: Reply, Text: text}).FirstLink()
		if link == "" {
			return
		}
		again, ok := SafeLink(link)
		if !ok || again.String() != link {
			t.Errorf("%q, from %q, reads as %v, %t", link, text, again, ok)
		}
	})
}
