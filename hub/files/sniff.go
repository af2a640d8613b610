package files

import (
	"bytes"
	"image"
	_ "image/gif"  // the formats whose headers are read
	_ "image/jpeg" //
	_ "image/png"  //
	"io"
	"mime"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp" //

	"rapport/hub/chat"
)

// images are what a screen may show: raster formats that hold no script.
var images = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

// served are the types that a file may be served as, beside images. What a browser
// could run or follow (HTML, SVG, XML, scripts, Flash) is not among them.
var served = []string{
	"application/pdf", "application/zip", "text/plain",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
	"audio/mpeg", "audio/ogg", "audio/wav", "video/mp4", "video/webm", "video/quicktime",
}

// headBytes is how much of a file its type is read from.
const headBytes = 4096

// agreed is the type that both a claim and a file's first bytes name, if it is
// among those that may be served; chat.OctetStream otherwise.
func agreed(claimed string, head []byte) string {
	kind, _, err := mime.ParseMediaType(claimed)
	if err != nil {
		return chat.OctetStream
	}
	found := mimetype.Detect(head)
	kind = strings.ToLower(kind)
	if !slices.Contains(images, kind) && !slices.Contains(served, kind) || !found.Is(kind) {
		return chat.OctetStream
	}
	return kind
}

// Bounds of an image that a screen shows: on a side, and of all pixels (40 of them
// are a photo of the largest telephones; unpacked they take 160 MB).
const (
	maxSide   = 16_000
	maxPixels = 50 << 20
)

// maxHeader is how far the size of an image may lie behind its beginning: a JPEG
// carries colour profiles and thumbnails before it.
const maxHeader = 1 << 20

// dimensions reads the size of an image from its header; zeros where it is none
// that may be shown. No pixel is unpacked.
func dimensions(kind string, r io.Reader) (width, height int64) {
	if !slices.Contains(images, kind) {
		return 0, 0
	}
	c, format, err := image.DecodeConfig(io.LimitReader(r, maxHeader))
	if err != nil || "image/"+format != kind {
		return 0, 0
	}
	w, h := int64(c.Width), int64(c.Height)
	if w < 1 || h < 1 || w > maxSide || h > maxSide || w*h > maxPixels {
		return 0, 0
	}
	return w, h
}

// begin reads the first bytes of a stream and gives back a stream that has them
// still.
func begin(r io.Reader) (head []byte, whole io.Reader, err error) {
	head = make([]byte, headBytes)
	n, err := io.ReadFull(r, head)
	head = head[:n]
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head, io.MultiReader(bytes.NewReader(head), r), err
}
