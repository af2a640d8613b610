package widget

import (
	"strings"
	"testing"
	"time"
)

// refused opens a socket that must be closed for lack of a place.
func (w *world) refused(token string) {
	w.t.Helper()
	c := w.dial()
	c.send(m{"type": "hello", "protocol": 1, "token": token, "resume": m{}})
	if f := c.next("error"); f["code"] != "rate_limited" {
		w.t.Errorf("refused with %v", f)
	}
	for {
		if _, err := c.read(); err != nil {
			if !strings.Contains(err.Error(), "4007") {
				w.t.Errorf("the socket ended with %v", err)
			}
			return
		}
	}
}

// again waits until a socket finds the place that another gave back.
func (w *world) again(token string) {
	w.t.Helper()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		c := w.dial()
		c.send(m{"type": "hello", "protocol": 1, "token": token, "resume": m{}})
		if f, err := c.read(); err == nil && f["type"] == "hello" {
			return
		}
		_ = c.conn.Close()
		if time.Now().After(deadline) {
			w.t.Fatal("no place was given back")
		}
	}
}

func TestSocketsOfOneNetworkAreBounded(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.PerIP = 3 })
	w.from = "203.0.113.7"
	first, _ := w.connect(w.visit(m{}).Token, nil, "")
	for range 2 {
		w.connect(w.visit(m{}).Token, nil, "")
	}
	token := w.visit(m{}).Token
	w.refused(token)
	w.refused("forged")
	w.from = "203.0.113.8"
	w.connect(token, nil, "")
	w.from = ""
	for range 5 {
		w.connect(w.visit(m{}).Token, nil, "")
	}
	w.from = "203.0.113.7"
	_ = first.conn.Close()
	w.again(token)
	w.refused(w.visit(m{}).Token)
}

func TestSocketsOfOnePersonAreBounded(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	first, _ := w.connect(v.Token, nil, "")
	for range maxSockets - 1 {
		w.connect(v.Token, nil, "")
	}
	w.refused(v.Token)
	w.connect(w.visit(m{}).Token, nil, "")
	_ = first.conn.Close()
	w.again(v.Token)
}
