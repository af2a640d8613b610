package files

import (
	"bytes"
	"image/png"
	"slices"
	"testing"

	"rapport/hub/chat"
)

// What stands for a site is drawn anew: small, a PNG, and nothing of the file that
// came but its looks.
func TestPicturesAreDrawnAnew(t *testing.T) {
	hidden := []byte("<script>alert(1)</script>")
	for _, c := range []struct {
		kind          string
		width, height int
		wantW, wantH  int
	}{
		{"image/png", 600, 300, 192, 96}, {"image/jpeg", 300, 600, 96, 192}, {"image/gif", 20, 10, 20, 10}, {"image/png", 4000, 1, 192, 1},
	} {
		got, err := Picture(bytes.NewReader(slices.Concat(picture(t, c.kind, c.width, c.height), hidden)))
		if err != nil {
			t.Errorf("%s of %d by %d: %v", c.kind, c.width, c.height, err)
			continue
		}
		m, err := png.Decode(bytes.NewReader(got))
		if err != nil || m.Bounds().Dx() != c.wantW || m.Bounds().Dy() != c.wantH {
			t.Errorf("%s of %d by %d became %v: %v", c.kind, c.width, c.height, m, err)
		}
		if bytes.Contains(got, hidden) {
			t.Errorf("%s: what was behind the picture is still there", c.kind)
		}
	}
}

func TestPicturesOfNoUseAreRefused(t *testing.T) {
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte("no picture"), "svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
		"a bomb": hugePNG(t, 15_000, 15_000), "too wide": hugePNG(t, 20_000, 2), "half a file": picture(t, "image/png", 90, 90)[:60],
	} {
		if _, err := Picture(bytes.NewReader(b)); !chat.Is(err, chat.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Picture(bytes.NewReader(make([]byte, maxPictureFile+1))); !chat.Is(err, chat.TooLarge) {
		t.Errorf("too many bytes: %v", err)
	}
}
