package bench

import (
	"bytes"
	"debug/elf"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Go's own command has symbols and debug data, which a test's binary has not; the
// library says how many.
func TestSymbolsAreMeasuredAsTheLibraryReadsThem(t *testing.T) {
	path, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	library, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer library.Close()
	var want int64
	for _, s := range library.Sections {
		if s.Type != elf.SHT_NOBITS && (s.Name == ".symtab" || s.Name == ".strtab" || strings.HasPrefix(s.Name, ".debug_")) {
			want += int64(s.FileSize)
		}
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := symbolBytes(f); err != nil || got != want || got == 0 {
		t.Errorf("%d bytes and %v, want %d", got, err, want)
	}
}

func TestOtherFilesAreNoBinaries(t *testing.T) {
	for name, body := range map[string]string{"empty": "", "script": "#!/bin/sh\n" + strings.Repeat("x", 200), "cut short": "\x7fELF\x02\x01" + strings.Repeat("\x00", 20)} {
		if size, err := symbolBytes(bytes.NewReader([]byte(body))); err == nil {
			t.Errorf("%s: %d bytes", name, size)
		}
	}
}
