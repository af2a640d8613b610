package console

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"net/url"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// stepLength is how long an app shows one code.
const stepLength = 30 * time.Second

// Codes of the half minutes beside this one are taken too: clocks differ, and people
// type slowly.
const stepsAround = 1

var codeForm = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// matchCode returns the half minute whose code this is, and whether there is one
// around now.
func matchCode(secret, code string, now time.Time) (step int64, ok bool) {
	code = strings.ReplaceAll(code, " ", "")
	current := now.Unix() / int64(stepLength/time.Second)
	for at := current - stepsAround; at <= current+stepsAround; at++ {
		if fits, err := hotp.ValidateCustom(code, uint64(at), secret, codeForm); err == nil && fits {
			step, ok = at, true
		}
	}
	return step, ok
}

// newSecret makes a secret for an app, and the address by which one takes it over.
func newSecret(issuer, account string) (secret, address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account, SecretSize: 20})
	if err != nil {
		return "", "", fmt.Errorf("make a secret: %w", err)
	}
	return key.Secret(), key.URL(), nil
}

// issuerOf is what an app calls this installation: its host, which tells two apart.
func issuerOf(publicURL string) string {
	u, err := url.Parse(publicURL)
	if err != nil || u.Host == "" {
		return "Rapport"
	}
	return "Rapport " + strings.ReplaceAll(u.Host, ":", " ")
}

// drawQR draws a text as rows of 0 and 1, so that it is drawn in the browser and
// nobody else sees it.
func drawQR(text string) ([]string, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("draw a QR code: %w", err)
	}
	return rowsOf(code), nil
}

func rowsOf(code image.Image) []string {
	b := code.Bounds()
	rows := make([]string, 0, b.Dy())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := bytes.Repeat([]byte{'0'}, b.Dx())
		for x := b.Min.X; x < b.Max.X; x++ {
			if g, ok := color.GrayModel.Convert(code.At(x, y)).(color.Gray); ok && g.Y < 128 {
				row[x-b.Min.X] = '1'
			}
		}
		rows = append(rows, string(row))
	}
	return rows
}
