package main

import (
	"testing"
	"time"

	"rapport/hub/chat"
)

// What a loop has begun when the server stops is still stored.
func TestTheStoreOutlivesTheLoops(t *testing.T) {
	srv := wholeServer(t)
	var stored error
	srv.loops.Go(func() {
		time.Sleep(200 * time.Millisecond) // as long as a mail server takes to answer
		stored = srv.store.Write(t.Context(), func(chat.Tx) error { return nil })
	})
	if err := srv.stop(); err != nil {
		t.Fatal(err)
	}
	if stored != nil {
		t.Errorf("the store was closed before its last writer had ended: %v", stored)
	}
}
