package desk_test

import (
	"fmt"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// talks are conversations that have begun and whose first reply is out.
func (s *shop) talks(n int) (visitors []chat.Actor, agent chat.Actor, ids []string) {
	s.Helper()
	agent = s.agent("Ben", chat.AgentRole)
	for i := range n {
		who, id := s.chatting()
		s.replies(agent, id, fmt.Sprint("client-hello-", i), "Hello! I'm Ben. Thank you for getting in touch. What happened?")
		visitors, ids = append(visitors, who), append(ids, id)
	}
	return visitors, agent, ids
}

// processor is the processor time that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkPost stores durable messages on SQLite with synchronous=FULL, from one
// caller and from 64, by visitors and by an agent.
func BenchmarkPost(b *testing.B) {
	for _, callers := range []int{1, 64} {
		for _, kind := range []chat.Kind{chat.ByPerson, chat.ByAgent} {
			b.Run(fmt.Sprintf("by=%s/callers=%d", kind, callers), func(b *testing.B) {
				s := newShop(b)
				visitors, agent, ids := s.talks(200)
				s.mu.Lock()
				s.quiet = true
				s.mu.Unlock()
				var n atomic.Int64
				post := func() {
					i := int(n.Add(1))
					who, p := visitors[i%200], desk.Posting{ConversationID: ids[i%200], ClientID: fmt.Sprint("client-", i), Text: "It is the small one, with the green shade."}
					if kind == chat.ByAgent {
						who, p.Kind, p.Text = agent, chat.Reply, "I have looked at it, the small one is in stock again."
					}
					if _, err := s.desk.Post(s.ctx(), who, p); err != nil {
						b.Error(err)
					}
				}
				b.ReportAllocs()
				before := processor()
				b.ResetTimer()
				if callers == 1 {
					for range b.N {
						post()
					}
				} else {
					b.SetParallelism(callers / 2) // of the two cores
					b.RunParallel(func(pb *testing.PB) {
						for pb.Next() {
							post()
						}
					})
				}
				b.StopTimer()
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msgs/s")
				b.ReportMetric(float64((processor()-before).Microseconds())/float64(b.N), "cpu-µs/msg")
			})
		}
	}
}
