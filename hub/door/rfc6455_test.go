package door

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/hubtest"
)

// rfcCase is one exchange over raw TCP with a door that echoes text. What comes
// back is written as "text:…", "pong:…" or "close:CODE".
type rfcCase struct {
	name string
	send []byte
	want []string
	slow bool // byte by byte
}

const (
	fin      = 0x80
	text     = 0x1
	binaryOp = 0x2
	closeOp  = 0x8
	ping     = 0x9
	pong     = 0xA
)

func frame(b0 byte, payload string) []byte { return hubtest.Mask(b0, []byte(payload)) }

func closing(code int, reason string) []byte {
	return hubtest.Mask(fin|closeOp, append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
}

func join(frames ...[]byte) []byte { return bytes.Join(frames, nil) }

// declared is a masked text header that promises n bytes in the 8-byte form.
func declared(n uint64) []byte {
	return append(binary.BigEndian.AppendUint64([]byte{fin | text, 0x80 | 127}, n), 1, 2, 3, 4)
}

// says is what an accepted text is answered with; long ones are abbreviated.
func says(s string) string {
	if len(s) > 64 {
		s = fmt.Sprintf("%d bytes %s", len(s), s[:16])
	}
	return "text:" + s
}

func rfcCases() (cases []rfcCase) {
	add := func(name string, send []byte, want ...string) {
		cases = append(cases, rfcCase{name: name, send: send, want: want})
	}
	lengthCases(add)
	headerCases(add)
	controlCases(add)
	fragmentCases(add)
	utf8Cases(add)
	closeCases(add)
	for i := range cases { // the shortest ones also in drips
		if c := cases[i]; len(c.send) <= 40 {
			c.name, c.slow = c.name+", in drips", true
			cases = append(cases, c)
		}
	}
	return cases
}

type adder func(name string, send []byte, want ...string)

func lengthCases(add adder) {
	for _, n := range []int{0, 1, 2, 124, 125, 126, 127, 128, 497, 498, 499, 512, 513, 1000, 4096, 65535, 65536} {
		s := strings.Repeat("a", n)
		add(fmt.Sprintf("text of %d bytes", n), frame(fin|text, s), says(s))
	}
	add("many texts in one write", join(frame(fin|text, "1"), frame(fin|text, "2"), frame(fin|text, ""), frame(fin|text, "3")),
		"text:1", "text:2", "text:", "text:3")
	for _, n := range []uint64{65537, 1 << 20, 64 << 20, 1 << 31, 1 << 32, 1<<63 - 1} {
		add(fmt.Sprintf("declared %d bytes", n), declared(n), "close:1009")
	}
	for _, n := range []uint64{0, 1, 125, 126, 65535, 1 << 63, 1<<64 - 1} {
		add(fmt.Sprintf("long form for %d bytes", n), declared(n), "close:1002")
	}
	for _, n := range []byte{0, 1, 125} {
		add(fmt.Sprintf("middle form for %d bytes", n), []byte{fin | text, 0x80 | 126, 0, n, 1, 2, 3, 4}, "close:1002")
	}
}

func headerCases(add adder) {
	for rsv := byte(0x10); rsv <= 0x70; rsv += 0x10 {
		for _, op := range []byte{0, text, binaryOp, closeOp, ping, pong} {
			add(fmt.Sprintf("reserved bits %x with opcode %x", rsv, op), frame(fin|rsv|op, ""), "close:1002")
		}
	}
	for _, op := range []byte{3, 4, 5, 6, 7, 11, 12, 13, 14, 15} {
		for _, f := range []byte{0, fin} {
			add(fmt.Sprintf("reserved opcode %x, final %v", op, f != 0), frame(f|op, "x"), "close:1002")
			add(fmt.Sprintf("reserved opcode %x after a text, final %v", op, f != 0),
				join(frame(fin|text, "before"), frame(f|op, "")), "text:before", "close:1002")
		}
	}
	for _, op := range []byte{0, text, binaryOp, closeOp, ping, pong} {
		add(fmt.Sprintf("no mask on opcode %x", op), []byte{fin | op, 0}, "close:1002")
		add(fmt.Sprintf("no mask on opcode %x with payload", op), []byte{fin | op, 3, 'a', 'b', 'c'}, "close:1002")
	}
	for _, n := range []int{0, 1, 125, 126, 70_000} {
		add(fmt.Sprintf("binary of %d bytes", n), frame(fin|binaryOp, strings.Repeat("b", n)), "close:4000")
	}
	add("a mask of zeros", []byte{fin | text, 0x82, 0, 0, 0, 0, 'h', 'i'}, "text:hi")
}

func controlCases(add adder) {
	for _, n := range []int{0, 1, 7, 124, 125} {
		p := strings.Repeat("p", n)
		add(fmt.Sprintf("ping of %d bytes", n), frame(fin|ping, p), "pong:"+p)
	}
	for _, op := range []byte{closeOp, ping, pong} {
		add(fmt.Sprintf("control %x of 126 bytes", op), frame(fin|op, strings.Repeat("p", 126)), "close:1002")
		add(fmt.Sprintf("control %x of 70,000 bytes", op), frame(fin|op, strings.Repeat("p", 70_000)), "close:1002")
		add(fmt.Sprintf("control %x in parts", op), frame(op, ""), "close:1002")
	}
	add("binary ping payload", frame(fin|ping, "\x00\xff\xfe"), "pong:\x00\xff\xfe")
	add("unasked pong is ignored", join(frame(fin|pong, "x"), frame(fin|text, "a")), "text:a")
	add("ten pings", bytes.Repeat(frame(fin|ping, "x"), 10), strings.Split(strings.Repeat("pong:x ", 10), " ")[:10]...)
}

func fragmentCases(add adder) {
	for k := 2; k <= 17; k++ {
		send := frame(text, "0")
		for i := 1; i < k-1; i++ {
			send = append(send, frame(0, fmt.Sprint(i%10))...)
		}
		send = append(send, frame(fin, "z")...)
		want := "text:" + "0123456789012345"[:k-1] + "z"
		if k == 17 {
			want = "close:4006"
		}
		add(fmt.Sprintf("%d fragments", k), send, want)
	}
	add("empty fragments", join(frame(text, ""), frame(0, ""), frame(fin, "")), "text:")
	add("a large message in parts", join(frame(text, strings.Repeat("x", 30_000)), frame(fin, strings.Repeat("x", 30_000))), says(strings.Repeat("x", 60_000)))
	add("parts together over the limit", join(frame(text, strings.Repeat("x", 60_000)), frame(fin, strings.Repeat("x", 6_000))), "close:1009")
	add("ping between parts", join(frame(text, "a"), frame(fin|ping, "p"), frame(fin, "b")), "pong:p", "text:ab")
	add("ping between all parts", join(frame(text, "a"), frame(fin|ping, "1"), frame(0, "b"), frame(fin|ping, "2"), frame(fin, "c")), "pong:1", "pong:2", "text:abc")
	add("close between parts", join(frame(text, "a"), closing(1000, "")), "close:1000")
	add("two messages in parts", join(frame(text, "a"), frame(fin, "b"), frame(text, "c"), frame(fin, "d")), "text:ab", "text:cd")
	for _, f := range []byte{0, fin} {
		add(fmt.Sprintf("continuation of nothing, final %v", f != 0), frame(f, "x"), "close:1002")
		add(fmt.Sprintf("continuation of a finished text, final %v", f != 0), join(frame(fin|text, "a"), frame(f, "x")), "text:a", "close:1002")
		for _, op := range []byte{text, binaryOp} {
			add(fmt.Sprintf("opcode %x within a message, final %v", op, f != 0), join(frame(text, "a"), frame(f|op, "b")), "close:1002")
		}
		add(fmt.Sprintf("binary part, final %v", f != 0), frame(f|binaryOp, "x"), "close:4000")
	}
}

// validUTF8 stands at the edges of each length of sequence.
var validUTF8 = []string{"\x7f", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\ufeff", "\ufffd", "\uffff",
	"\U00010000", "\U0010ffff", "κόσμε", "שלום", "مرحبا", "日本語", "👩‍👩‍👧", "e\u0301", "\x00"}

var invalidUTF8 = []string{"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2a", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xe1\x80", "\xe1\x80a",
	"\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xf1\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
	"\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80", "\xfe", "\xff", "a\xffb", "κόσμε\xed\xa0\x80edited"}

func utf8Cases(add adder) {
	for _, s := range validUTF8 {
		add(fmt.Sprintf("valid %+q", s), frame(fin|text, s), says(s))
		for i := 1; i < len(s); i++ {
			add(fmt.Sprintf("valid %+q split at %d", s, i), join(frame(text, s[:i]), frame(fin, s[i:])), says(s))
		}
	}
	for _, s := range invalidUTF8 {
		add(fmt.Sprintf("invalid %+q", s), frame(fin|text, s), "close:1007")
		for i := 1; i < len(s); i++ {
			add(fmt.Sprintf("invalid %+q split at %d", s, i), join(frame(text, s[:i]), frame(fin, s[i:])), "close:1007")
		}
	}
}

func closeCases(add adder) {
	add("close without code", frame(fin|closeOp, ""), "close:0")
	add("close of one byte", frame(fin|closeOp, "\x03"), "close:1002")
	add("close with the longest reason", closing(1000, strings.Repeat("r", 123)), "close:1000")
	add("close with a reason in UTF-8", closing(1000, "κόσμε"), "close:1000")
	add("close with a broken reason", closing(1000, "\xff"), "close:1007")
	add("close twice", join(closing(1000, ""), closing(1001, "")), "close:1000")
	add("text after close", join(closing(1000, ""), frame(fin|text, "late")), "close:1000")
	add("ping after close", join(closing(1000, ""), frame(fin|ping, "late")), "close:1000")
	for _, code := range []int{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999} {
		add(fmt.Sprintf("close code %d", code), closing(code, "why"), fmt.Sprintf("close:%d", code))
	}
	for _, code := range []int{0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535} {
		add(fmt.Sprintf("close code %d is none", code), closing(code, "why"), "close:1002")
	}
}

func TestRFC6455(t *testing.T) {
	l := hub.VisitorLimits().Relaxed()
	s, h := socketServer(t, hubtest.Echo(), l)
	cases := rfcCases()
	if len(cases) < 250 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			client := s.socket(t)
			// A server that closed already resets what is still being sent.
			if c.slow {
				for i := range c.send {
					_, _ = client.Write(c.send[i : i+1])
				}
			} else {
				_, _ = client.Write(c.send)
			}
			_ = client.SetReadDeadline(time.Now().Add(5 * time.Second))
			for i, want := range c.want {
				if got := describe(client); got != want {
					t.Fatalf("frame %d: got %.80q, want %.80q", i+1, got, want)
				}
			}
			if last := c.want[len(c.want)-1]; strings.HasPrefix(last, "close:") {
				if got := describe(client); got != "end" {
					t.Fatalf("after the close came %.80q", got)
				}
			}
			_ = client.Close()
		})
	}
	waitClosed(t, h)
	t.Logf("%d cases", len(cases))
}

// describe reads one frame into the words of the table.
func describe(c *hubtest.Client) string {
	f, err := c.Next()
	switch {
	case err != nil && err.Error() == "EOF":
		return "end"
	case err != nil:
		return "error: " + err.Error()
	case f.Op == 8:
		return fmt.Sprintf("close:%d", f.Code())
	case f.Op == 10:
		return "pong:" + string(f.Payload)
	}
	return says(string(f.Payload))
}
