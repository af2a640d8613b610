package files

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
)

// picture is an image of a kind, encoded.
func picture(t testing.TB, kind string, width, height int) []byte {
	t.Helper()
	m := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.Black, color.White})
	var b bytes.Buffer
	err := errors.New("no such kind")
	switch kind {
	case "image/png":
		err = png.Encode(&b, m)
	case "image/jpeg":
		err = jpeg.Encode(&b, m, nil)
	case "image/gif":
		err = gif.Encode(&b, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hugePNG is a small file that says it is an image of this size.
func hugePNG(t testing.TB, width, height uint32) []byte {
	b := picture(t, "image/png", 2, 2)
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// webp is the header of a lossless WebP of 33 by 44 pixels.
var webp = append([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f"), 0x20, 0xc0, 0x0a, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

func TestTypesAreServedOnlyWhereBothAgree(t *testing.T) {
	pngBytes, gifBytes, jpegBytes := picture(t, "image/png", 4, 3), picture(t, "image/gif", 4, 3), picture(t, "image/jpeg", 4, 3)
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
	html := []byte("<!doctype html><script>alert(1)</script>")
	zip := []byte("PK\x03\x04\x14\x00\x00\x00\x08\x00")
	for _, c := range []struct {
		name, claimed string
		bytes         []byte
		want          string
		shown         bool
	}{
		{"a picture", "image/png", pngBytes, "image/png", true},
		{"with a parameter", "image/png; name=x", pngBytes, "image/png", true},
		{"in capitals", "IMAGE/PNG", pngBytes, "image/png", true},
		{"a photo", "image/jpeg", jpegBytes, "image/jpeg", true},
		{"moving", "image/gif", gifBytes, "image/gif", true},
		{"webp", "image/webp", webp, "image/webp", true},
		{"png that claims to be a photo", "image/jpeg", pngBytes, chat.OctetStream, false},
		{"page that claims to be a picture", "image/png", html, chat.OctetStream, false},
		{"picture that claims to be a page", "text/html", pngBytes, chat.OctetStream, false},
		{"page", "text/html", html, chat.OctetStream, false},
		{"page as plain text", "text/plain", html, chat.OctetStream, false},
		{"drawing", "image/svg+xml", svg, chat.OctetStream, false},
		{"drawing, with a parameter", "image/svg+xml; x", svg, chat.OctetStream, false},
		{"drawing as png", "image/png", svg, chat.OctetStream, false},
		{"drawing as xml", "text/xml", svg, chat.OctetStream, false},
		{"page behind a picture", "image/gif", append(bytes.Clone(gifBytes), html...), "image/gif", true},
		{"script in a picture's beginning", "image/gif", []byte("GIF89a/*" + strings.Repeat("x", 40) + "*/=1;alert(1)"), "image/gif", false},
		{"script in a picture's beginning, as itself", "text/javascript", []byte("GIF89a/**/=1;alert(1)"), chat.OctetStream, false},
		{"archive", "application/zip", zip, "application/zip", false},
		{"archive as a picture", "image/png", zip, chat.OctetStream, false},
		{"program", "application/x-msdownload", []byte("MZ\x90\x00"), chat.OctetStream, false},
		{"program as a picture", "image/png", []byte("MZ\x90\x00"), chat.OctetStream, false},
		{"nothing claimed", "", pngBytes, chat.OctetStream, false},
		{"nonsense claimed", "image/png\r\nX: y", pngBytes, chat.OctetStream, false},
		{"two types", "image/png, text/html", pngBytes, chat.OctetStream, false},
		{"words", "text/plain", []byte("Hello there"), "text/plain", false},
		{"PDF", "application/pdf", []byte("%PDF-1.7\n"), "application/pdf", false},
		{"PDF with a script in it", "application/pdf", []byte("%PDF-1.7\n/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "application/pdf", false},
		{"60,000 by 60,000", "image/png", hugePNG(t, 60_000, 60_000), "image/png", false},
		{"one line of 2 billion", "image/png", hugePNG(t, 1<<31-1, 1), "image/png", false},
		{"12,000 by 12,000", "image/png", hugePNG(t, 12_000, 12_000), "image/png", false},
		{"a large photo", "image/png", hugePNG(t, 8_000, 6_000), "image/png", true},
	} {
		kind := agreed(c.claimed, c.bytes[:min(len(c.bytes), headBytes)])
		w, h := dimensions(kind, bytes.NewReader(c.bytes))
		if kind != c.want || (w > 0 && h > 0) != c.shown {
			t.Errorf("%s: served as %s, %d by %d", c.name, kind, w, h)
		}
	}
}

func folder(t testing.TB) Folder {
	t.Helper()
	f, err := OpenFolder(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// everything lists what lies in a folder, but for folders.
func everything(t testing.TB, f Folder) (names []string) {
	t.Helper()
	err := filepath.WalkDir(f.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// broken fails after some bytes.
type broken struct{ left int }

func (b *broken) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errors.New("the line is dead")
	}
	n := min(len(p), b.left)
	b.left -= n
	return n, nil
}

func TestWhatACrashLeftIsCleared(t *testing.T) {
	f := folder(t)
	half := filepath.Join(f.dir, unfinished, "put-1")
	if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenFolder(f.dir); err != nil {
		t.Fatal(err)
	}
	if left := everything(t, f); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// book knows rows in memory.
type book struct {
	rows map[string]bool // by blob
	full error
}

func (b *book) FileUsage(context.Context, *chat.File) (chat.FileUsage, error) {
	return chat.FileUsage{}, nil
}

func (b *book) AddFile(_ context.Context, f *chat.File, _ chat.FileQuota) error {
	if b.full == nil {
		b.rows[f.Blob] = true
	}
	return b.full
}

func (b *book) SweepFiles(context.Context, chat.Time) ([]string, bool, error) { return nil, false, nil }

func (b *book) BlobUsed(_ context.Context, name string) (bool, error) { return b.rows[name], nil }

func TestARowThatFailsTakesItsBytesAlong(t *testing.T) {
	f := folder(t)
	b := &book{rows: map[string]bool{}, full: errors.New("the disk is full")}
	s := &Shelf{Store: f, Book: b, Quota: chat.FileQuota{PersonFiles: 9, PersonBytes: 1 << 30, SiteFiles: 9, SiteBytes: 1 << 30}, Clock: chat.SystemClock}
	u := func() Upload {
		return Upload{Name: "x.txt", Claimed: "text/plain", Body: strings.NewReader("hello"), Size: 5}
	}
	if _, err := s.Take(t.Context(), u()); err == nil {
		t.Error("stored without a row")
	}
	if left := everything(t, f); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	b.full = nil
	got, err := s.Take(t.Context(), u())
	if err != nil || got.Type != "text/plain" || got.Size != 5 || len(everything(t, f)) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	for what, u := range map[string]Upload{
		"nothing":       {Name: "x", Body: strings.NewReader(""), Size: 0},
		"too much said": {Name: "x", Body: strings.NewReader("x"), Size: chat.MaxFile + 1},
		"too much sent": {Name: "x", Body: io.LimitReader(&broken{1 << 30}, chat.MaxFile+1), Size: -1},
	} {
		if _, err := s.Take(t.Context(), u); chat.CodeOf(err) == chat.Internal {
			t.Errorf("%s: %v", what, err)
		}
	}
	if left := everything(t, f); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// Bytes that a crash has left without a row go a day later, and no others.
func TestLostBytesAreSwept(t *testing.T) {
	f := folder(t)
	b := &book{rows: map[string]bool{}}
	now := chat.SystemClock()
	s := &Shelf{Store: f, Book: b, Clock: func() chat.Time { return now }}
	lost, err := f.Put(t.Context(), strings.NewReader("lost"), 9, nil)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := f.Put(t.Context(), strings.NewReader("kept"), 9, nil)
	if err != nil {
		t.Fatal(err)
	}
	b.rows[kept.Name] = true
	if err := s.SweepLost(t.Context()); err != nil || len(everything(t, f)) != 2 {
		t.Fatalf("%v: %v", everything(t, f), err)
	}
	now = now.Add(KeepPending + time.Minute)
	if err := s.SweepLost(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Open(t.Context(), lost.Name); !chat.Is(err, chat.NotFound) {
		t.Errorf("lost bytes are still there: %v", err)
	}
	if left := everything(t, f); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

// Files leave room for the database; the log says so once an hour.
func TestAFullDiskTakesNoFiles(t *testing.T) {
	f := folder(t)
	var log bytes.Buffer
	var free, total int64
	now := chat.SystemClock()
	s := &Shelf{
		Store: f, Book: &book{rows: map[string]bool{}}, Quota: chat.FileQuota{PersonFiles: 9, PersonBytes: 9, SiteFiles: 9, SiteBytes: 9},
		Clock: func() chat.Time { return now }, Log: slog.New(slog.NewTextHandler(&log, nil)),
		Space: func() (int64, int64, error) { return free, total, nil },
	}
	take := func(atFree, of int64, room bool) {
		t.Helper()
		free, total = atFree, of
		_, err := s.Take(t.Context(), Upload{Name: "x.txt", Body: strings.NewReader("hello"), Size: 5})
		if room && err != nil || !room && chat.CodeOf(err) != chat.StoreDown {
			t.Errorf("%d free of %d: %v", free, total, err)
		}
	}
	take(1<<30+4, 8<<30, false)
	take(1<<30+5, 8<<30, true)
	take(5<<30+4, 100<<30, false)
	take(5<<30+5, 100<<30, true)
	if n := strings.Count(log.String(), "nearly full"); n != 1 || len(everything(t, f)) != 2 {
		t.Errorf("said %d times, kept %v", n, everything(t, f))
	}
	now = now.Add(tellFullEvery)
	take(0, 8<<30, false)
	if n := strings.Count(log.String(), "nearly full"); n != 2 {
		t.Errorf("said %d times within two hours", n)
	}
	if free, total, err := f.Space(); err != nil || free < 0 || total < 0 {
		t.Errorf("%d of %d, %v", free, total, err)
	}
}

func TestLinksHoldForOneFileOneReaderAndAWhile(t *testing.T) {
	l := NewLinks(bytes.Repeat([]byte{9}, 32), "https://files.example")
	now := chat.Time(1_760_000_000_000)
	f := &chat.File{ID: chat.NewID(), ConversationID: chat.NewID()}
	who := chat.Actor{Kind: chat.ByPerson, ID: chat.NewID()}
	url, expires := l.To(f, who, now)
	token, ok := strings.CutPrefix(url, "https://files.example/f/")
	if !ok || expires < now.Add(LinkLife) || expires > now.Add(2*LinkLife) {
		t.Fatalf("%s until %d", url, expires)
	}
	p, ok := Read(token)
	if !ok || p.FileID != f.ID || p.Reader.ID != who.ID || p.Reader.Kind != chat.ByPerson || p.Expires != expires || !l.Holds(token, f) {
		t.Errorf("%+v %v", p, ok)
	}
	if l.Holds(token, &chat.File{ID: f.ID, ConversationID: chat.NewID()}) {
		t.Error("it holds in another conversation")
	}
	if NewLinks(bytes.Repeat([]byte{8}, 32), "https://files.example").Holds(token, f) {
		t.Error("it holds under another key")
	}
	for i := range token {
		changed := []byte(token)
		changed[i] ^= 1
		if _, ok := Read(string(changed)); ok && l.Holds(string(changed), f) {
			t.Fatalf("it holds with letter %d altered", i)
		}
	}
	for _, s := range []string{"", "x", token + "A", token[:len(token)-1], token + "=", "../" + token} {
		if _, ok := Read(s); ok && l.Holds(s, f) {
			t.Errorf("%q holds", s)
		}
	}
}
