package hub

import "encoding/binary"

// Opcodes of RFC 6455.
const (
	opContinue = 0x0
	opText     = 0x1
	opBinary   = 0x2
	opClose    = 0x8
	opPing     = 0x9
	opPong     = 0xA
)

const (
	finBit  = 0x80
	rsvBits = 0x70
	maskBit = 0x80

	maxHeader  = 14  // two bytes, eight of length, four of mask
	maxControl = 125 // bytes of a control frame's payload
)

// appendHeader begins a frame of n bytes as a server sends it: whole and
// without a mask, hence the same bytes for every receiver.
func appendHeader(b []byte, op byte, n int) []byte {
	b = append(b, finBit|op)
	switch {
	case n <= maxControl:
		return append(b, byte(n))
	case n <= 0xFFFF:
		return binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	}
	return binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
}

// buildFrame copies a payload behind its header.
func buildFrame(op byte, payload []byte) []byte {
	b := make([]byte, 0, len(payload)+10)
	return append(appendHeader(b, op, len(payload)), payload...)
}

// textFrame makes a text frame of JSON text.
func textFrame(payload []byte) []byte { return buildFrame(opText, payload) }

// closeFrame carries the code and its name, which a browser shows its script.
// A peer that gave no code is answered without one.
func closeFrame(code Code) []byte {
	if code == noStatus {
		return buildFrame(opClose, nil)
	}
	return buildFrame(opClose, append(binary.BigEndian.AppendUint16(nil, uint16(code)), code.Name()...))
}

// unmask undoes the client's mask in place; pos is how many bytes of the
// payload came before b.
func unmask(key [4]byte, pos int, b []byte) {
	for len(b) > 0 && pos&3 != 0 {
		b[0] ^= key[pos&3]
		b, pos = b[1:], pos+1
	}
	k := uint64(binary.LittleEndian.Uint32(key[:]))
	k |= k << 32
	for len(b) >= 8 {
		binary.LittleEndian.PutUint64(b, binary.LittleEndian.Uint64(b)^k)
		b = b[8:]
	}
	for i := range b {
		b[i] ^= key[i&3]
	}
}

// validCloseCode reports whether a peer may send this code.
func validCloseCode(code Code) bool {
	switch {
	case code >= 3000 && code <= 4999:
		return true
	case code >= 1000 && code <= 1014:
		return code != 1004 && code != noStatus && code != vanished
	}
	return false
}
