package hub

import (
	"strconv"

	"rapport/hub/chat"
)

// Code says why a socket is closed. The client decides by it whether to come
// back; the table in protocol.ts is its twin.
type Code uint16

const (
	Leaving            Code = 1001 // the server drains
	ProtocolError      Code = 1002 // not RFC 6455
	NotUTF8            Code = 1007 // a text frame is not UTF-8
	TooBig             Code = 1009 // a message is over the limit
	Broken             Code = 1011 // our fault; the log has it
	BadFrame           Code = 4000 // binary, or not a frame of the protocol
	NoHello            Code = 4001 // no first frame in time
	Unauthorized       Code = 4002 // the hello's token does not hold
	Revoked            Code = 4003 // the session was ended
	SlowReader         Code = 4004 // the queue is full; come back and resume
	NoBeat             Code = 4005 // no sign of life
	TooManyFrames      Code = 4006 // frames come faster than allowed
	TooManyConnections Code = 4007 // this principal or network has enough sockets
	Overloaded         Code = 4008 // the server has enough sockets
	Merged             Code = 4010 // this person was merged with another or taken apart, blocked or let in again, or lost a conversation by age: come back and hear how they stand
	Renewed            Code = 4011 // the session goes on under another cookie: come back with it

	noStatus Code = 1005 // the peer closed without a code; never sent
	vanished Code = 1006 // the connection broke; never sent
	byClient Code = 0    // in the counters: the peer closed first
)

var codeNames = map[Code]string{
	byClient: "by_client", 1000: "normal", Leaving: "server_leaving", ProtocolError: "protocol_error", noStatus: "no_status",
	vanished: "vanished", NotUTF8: "not_utf8", TooBig: "frame_too_big", Broken: "internal",
	BadFrame: "bad_frame", NoHello: "no_hello", Unauthorized: "unauthorized", Revoked: "revoked",
	SlowReader: "slow_reader", NoBeat: "no_beat", TooManyFrames: "too_many_frames",
	TooManyConnections: "too_many_connections", Overloaded: "overloaded", Merged: "merged", Renewed: "renewed",
}

// Name is the code's name in the protocol, or its number.
func (c Code) Name() string {
	if n, ok := codeNames[c]; ok {
		return n
	}
	return strconv.Itoa(int(c))
}

// refusals maps what a hello was refused for to the code of the close.
var refusals = map[chat.Code]Code{
	chat.Unauthorized: Unauthorized, chat.TokenExpired: Unauthorized, chat.BadCSRF: Unauthorized,
	chat.Forbidden: Unauthorized, chat.Overloaded: Overloaded, chat.StoreDown: Overloaded,
	chat.RateLimited: TooManyFrames, chat.Internal: Broken,
}

// refusal is the close code for a failed hello.
func refusal(code chat.Code) Code {
	if c, ok := refusals[code]; ok {
		return c
	}
	return BadFrame
}
