package chat

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFileNamesAreMadeHarmless(t *testing.T) {
	for name, want := range map[string]string{
		"cup.jpg":                       "cup.jpg",
		"../../etc/passwd":              "passwd",
		`C:\Users\me\cup.jpg`:           "cup.jpg",
		"..\\..\\boot.ini":              "boot.ini",
		"a\x00b\r\nSet-Cookie: x=1.txt": "ab Set-Cookie_ x=1.txt",
		"\u202Egpj.exe":                 "gpj.exe",
		"invoice\u202Efdp.exe":          "invoicefdp.exe",
		".htaccess":                     "htaccess",
		"...":                           "file",
		"":                              "file",
		"/":                             "file",
		"a\u200b\u2066b.png":            "ab.png",
		"con<>:\"|?*.txt":               "con_______.txt",
		"bad\xff\xfename.pdf":           "badname.pdf",
		"صورة.png":                      "صورة.png",
		"name. . .":                     "name",
		".":                             "file",
		"%2e%2e%2fetc":                  "%2e%2e%2fetc",
	} {
		if got := CleanFileName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	long := CleanFileName(strings.Repeat("ж", 500) + ".docx")
	if utf8.RuneCountInString(long) != MaxFileName || !strings.HasSuffix(long, "ж.docx") {
		t.Errorf("a long name becomes %q", long)
	}
	if got := CleanFileName("x." + strings.Repeat("y", 300)); utf8.RuneCountInString(got) > MaxFileName {
		t.Errorf("a long ending becomes %q", got)
	}
}

func FuzzFileNames(f *testing.F) {
	f.Add("../x\u202e.png")
	f.Fuzz(func(t *testing.T, s string) {
		got := CleanFileName(s)
		if got == "" || utf8.RuneCountInString(got) > MaxFileName || strings.ContainsAny(got, "/\\\x00\r\n\"<>") || got[0] == '.' || CleanLine(got, MaxFileName) != got {
			t.Errorf("%q becomes %q", s, got)
		}
	})
}
