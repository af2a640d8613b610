package files

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"sync"

	ximage "golang.org/x/image/draw"

	"rapport/hub/chat"
)

// Bounds of a picture that stands for something: what comes in, in bytes and
// pixels, and what is kept of it. It is unpacked, unlike what people send each
// other, so its size is read from the header first.
const (
	maxPictureFile   = 4 << 20
	maxPicturePixels = 4 << 20
	pictureSide      = 192 // twice what a screen shows, for fine ones
)

// drawing lets one picture be unpacked at a time: one may take some 60 MB.
var drawing sync.Mutex

// Picture reads an image and draws it anew as a PNG of pictureSide pixels at most
// on either side, so that of the file nothing but its looks is left. Invalid where
// it is no image of ours; TooLarge where the file is.
func Picture(r io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxPictureFile+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxPictureFile {
		return nil, TooLarge(maxPictureFile)
	}
	bad := chat.FailField("picture", "This is no picture that we can read. Take a PNG, JPEG, GIF or WebP.")
	c, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || c.Width < 1 || c.Height < 1 || c.Width > maxSide || c.Height > maxSide {
		return nil, bad
	}
	if c.Width*c.Height > maxPicturePixels {
		return nil, chat.FailField("picture", "This picture has too many pixels. One of %d on each side is fine enough.", 2*pictureSide)
	}
	drawing.Lock()
	defer drawing.Unlock()
	from, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, bad
	}
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, fit(from))
	return out.Bytes(), err
}

// fit draws an image into pictureSide by pictureSide at most, never larger than it
// was.
func fit(from image.Image) image.Image {
	size := from.Bounds().Size()
	part := min(1, pictureSide/float64(max(size.X, size.Y)))
	side := func(n int) int { return max(1, int(math.Round(float64(n)*part))) }
	to := image.NewNRGBA(image.Rect(0, 0, side(size.X), side(size.Y)))
	draw.Draw(to, to.Bounds(), image.NewUniform(color.Transparent), image.Point{}, draw.Src)
	ximage.CatmullRom.Scale(to, to.Bounds(), from, from.Bounds(), ximage.Over, nil)
	return to
}
