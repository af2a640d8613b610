package hub

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// masked makes a client's frame with a key that shows misplaced bytes.
func masked(b0 byte, payload string) []byte {
	b := appendHeader(nil, 0, len(payload))
	b[0], b[1] = b0, b[1]|maskBit
	key := [4]byte{0xA1, 0x5C, 0x00, 0xFF}
	b = append(b, key[:]...)
	for i := range len(payload) {
		b = append(b, payload[i]^key[i&3])
	}
	return b
}

// all reads every message until the end, as text.
func all(r *reader) (out []string, err error) {
	for {
		op, payload, err := r.next()
		if err != nil {
			return out, err
		}
		out = append(out, string(rune('0'+op))+string(payload))
	}
}

func stream() ([]byte, []string) {
	big := strings.Repeat("0123456789", 6000)
	return bytes.Join([][]byte{
			masked(finBit|opText, "first"),
			masked(opText, "a"), masked(finBit|opPing, "p"), masked(opContinue, big), masked(finBit|opContinue, "z"),
			masked(finBit|opText, strings.Repeat("x", 498)), masked(finBit|opText, strings.Repeat("y", 499)),
			masked(finBit|opText, big), masked(finBit|opText, ""), masked(finBit|opPong, "é"), masked(finBit|opText, "last"),
		}, nil), []string{"1first", "9p", "1a" + big + "z", "1" + strings.Repeat("x", 498), "1" + strings.Repeat("y", 499),
			"1" + big, "1", ":é", "1last"}
}

// However the bytes come, in one piece, one by one, or partly with the
// handshake, the messages are the same.
func TestReaderDoesNotCareHowBytesCome(t *testing.T) {
	data, want := stream()
	l := VisitorLimits()
	sources := map[string]func() *reader{
		"whole":  func() *reader { return newReader(bytes.NewReader(data), nil, &l) },
		"bytes":  func() *reader { return newReader(iotest.OneByteReader(bytes.NewReader(data)), nil, &l) },
		"halves": func() *reader { return newReader(iotest.HalfReader(bytes.NewReader(data)), nil, &l) },
		"last bytes with the end": func() *reader {
			return newReader(iotest.DataErrReader(bytes.NewReader(data)), nil, &l)
		},
	}
	for _, n := range []int{1, 13, 500, 3000, len(data)} {
		sources["early "+string(rune(n))] = func() *reader {
			return newReader(bytes.NewReader(data[n:]), bytes.Clone(data[:n]), &l)
		}
	}
	for name, open := range sources {
		got, err := all(open())
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: got %d messages, want %d", name, len(got), len(want))
		}
	}
}

func TestUnmask(t *testing.T) {
	key := [4]byte{1, 2, 3, 4}
	for n := range 40 {
		for pos := range 8 {
			b := make([]byte, n)
			unmask(key, pos, b)
			for i := range b {
				if b[i] != key[(pos+i)&3] {
					t.Fatalf("%d bytes from %d: byte %d is %d", n, pos, i, b[i])
				}
			}
		}
	}
}

// Nothing that a client sends may panic, pass as text without being UTF-8, or
// exceed the limits.
func FuzzReader(f *testing.F) {
	data, _ := stream()
	f.Add(data[:200], 3)
	f.Add(masked(finBit|opClose, "\x03\xe8bye"), 0)
	f.Add(masked(opText, "\xc3"), 1)
	f.Fuzz(func(t *testing.T, data []byte, early int) {
		l := VisitorLimits()
		l.Message = 1000
		early = min(max(early, 0), len(data))
		r := newReader(iotest.HalfReader(bytes.NewReader(data[early:])), bytes.Clone(data[:early]), &l)
		for {
			op, payload, err := r.next()
			if err != nil {
				return
			}
			limit := maxControl
			if op == opText {
				limit = l.Message
			}
			if op == opText && !utf8.Valid(payload) || len(payload) > limit || op == opBinary || op == opContinue {
				t.Fatalf("opcode %d with %d bytes %q", op, len(payload), payload)
			}
		}
	})
}

func BenchmarkReadPost(b *testing.B) {
	frame := masked(finBit|opText, strings.Repeat("x", 220))
	l := VisitorLimits()
	src := bytes.NewReader(frame)
	r := newReader(src, nil, &l)
	b.ReportAllocs()
	for b.Loop() {
		src.Reset(frame)
		if _, _, err := r.next(); err != nil {
			b.Fatal(err)
		}
	}
}
