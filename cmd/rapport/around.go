package main

import (
	"rapport/hub/chat"
	"rapport/hub/visitors"
)

// lookAround makes the list of who looks around on the sites, for both doors.
func (s *server) lookAround() *visitors.List { return visitors.New(chat.SystemClock, s.c.perIP) }
